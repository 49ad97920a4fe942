import Experiments

/// Checks a table of a classifier's outputs row by row: a column is a class, and a label is a column's name or, where no column
/// is named so, its number from 0.
struct OutputsCheck {
  /// How far from 1 the probabilities of a row may sum, for files that were rounded to a few digits.
  static let tolerance = 1e-3

  let classes: [String]
  private(set) var labels: [Int32] = []
  private let holds: TableContent
  private let numbers: [String: Int32]
  private var total = 0.0

  init(_ header: TableHeader, _ file: AuthorFile) {
    holds = file.holds
    let special = [header.target, header.group, header.item]
    classes = header.names.indices.filter { !special.contains($0) }.map { header.names[$0] }
    var numbers: [String: Int32] = [:]
    for (place, name) in classes.enumerated() { numbers[name] = Int32(place) }
    for place in classes.indices where numbers[String(place)] == nil { numbers[String(place)] = Int32(place) }
    self.numbers = numbers
  }

  mutating func label(_ text: String, at place: () -> DataPlace) throws(DataError) {
    guard holds != .features else { return }
    guard let number = numbers[text] else {
      let shown = classes.prefix(20).joined(separator: ", ")
      throw DataError(
        .badDataFile, "the label \(quoted(text)) is no class",
        note:
          "the classes are the columns \(shown)\(classes.count > 20 ? " and \(classes.count - 20) more" : "")",
        fix: "write a column's name, or its number from 0 to \(classes.count - 1)", place: place())
    }
    labels.append(number)
  }

  mutating func value(_ value: Double?, _ column: String, at place: () -> DataPlace) throws(DataError) {
    // What is no number is reported for the whole column.
    guard holds == .probabilities, let value else { return }
    guard value >= 0, value <= 1 else {
      throw DataError(
        .badDataFile, "\(numberLabel(value)) in the column \(quoted(column)) is no probability",
        note: "the table is declared to hold probabilities, from 0 to 1",
        fix: "correct the cell, or write 'holds: logits'", place: place())
    }
    total += value
  }

  /// Ends a row, whose probabilities must sum to 1.
  mutating func endRow(at place: () -> DataPlace) throws(DataError) {
    defer { total = 0 }
    guard holds == .probabilities, abs(total - 1) > Self.tolerance else { return }
    throw DataError(
      .badDataFile, "the probabilities of a row sum to \(numberLabel((total * 1e6).rounded() / 1e6))",
      note: "they must sum to 1, within \(numberLabel(Self.tolerance))",
      fix: "add the missing classes, or write 'holds: logits'", place: place())
  }
}
