import Experiments
import Parts

/// 3,823 handwritten digits of 30 writers, none of them in `digits`, 8 × 8 grey levels 0 to 16.
struct OptdigitsTrain: DatasetSource {
  static let name = "optdigits-train"
  static let revision = 1
  static let summary =
    "3,823 handwritten digits of 30 writers, none of them in `digits`, 8 × 8 grey levels 0 to 16"
  static let files = [
    DatasetFile(
      "optdigits-train.csv.gz", sha256: "edc07576d03368f31100f70d5aee5bed261de4fd0ce627ba6c73e889c6e4650a")
  ]
  static let facts = DatasetFacts(
    kind: .classification, rows: 3823, columns: 64, classes: 10,
    source: "Alpaydin and Kaynak, Optical Recognition of Handwritten Digits (training part), UCI, 1998",
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
