/// What a trial may do with rows: learn from them, calibrate on them, or be scored on them.
package enum DataRole: String, Sendable, CaseIterable, Comparable {
  case fit, calibrate, score

  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// Whether a data set's target is a class or a number.
package enum TargetKind: String, Sendable, CaseIterable {
  case classification, regression
}

/// Where the rows come from: a registered data set, or the author's own file as the front matter declares it.
package enum DataSource: Hashable, Sendable {
  case registered(String)
  case file(AuthorFile)
}

/// What the columns of the author's table are, besides target, group and item.
package enum TableContent: String, Sendable, CaseIterable {
  /// Features to learn from.
  case features
  /// A classifier's outputs before its softmax, a column a class.
  case logits
  /// A classifier's probabilities, a column a class.
  case probabilities
}

/// The author's own table: `mine: {file: own.csv, target: outcome, group: patient, kind: classification}`.
package struct AuthorFile: Hashable, Sendable {
  /// The name that subset paths use.
  package let name: String
  /// Where the file lies now; not part of any trial's identity.
  package let path: String
  package let target: String
  package let group: String?
  package let kind: TargetKind
  /// The column of the rows' ids, each its own; nil where a row is known by its features.
  package let item: String?
  package let holds: TableContent

  package init(
    name: String, path: String, target: String, group: String?, kind: TargetKind, item: String? = nil,
    holds: TableContent = .features
  ) {
    self.name = name
    self.path = path
    self.target = target
    self.group = group
    self.kind = kind
    self.item = item
    self.holds = holds
  }
}

/// One step of a subset path.
package enum SubsetStep: Hashable, Sendable {
  /// `classes 0-4`: classes by position in the data set's order, inclusive.
  case classes(ClosedRange<Int>)
  /// `rows 0-15999`: rows by position, inclusive.
  case rows(ClosedRange<Int>)
  /// `part 1-3 of 5` or `part 1+3-5 of 5`: parts (ascending, from 1) of a stratified, group-respecting partition.
  case parts([Int], of: Int)
  /// Folds (ascending, from 1) of a partition by a seed; only cross-validation makes them.
  case folds([Int], of: Int, by: SeedPath)
  /// The rows for one role (`fit` or `score`) of a draw of so many rows each; only cross-validation makes them.
  case drawn(DataRole, fit: Int, score: Int, by: SeedPath)

  package var text: String {
    switch self {
    case .classes(let range): "classes \(range.lowerBound)-\(range.upperBound)"
    case .rows(let range): "rows \(range.lowerBound)-\(range.upperBound)"
    case .parts(let parts, let count): "part \(parts.map(String.init).joined(separator: "+")) of \(count)"
    case .folds(let folds, let count, let seed):
      "fold \(folds.map(String.init).joined(separator: "+")) of \(count) by \(seed.pool.rawValue) seed \(seed.seed)"
    case .drawn(let role, let fit, let score, let seed):
      "\(role.rawValue) of \(fit) + \(score) rows by \(seed.pool.rawValue) seed \(seed.seed)"
    }
  }
}

/// A subset of a data set: its source, the path of subset steps, and the digest of the file's content.
package struct DataReference: Hashable, Sendable {
  package let source: DataSource
  package let steps: [SubsetStep]
  /// The digest of the source file's bytes and, for a registered set, the revision of its reader.
  package let content: String
  /// Subsets of other data sets whose rows are left out here: twins that another role has seen.
  package let without: [DataReference]
  /// What identifies the rows: content and steps, for the author's file also how it is read; never a file path.
  package let identity: String

  package init(source: DataSource, steps: [SubsetStep], content: String, without: [DataReference] = []) {
    self.source = source
    self.steps = steps
    self.content = content
    self.without = without
    var fields = [content]
    if case .file(let file) = source {
      fields += ["target \(file.target)", "group \(file.group ?? "")", file.kind.rawValue]
      if let item = file.item { fields.append("item \(item)") }
      if file.holds != .features { fields.append(file.holds.rawValue) }
    }
    fields += steps.map(\.text) + without.map { "without (\($0.identity))" }
    identity = fields.joined(separator: "/")
  }

  /// The subset that a further step makes of this one.
  package func adding(_ step: SubsetStep) -> DataReference {
    DataReference(source: source, steps: steps + [step], content: content, without: without)
  }

  /// The same subset without the rows that have the features of some row of `other`.
  package func leavingOut(_ other: DataReference) -> DataReference {
    DataReference(source: source, steps: steps, content: content, without: without + [other])
  }

  /// The name before the first step.
  package var setName: String {
    switch source {
    case .registered(let name): name
    case .file(let file): file.name
    }
  }

  /// The path as people read it, such as `digits/part 1+2+3 of 5`.
  package var text: String { ([setName] + steps.map(\.text)).joined(separator: "/") }
}
