/// An array in the IDX format of unsigned bytes (LeCun's MNIST page): sizes first, then the values in
/// row-major order.
package struct IDX: Equatable, Sendable {
  package let shape: [Int]
  package let values: ArraySlice<UInt8>

  /// - Parameters:
  ///   - dimensions: how many dimensions the array must have.
  ///   - file: the name that errors give.
  package init(_ bytes: [UInt8], dimensions: Int, file: String) throws(DataError) {
    guard bytes.count >= 4 + 4 * dimensions, bytes[..<4] == [0, 0, 8, UInt8(dimensions)] else {
      throw DataError(
        .corruptedFile, "the file '\(file)' is not an IDX file of unsigned bytes in \(dimensions) dimensions",
        fix: "copy the file again")
    }
    shape = (0..<dimensions).map { d in
      bytes[(4 + 4 * d)..<(8 + 4 * d)].reduce(0) { $0 << 8 | Int($1) }
    }
    values = bytes[(4 + 4 * dimensions)...]
    var size = 1
    for length in shape { size = size.multipliedReportingOverflow(by: length).partialValue }
    guard size == values.count, !shape.contains(0) else {
      throw DataError(
        .corruptedFile, "the file '\(file)' does not hold as many values as its header says",
        note: "its header says \(shape.map(String.init).joined(separator: " × ")), it holds \(values.count)",
        fix: "copy the file again")
    }
  }
}
