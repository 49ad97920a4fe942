import Experiments

/// A two-dimensional NumPy array (`.npy`, format 1 to 3, little-endian numbers, row by row) as a table with the columns `c0`,
/// `c1` and so on.
///
/// The array becomes comma-separated text, so that whatever is wrong in it is found, and placed by row, as in a CSV file:
/// line n + 1 is the n-th row.
func npyTable(_ bytes: [UInt8], file: String) throws(DataError) -> [UInt8] {
  func wrong(_ what: String, _ fix: String) -> DataError {
    DataError(.badDataFile, "'\(file)' \(what)", fix: fix)
  }
  let save = "save a two-dimensional array of numbers with numpy.save"
  guard bytes.count > 12, bytes[0] == 0x93, bytes[1..<6].elementsEqual("NUMPY".utf8) else {
    throw wrong("is no NumPy array", save)
  }
  let isShort = bytes[6] == 1
  let start = isShort ? 10 : 12
  let length = isShort ? unsigned(bytes, 8, 2) : unsigned(bytes, 8, 4)
  guard length <= bytes.count - start else { throw wrong("ends in its header", save) }
  let header = String(decoding: bytes[start..<start + length], as: UTF8.self)
  guard let form = header.firstMatch(of: /'descr': *'([<|])([fiub])([1248])'/) else {
    throw wrong("does not hold little-endian numbers", "convert it with astype('<f8') before saving")
  }
  guard header.contains("'fortran_order': False") else {
    throw wrong("is stored column by column", "convert it with numpy.ascontiguousarray before saving")
  }
  guard let shape = header.firstMatch(of: /'shape': *\((\d+), *(\d+)\)/), let rows = Int(shape.1),
    let columns = Int(shape.2), let size = Int(form.3), columns > 0
  else { throw wrong("is not two-dimensional", save) }
  let body = start + length
  let (count, isTooLarge) = rows.multipliedReportingOverflow(by: columns)
  guard !isTooLarge, count <= (bytes.count - body) / size else {
    throw wrong("is shorter than its header says", "save it again")
  }
  let kind = form.2
  guard kind != "f" || size >= 4 else {
    throw wrong("holds half-precision numbers", "convert it with astype('<f4') before saving")
  }
  var text = (0..<columns).map { "c\($0)" }.joined(separator: ",") + "\n"
  for row in 0..<rows {
    let cells = (0..<columns).map { column in
      let bits = UInt64(unsigned(bytes, body + (row * columns + column) * size, size))
      switch kind {
      case "f":
        return numberLabel(
          size == 8 ? Double(bitPattern: bits) : Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))))
      case "i":
        let shift = UInt64(64 - 8 * size)
        return String(Int64(bitPattern: bits << shift) >> Int64(shift))
      default: return String(bits)
      }
    }
    text += cells.joined(separator: ",") + "\n"
  }
  return Array(text.utf8)
}

/// The little-endian number in some bytes.
private func unsigned(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
  Int(truncatingIfNeeded: (0..<count).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64(bytes[start + $1]) })
}
