/// Walks through comma-separated values (RFC 4180) record by record, without copying.
///
/// Lines end with `\n`, `\r\n` or `\r`; a byte-order mark and lines without a character are skipped. In an
/// unquoted cell, blanks at both ends do not count.
struct CSVCursor {
  struct Cell {
    /// The bytes of the content, without quotes and outer blanks.
    var bytes: Range<Int>
    /// Where the cell begins in the file, quote included.
    var start: Int
    var isQuoted = false
    /// Whether quotes inside are still doubled.
    var hasDoubledQuotes = false
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private let file: String
  private var place: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, file: String) {
    self.bytes = bytes
    self.file = file
    place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// Reads the next record into `cells`; false at the end of the file.
  mutating func next(_ cells: inout [Cell]) throws(DataError) -> Bool {
    cells.removeAll(keepingCapacity: true)
    while place < bytes.count, isLineEnd(bytes[place]) { place += 1 }
    guard place < bytes.count else { return false }
    while true {
      let isQuoted = bytes[skippingBlanks(place)...].first == UInt8(ascii: "\"")
      cells.append(isQuoted ? try quotedCell() : try plainCell())
      guard place < bytes.count, bytes[place] == UInt8(ascii: ",") else { return true }
      place += 1
    }
  }

  /// The content of a cell as text.
  func text(_ cell: Cell) -> String {
    let text = String(decoding: bytes[cell.bytes], as: UTF8.self)
    guard cell.hasDoubledQuotes else { return text }
    var out = ""
    var isSecond = false
    for character in text.unicodeScalars {
      isSecond = character == "\"" && !isSecond
      if !isSecond { out.unicodeScalars.append(character) }
    }
    return out
  }

  /// The number a cell holds, or nil.
  func number(_ cell: Cell) -> Double? { decimal(UnsafeBufferPointer(rebasing: bytes[cell.bytes])) }

  /// Line and column of a byte.
  func position(_ offset: Int) -> DataPlace {
    var line = 1
    var column = 1
    for i in (bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)..<offset {
      let isPair = bytes[i] == UInt8(ascii: "\r") && i + 1 < bytes.count && bytes[i + 1] == UInt8(ascii: "\n")
      if isLineEnd(bytes[i]), !isPair {
        line += 1
        column = 1
      } else if bytes[i] & 0xC0 != 0x80 {
        column += 1
      }
    }
    return DataPlace(file: file, line: line, column: column)
  }

  private mutating func plainCell() throws(DataError) -> Cell {
    let start = place
    while place < bytes.count, bytes[place] != UInt8(ascii: ","), !isLineEnd(bytes[place]) {
      guard bytes[place] != UInt8(ascii: "\"") else {
        throw DataError(
          .badDataFile, "a quote stands inside a cell without quotes",
          fix: "put the whole cell into quotes and double the quotes inside", place: position(place))
      }
      place += 1
    }
    let from = min(skippingBlanks(start), place)
    var to = place
    while to > from, isBlank(bytes[to - 1]) { to -= 1 }
    return Cell(bytes: from..<to, start: from)
  }

  private mutating func quotedCell() throws(DataError) -> Cell {
    let start = skippingBlanks(place)
    var cell = Cell(bytes: start..<start, start: start, isQuoted: true)
    place = start + 1
    while place < bytes.count {
      if bytes[place] != UInt8(ascii: "\"") {
        place += 1
      } else if place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "\"") {
        cell.hasDoubledQuotes = true
        place += 2
      } else {
        cell.bytes = (start + 1)..<place
        place = skippingBlanks(place + 1)
        guard place == bytes.count || bytes[place] == UInt8(ascii: ",") || isLineEnd(bytes[place]) else {
          throw DataError(
            .badDataFile, "text follows a closing quote", fix: "double the quotes inside a quoted cell",
            place: position(place))
        }
        return cell
      }
    }
    throw DataError(
      .badDataFile, "a quote is never closed", fix: "close it, or double the quotes inside a quoted cell",
      place: position(start))
  }

  private func skippingBlanks(_ from: Int) -> Int {
    var place = from
    while place < bytes.count, isBlank(bytes[place]) { place += 1 }
    return place
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
  private func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
}
