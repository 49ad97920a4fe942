import Experiments
import Parts

/// 20,000 distorted images of the 26 capital letters in 20 fonts, as 16 measures of shape from 0 to 15.
///
/// In the order of the file, of which customarily the first 16,000 train.
struct Letter: DatasetSource {
  static let name = "letter"
  static let revision = 1
  static let summary = "20,000 images of the capital letters in 20 fonts by 16 measures of shape, 0 to 15"
  static let files = [
    DatasetFile(
      "letter-recognition.csv.gz", sha256: "2d8372114bc148512b2ea9a90bc7021936d310e5457ea5ec9e492847cbe90866")
  ]
  static let facts = DatasetFacts(
    kind: .classification, rows: 20_000, columns: 16, classes: 26,
    source: "Slate, Letter Recognition, UCI, 1991",
    licence: "CC BY 4.0", content: content(files, revision: revision))

  init(_ settings: Settings) {}

  func read(_ files: [[UInt8]]) throws(DataError) -> Dataset {
    let table = try NumericTable(
      try gunzip(files[0], file: Self.files[0].name), file: Self.files[0].name, columns: Self.facts.columns,
      label: .firstLetter)
    return Dataset(
      kind: .classification, features: table.features, columns: Self.facts.columns, labels: table.labels,
      classes: "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map(String.init))
  }
}
