import Experiments
import Parts

/// 569 tumours, malignant or benign, by 30 measures of their cell nuclei.
struct BreastCancer: DatasetSource {
  static let name = "breast-cancer"
  static let revision = 1
  static let summary = "569 tumours, malignant or benign, by 30 measures of their cell nuclei"
  static let files = [
    DatasetFile(
      "breast-cancer.csv", sha256: "fed3eb72d0575ef6192293f5093c6e801b1476b577d0386bf4455504522172ed")
  ]
  static let facts = DatasetFacts(
    kind: .classification, rows: 569, columns: 30, classes: 2,
    source: "Wolberg, Mangasarian, Street and Street, Breast Cancer Wisconsin (Diagnostic), UCI, 1993",
    licence: "CC BY 4.0", content: content(files, revision: revision))

  init(_ settings: Settings) {}

  func read(_ files: [[UInt8]]) throws(DataError) -> Dataset {
    let table = try NumericTable(
      files[0], file: Self.files[0].name, columns: Self.facts.columns, label: .lastIndex, header: 1)
    return Dataset(
      kind: .classification, features: table.features, columns: Self.facts.columns, labels: table.labels,
      classes: ["malignant", "benign"])
  }
}
