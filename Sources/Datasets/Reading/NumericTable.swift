/// A text table of numbers without quotes, as the shipped data sets have it: one line a row.
package struct NumericTable: Equatable, Sendable {
  /// Which cell of a line is the class, if any.
  package enum Label: Sendable {
    case none
    /// The last cell, a whole number from 0.
    case lastIndex
    /// The first cell, a capital letter; A is class 0.
    case firstLetter
  }

  /// Row-major, rows × columns, without the labels.
  package private(set) var features: [Float] = []
  package private(set) var labels: [Int32] = []

  /// Reads all lines after the first `header` ones; each has `columns` features and the label.
  package init(
    _ bytes: [UInt8], file: String, columns: Int, label: Label, header: Int = 0,
    separator: Unicode.Scalar = ","
  ) throws(DataError) {
    features.reserveCapacity(bytes.count / 3)
    let split = UInt8(ascii: separator)
    try bytes.withUnsafeBufferPointer { (buffer) throws(DataError) in
      var line = 1
      var start = 0
      while start < buffer.count {
        var end = start
        while end < buffer.count, buffer[end] != UInt8(ascii: "\n") { end += 1 }
        if line > header { try row(buffer, start, end, split, columns, label, file, line) }
        start = end + 1
        line += 1
      }
    }
  }

  private mutating func row(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ split: UInt8, _ columns: Int,
    _ label: Label,
    _ file: String, _ line: Int
  ) throws(DataError) {
    var place = start
    var cell = 0
    let labelCell =
      switch label {
      case .none: -1
      case .firstLetter: 0
      case .lastIndex: columns
      }
    let cells = columns + (labelCell < 0 ? 0 : 1)
    while place <= end {
      var stop = place
      while stop < end, bytes[stop] != split { stop += 1 }
      let text = UnsafeBufferPointer(rebasing: bytes[place..<stop])
      let at = DataPlace(file: file, line: line, column: place - start + 1)
      guard cell < cells else { throw .ragged(at, cells) }
      if cell != labelCell {
        guard let value = decimal(text) else { throw .badCell(at) }
        features.append(Float(value))
      } else if case .firstLetter = label {
        guard text.count == 1, text[0] &- UInt8(ascii: "A") < 26 else { throw .badCell(at) }
        labels.append(Int32(text[0] - UInt8(ascii: "A")))
      } else {
        guard let value = decimal(text), value >= 0, value < 1000 else { throw .badCell(at) }
        labels.append(Int32(value))
      }
      cell += 1
      place = stop + 1
    }
    guard cell == cells else {
      throw .ragged(DataPlace(file: file, line: line, column: end - start + 1), cells)
    }
  }
}

extension DataError {
  fileprivate static func badCell(_ place: DataPlace) -> DataError {
    DataError(.corruptedFile, "a cell of '\(place.file)' does not hold what its column should", place: place)
  }

  fileprivate static func ragged(_ place: DataPlace, _ cells: Int) -> DataError {
    DataError(.corruptedFile, "a line of '\(place.file)' does not have \(cells) cells", place: place)
  }
}
