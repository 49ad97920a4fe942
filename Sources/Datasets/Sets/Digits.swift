import Experiments
import Parts

/// 1,797 handwritten digits of 13 writers, 8 × 8 grey levels 0 to 16.
struct Digits: DatasetSource {
  static let name = "digits"
  static let revision = 1
  static let summary = "1,797 handwritten digits of 13 writers, 8 × 8 grey levels 0 to 16"
  static let files = [
    DatasetFile(
      "digits.csv.gz", sha256: "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22")
  ]
  static let facts = DatasetFacts(
    kind: .classification, rows: 1797, columns: 64, classes: 10,
    source: "Alpaydin and Kaynak, Optical Recognition of Handwritten Digits (test part), UCI, 1998",
    licence: "CC BY 4.0", content: content(files, revision: revision))

  init(_ settings: Settings) {}

  func read(_ files: [[UInt8]]) throws(DataError) -> Dataset {
    let table = try NumericTable(
      try gunzip(files[0], file: Self.files[0].name), file: Self.files[0].name, columns: Self.facts.columns,
      label: .lastIndex)
    return Dataset(
      kind: .classification, features: table.features, columns: Self.facts.columns, labels: table.labels,
      classes: (0...9).map(String.init))
  }
}
