import Experiments
import Parts

/// 178 wines of 3 cultivars by 13 chemical measures.
struct Wine: DatasetSource {
  static let name = "wine"
  static let revision = 1
  static let summary = "178 wines of 3 cultivars by 13 chemical measures"
  static let files = [
    DatasetFile(
      "wine.csv", sha256: "10e8a802908b34f86e5da8ce962f3c806694bc98450a18f61851af59f324bede")
  ]
  static let facts = DatasetFacts(
    kind: .classification, rows: 178, columns: 13, classes: 3,
    source: "Aeberhard and Forina, Wine, UCI, 1992",
    licence: "CC BY 4.0", content: content(files, revision: revision))

  init(_ settings: Settings) {}

  func read(_ files: [[UInt8]]) throws(DataError) -> Dataset {
    let table = try NumericTable(
      files[0], file: Self.files[0].name, columns: Self.facts.columns, label: .lastIndex, header: 1)
    return Dataset(
      kind: .classification, features: table.features, columns: Self.facts.columns, labels: table.labels,
      classes: ["class_0", "class_1", "class_2"])
  }
}
