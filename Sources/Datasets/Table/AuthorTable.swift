import Experiments
import Parts

/// Reads the author's own table: CSV with a header, one target column, at most one group column, the rest
/// numbers.
package enum AuthorTable {
  /// Raised when the same bytes would give another data set; part of the content digest.
  static let revision = 1

  /// The data set in the bytes of a `.csv` or `.csv.gz` file.
  package static func read(_ bytes: [UInt8], of file: AuthorFile) throws(DataError) -> Dataset {
    let path = file.path.lowercased()
    let isArray = path.hasSuffix(".npy")
    guard path.hasSuffix(".csv") || path.hasSuffix(".csv.gz") || isArray else {
      throw DataError(
        .badDataFile, "'\(file.path)' is not a CSV file",
        note: "an own table is read from .csv, .csv.gz or .npy",
        fix: "save the table as comma-separated values with a header")
    }
    if isArray {
      return try npyTable(bytes, file: file.path).withUnsafeBufferPointer { (buffer) throws(DataError) in
        var builder = try TableBuilder(buffer, file)
        return try builder.dataset()
      }
    }
    let text = path.hasSuffix(".gz") ? try gunzip(bytes, file: file.path) : bytes
    try checkUTF8(text, file)
    return try text.withUnsafeBufferPointer { (buffer) throws(DataError) in
      var builder = try TableBuilder(buffer, file)
      return try builder.dataset()
    }
  }

  private static func checkUTF8(_ bytes: [UInt8], _ file: AuthorFile) throws(DataError) {
    guard String(validating: bytes, as: UTF8.self) == nil else { return }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
    throw DataError(
      .badDataFile, "'\(file.path)' is not UTF-8 text", fix: "save the table as UTF-8",
      place: DataPlace(file: file.path, line: line + 1, column: 1))
  }
}

