import Experiments
import Parts

/// Progression of diabetes in 442 patients one year after 10 measures were taken.
///
/// The features are the raw ones (age in years, sex 1 or 2, body-mass index, blood pressure, six serum
/// measures), not the centred and scaled ones of the paper; the target runs from 25 to 346.
struct Diabetes: DatasetSource {
  static let name = "diabetes"
  static let revision = 1
  static let summary = "progression of diabetes in 442 patients, a number, by 10 measures a year before"
  static let files = [
    DatasetFile(
      "diabetes-data-raw.csv.gz", sha256: "7fc0ded571454b1982210d3bb43f0aca44eae01a0b8654a3b24022bdb6b38009"),
    DatasetFile(
      "diabetes-target.csv.gz", sha256: "8e53f65eb811df43c206f3534bb3af0e5fed213bc37ed6ba36310157d6023803"),
  ]
  static let facts = DatasetFacts(
    kind: .regression, rows: 442, columns: 10, classes: 0,
    source: "Efron, Hastie, Johnstone and Tibshirani, Least Angle Regression, Annals of Statistics 32, 2004",
    licence: "no licence stated; shipped as in scikit-learn", content: content(files, revision: revision))

  init(_ settings: Settings) {}

  func read(_ files: [[UInt8]]) throws(DataError) -> Dataset {
    let names = Self.files.map(\.name)
    let table = try NumericTable(
      try gunzip(files[0], file: names[0]), file: names[0], columns: Self.facts.columns, label: .none,
      separator: " ")
    let targets = try NumericTable(
      try gunzip(files[1], file: names[1]), file: names[1], columns: 1, label: .none)
    return Dataset(
      kind: .regression, features: table.features, columns: Self.facts.columns,
      targets: targets.features.map(Double.init))
  }
}
