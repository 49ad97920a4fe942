import Experiments
import Parts

/// 150 irises of 3 species by 4 lengths in cm.
struct Iris: DatasetSource {
  static let name = "iris"
  static let revision = 1
  static let summary = "150 irises of 3 species by 4 lengths in cm"
  static let files = [
    DatasetFile(
      "iris.csv", sha256: "f13ffa8fdd56fd8e6c8d16d4081a3fbd3114bcd0aae4256c43205169cd9d1449")
  ]
  static let facts = DatasetFacts(
    kind: .classification, rows: 150, columns: 4, classes: 3,
    source: "Fisher, Iris, UCI, 1936",
    licence: "CC BY 4.0", content: content(files, revision: revision))

  init(_ settings: Settings) {}

  func read(_ files: [[UInt8]]) throws(DataError) -> Dataset {
    let table = try NumericTable(
      files[0], file: Self.files[0].name, columns: Self.facts.columns, label: .lastIndex, header: 1)
    return Dataset(
      kind: .classification, features: table.features, columns: Self.facts.columns, labels: table.labels,
      classes: ["setosa", "versicolor", "virginica"])
  }
}