/// Collects the rows of one table.
private struct TableBuilder {
  private let file: AuthorFile
  private var cursor: CSVCursor
  private let header: TableHeader
  private var features: [Float] = []
  private var targetTexts: [String] = []
  private var targets: [Double] = []
  private var groups: [Int32] = []
  private var groupNumbers: [String: Int32] = [:]
  private var columns: [ColumnCheck]
  private var rows = 0
  private var items: [String] = []
  private var itemPlaces: [String: Int] = [:]
  private var outputs: OutputsCheck

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ file: AuthorFile) throws(DataError) {
    self.file = file
    var cursor = CSVCursor(bytes, file: file.path)
    var cells: [CSVCursor.Cell] = []
    guard try cursor.next(&cells) else {
      throw DataError(.badDataFile, "'\(file.path)' is empty", fix: "write a header and rows")
    }
    header = try TableHeader(
      cells.map(cursor.text), places: cells.map { cursor.position($0.start) }, for: file)
    columns = Array(repeating: ColumnCheck(), count: header.names.count)
    outputs = OutputsCheck(header, file)
    self.cursor = cursor
  }

  mutating func dataset() throws(DataError) -> Dataset {
    var cells: [CSVCursor.Cell] = []
    while try cursor.next(&cells) { try add(cells) }
    try checkColumns()
    guard rows >= 2 else {
      throw DataError(
        .badDataFile, "'\(file.path)' has \(rows == 0 ? "no rows" : "one row")",
        note: "a data set needs two rows or more",
        fix: "add rows under the header")
    }
    let columns = header.names.count - 1 - (header.group == nil ? 0 : 1) - (header.item == nil ? 0 : 1)
    if file.kind == .regression {
      guard targets.contains(where: { $0 != targets[0] }) else { throw .constantTarget(file) }
      return Dataset(
        kind: .regression, features: features, columns: columns, targets: targets,
        groups: header.group == nil ? nil : groups, items: header.item == nil ? nil : items)
    }
    if file.holds != .features {
      return Dataset(
        kind: .classification, features: features, columns: columns, labels: outputs.labels,
        classes: outputs.classes, groups: header.group == nil ? nil : groups,
        items: header.item == nil ? nil : items, holds: file.holds)
    }
    let classes = classNames(targetTexts)
    guard classes.count > 1 else { throw .oneClass(file, classes[0]) }
    guard classes.count < rows else { throw .everyRowAClass(file) }
    let numbers = Dictionary(uniqueKeysWithValues: zip(classes, Int32(0)...))
    return Dataset(
      kind: .classification, features: features, columns: columns, labels: targetTexts.map { numbers[$0]! },
      classes: classes, groups: header.group == nil ? nil : groups,
      items: header.item == nil ? nil : items)
  }

  private mutating func add(_ cells: [CSVCursor.Cell]) throws(DataError) {
    guard cells.count == header.names.count else {
      let found = "\(cells.count) \(cells.count == 1 ? "cell" : "cells")"
      throw DataError(
        .badDataFile,
        "a row has \(found), the header has \(header.names.count)",
        fix: "give every row a cell for each column", place: cursor.position(cells[0].start))
    }
    rows += 1
    for (i, cell) in cells.enumerated() {
      guard !isMissing(cell) else { throw .missing(header.names[i], cursor.position(cell.start)) }
      if i == header.group {
        let name = cursor.text(cell)
        let number = groupNumbers[name] ?? Int32(groupNumbers.count)
        groupNumbers[name] = number
        groups.append(number)
      } else if i == header.item {
        let name = cursor.text(cell)
        if let first = itemPlaces[name] {
          throw DataError(
            .badDataFile, "two rows have the item \(quoted(name))",
            note:
              "the other stands in line \(cursor.position(first).line); a row that is twice in a table could be calibrated "
              + "on and scored", fix: "remove one of them", place: cursor.position(cell.start))
        }
        itemPlaces[name] = cell.start
        items.append(name)
      } else if i == header.target, file.kind == .classification {
        targetTexts.append(cursor.text(cell))
        try outputs.label(cursor.text(cell)) { cursor.position(cell.start) }
      } else {
        let value = cursor.number(cell)
        columns[i].note(value, cell)
        if i == header.target {
          targets.append(value ?? 0)
        } else {
          features.append(Float(value ?? 0))
          try outputs.value(value, header.names[i]) { cursor.position(cell.start) }
        }
      }
    }
    try outputs.endRow { cursor.position(cells[0].start) }
  }

  /// Numbers where numbers belong: a column without any is text, otherwise the first cell that is none is at
  /// fault.
  private func checkColumns() throws(DataError) {
    let wrong = columns.indices.filter { columns[$0].firstWrong != nil }
    let texts = wrong.filter { columns[$0].numbers == 0 && $0 != header.target }
    if let first = texts.first {
      let names = texts.map { quoted(header.names[$0]) }.joined(separator: ", ")
      throw DataError(
        .badDataFile, "\(texts.count == 1 ? "the column \(names) holds" : "the columns \(names) hold") text",
        note: "a feature is a number",
        fix: "write 0 and 1 in a column for each category, name it as 'group', or remove the column",
        place: cursor.position(columns[first].firstWrong!.start))
    }
    guard let column = wrong.min(by: { columns[$0].firstWrong!.start < columns[$1].firstWrong!.start }) else {
      return
    }
    let cell = columns[column].firstWrong!
    let place = cursor.position(cell.start)
    if let value = cursor.number(cell) {
      throw DataError(
        .badDataFile,
        "the number \(numberLabel(value)) in the column \(quoted(header.names[column])) is too large",
        note: "features are single-precision numbers, at most 3.4e38", fix: "use another unit", place: place)
    }
    let isTarget = column == header.target
    let name = quoted(header.names[column])
    throw DataError(
      .badDataFile,
      "\(quoted(cursor.text(cell))) in the \(isTarget ? "target" : "column") \(name) is not a number",
      note: isTarget ? "the target of a regression is a number" : "a feature is a number",
      fix: isTarget ? "correct the cell, or write 'kind: classification'" : "correct the cell", place: place)
  }

  private func isMissing(_ cell: CSVCursor.Cell) -> Bool {
    guard cell.bytes.count <= 4 else { return false }
    let text = cursor.text(cell)
    return text.isEmpty || ["na", "nan", "n/a", "null", "?"].contains(text.lowercased())
  }
}

/// What was found in one column of numbers.
private struct ColumnCheck {
  var numbers = 0
  var firstWrong: CSVCursor.Cell?

  mutating func note(_ value: Double?, _ cell: CSVCursor.Cell) {
    if value != nil { numbers += 1 }
    if firstWrong == nil, !(value.map { Float($0).isFinite } ?? false) { firstWrong = cell }
  }
}
