import Experiments

/// Rows of features with their targets, in memory.
package struct Dataset: Sendable {
  package let kind: TargetKind
  /// Row-major, rows × columns.
  package let features: [Float]
  package let columns: Int
  /// Classification: one class index a row. Regression: empty.
  package let labels: [Int32]
  /// Class names by index. Regression: empty.
  package let classes: [String]
  /// Regression: one target a row. Classification: empty.
  package let targets: [Double]
  /// The author's groups (patients, writers): rows of one group stay on one side of every split; nil without.
  package let groups: [Int32]?
  /// The author's ids of the rows; nil where a row is known by its features.
  package let items: [String]?
  package let holds: TableContent

  package init(
    kind: TargetKind, features: [Float], columns: Int, labels: [Int32] = [], classes: [String] = [],
    targets: [Double] = [], groups: [Int32]? = nil, items: [String]? = nil, holds: TableContent = .features
  ) {
    precondition(columns > 0 && features.count % columns == 0)
    self.kind = kind
    self.features = features
    self.columns = columns
    self.labels = labels
    self.classes = classes
    self.targets = targets
    self.groups = groups
    self.items = items
    self.holds = holds
  }

  package var rows: Int { features.count / columns }
}

/// Some rows of a data set, by position and ascending.
package struct RowSet: Sendable {
  package let dataset: Dataset
  package let rows: [Int32]

  package init(dataset: Dataset, rows: [Int32]) {
    self.dataset = dataset
    self.rows = rows
  }
}

/// What a registered data set is, for the reference page and for reports.
package struct DatasetFacts: Sendable {
  package let kind: TargetKind
  package let rows: Int
  package let columns: Int
  package let classes: Int
  package let source: String
  package let licence: String
  /// Identifies content and reader: the digest of the files' pinned SHA-256 and the reader's revision.
  package let content: Digest

  package init(
    kind: TargetKind, rows: Int, columns: Int, classes: Int, source: String, licence: String, content: Digest
  ) {
    self.kind = kind
    self.rows = rows
    self.columns = columns
    self.classes = classes
    self.source = source
    self.licence = licence
    self.content = content
  }
}
