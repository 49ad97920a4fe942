import Experiments

extension DataError {
  static func missing(_ column: String, _ place: DataPlace) -> DataError {
    DataError(
      .badDataFile, "a value is missing in the column \(quoted(column))",
      note: "an empty cell, NA, NaN, null and ? count as missing", fix: "remove the row, or fill the cell in",
      place: place)
  }

  static func oneClass(_ file: AuthorFile, _ name: String) -> DataError {
    DataError(
      .badDataFile, "the target \(quoted(file.target)) of '\(file.path)' has one class only, \(quoted(name))",
      fix: "add rows of another class")
  }

  static func everyRowAClass(_ file: AuthorFile) -> DataError {
    DataError(
      .badDataFile, "every row of '\(file.path)' has another value in the target \(quoted(file.target))",
      note: "with 'kind: classification' each value is a class",
      fix: "write 'kind: regression', or name another target")
  }

  static func constantTarget(_ file: AuthorFile) -> DataError {
    DataError(
      .badDataFile, "the target \(quoted(file.target)) of '\(file.path)' is the same in every row",
      fix: "name another target")
  }
}
