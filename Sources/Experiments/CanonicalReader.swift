/// Reads back what `CanonicalWriter` wrote: the store's outcomes and the messages of workers.
///
/// It reads that form and no other (no white space between tokens), straight from the bytes: a rebuild that finds
/// everything in the store decodes tens of thousands of outcomes. Every mistake is a `CanonicalReaderError`.
package struct CanonicalReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var place = 0

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Reads one value from all of the bytes; more bytes after it are an error.
  package static func read<Value>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ body: (inout CanonicalReader) throws -> Value
  ) throws -> Value {
    var reader = CanonicalReader(bytes)
    let value = try body(&reader)
    guard reader.place == bytes.count else { throw reader.error("more after the end") }
    return value
  }

  /// Reads one value from all of the bytes; more bytes after it are an error.
  package static func read<Value>(
    _ bytes: [UInt8], _ body: (inout CanonicalReader) throws -> Value
  ) throws -> Value {
    try bytes.withUnsafeBufferPointer { try read($0, body) }
  }

  /// The first byte of the next value, which tells its kind; 0 at the end.
  package var nextByte: UInt8 { place < bytes.count ? bytes[place] : 0 }

  /// Reads an object; `body` reads the value of each key it is given.
  package mutating func object(_ body: (inout CanonicalReader, String) throws -> Void) throws {
    try expect(UInt8(ascii: "{"))
    if skip(UInt8(ascii: "}")) { return }
    repeat {
      let key = try text()
      try expect(UInt8(ascii: ":"))
      try body(&self, key)
    } while skip(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"))
  }

  /// Reads an array; `body` reads each element.
  package mutating func array(_ body: (inout CanonicalReader) throws -> Void) throws {
    try expect(UInt8(ascii: "["))
    if skip(UInt8(ascii: "]")) { return }
    repeat { try body(&self) } while skip(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"))
  }

  /// Passes over an array without reading it; only its brackets and quotes are checked.
  package mutating func skipArray() throws {
    var depth = 0
    repeat {
      switch nextByte {
      case UInt8(ascii: "\""): _ = try text()
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        place += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        place += 1
      default:
        guard depth > 0, place < bytes.count else { throw error("no whole array") }
        place += 1
      }
    } while depth > 0
  }

  /// A text, its escapes undone.
  package mutating func text() throws -> String {
    try expect(UInt8(ascii: "\""))
    let start = place
    while place < bytes.count, bytes[place] != UInt8(ascii: "\""), bytes[place] != UInt8(ascii: "\\") {
      place += 1
    }
    if nextByte == UInt8(ascii: "\"") {
      place += 1
      return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<place - 1]), as: UTF8.self)
    }
    var out = Array(bytes[start..<place])
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: out, as: UTF8.self) }
      out.append(byte == UInt8(ascii: "\\") ? try escapedByte() : byte)
    }
    throw error("an unclosed text")
  }

  /// A whole number; one that does not fit is an error.
  package mutating func integer() throws -> Int {
    let token = numberToken()
    var magnitude: UInt = 0
    let isNegative = token.first == UInt8(ascii: "-")
    let digits = isNegative ? token.dropFirst() : token[...]
    guard !digits.isEmpty else { throw error("no whole number") }
    for byte in digits {
      guard byte >= 48, byte <= 57 else { throw error("no whole number") }
      let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt(byte - 48))
      guard !overflow, !carry else { throw error("a whole number too large") }
      magnitude = sum
    }
    if isNegative, magnitude == UInt(Int.max) + 1 { return .min }
    guard magnitude <= UInt(Int.max) else { throw error("a whole number too large") }
    return isNegative ? -Int(magnitude) : Int(magnitude)
  }

  /// A number, or one of the texts that stand for non-finite numbers.
  package mutating func number() throws -> Double {
    if nextByte == UInt8(ascii: "\"") {
      switch try text() {
      case "nan": return .nan
      case "inf": return .infinity
      case "-inf": return -.infinity
      default: throw error("no number")
      }
    }
    guard let value = Double(String(decoding: numberToken(), as: UTF8.self)) else { throw error("no number") }
    return value
  }

  /// `true` or `false`.
  package mutating func flag() throws -> Bool {
    let isTrue = nextByte == UInt8(ascii: "t")
    for byte in (isTrue ? "true" : "false").utf8 { try expect(byte) }
    return isTrue
  }

  /// Whether the next value is written as a whole number.
  package var nextIsInteger: Bool {
    var copy = self
    return copy.numberToken().allSatisfy { $0 == UInt8(ascii: "-") || (48...57).contains($0) }
  }

  /// An error at the present place.
  package func error(_ problem: String) -> CanonicalReaderError {
    CanonicalReaderError(problem: problem, offset: place)
  }

  private mutating func numberToken() -> UnsafeBufferPointer<UInt8> {
    let start = place
    while place < bytes.count {
      switch bytes[place] {
      case 48...57, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"): place += 1
      default: return UnsafeBufferPointer(rebasing: bytes[start..<place])
      }
    }
    return UnsafeBufferPointer(rebasing: bytes[start..<place])
  }

  /// The byte behind a backslash: a quote, a backslash, or a control character as `\u00XX`.
  private mutating func escapedByte() throws -> UInt8 {
    let byte = nextByte
    place += 1
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return byte }
    guard byte == UInt8(ascii: "u"), place + 4 <= bytes.count,
      let value = UInt8(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16), value < 0x20
    else { throw error("an unknown escape") }
    place += 4
    return value
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard place < bytes.count, bytes[place] == byte else { return false }
    place += 1
    return true
  }

  private mutating func expect(_ byte: UInt8) throws {
    guard skip(byte) else { throw error("no '\(Character(Unicode.Scalar(byte)))'") }
  }
}

/// Bytes that are not the canonical form they should be.
package struct CanonicalReaderError: Error, Equatable, CustomStringConvertible {
  /// What was found, or not found, in a few words.
  package let problem: String
  /// Bytes before the place of the problem.
  package let offset: Int

  package var description: String { "\(problem) at byte \(offset)" }
}
