import CCrypto

/// A SHA-256 digest.
package struct Digest: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The 32 bytes.
  package let bytes: [UInt8]

  /// The digest of bytes in memory.
  package init(of buffer: UnsafeRawBufferPointer) {
    var out = [UInt8](repeating: 0, count: 32)
    _ = EVP_Digest(buffer.baseAddress, buffer.count, &out, nil, EVP_sha256(), nil)
    bytes = out
  }

  /// The digest of those bytes.
  package init(of data: [UInt8]) {
    self = data.withUnsafeBytes { Digest(of: $0) }
  }

  /// The digest of a text's UTF-8 bytes.
  package init(of text: String) { self.init(of: Array(text.utf8)) }

  /// A digest written in 64 hexadecimal digits, or nil where the text is not one.
  package init?(hex: String) {
    let digits = Array(hex.utf8)
    guard digits.count == 64 else { return nil }
    var out: [UInt8] = []
    for i in stride(from: 0, to: 64, by: 2) {
      guard let byte = UInt8(String(decoding: digits[i...i + 1], as: UTF8.self), radix: 16) else {
        return nil
      }
      out.append(byte)
    }
    bytes = out
  }

  /// 32 bytes read back from where they were kept.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// All 64 hexadecimal digits.
  package var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    var out: [UInt8] = []
    out.reserveCapacity(64)
    for byte in bytes {
      out.append(digits[Int(byte >> 4)])
      out.append(digits[Int(byte & 15)])
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The first 12 hexadecimal digits, as people are shown.
  package var short: String { String(hex.prefix(12)) }

  /// The first 8 bytes as a number, for seeding a stream.
  package var seed: UInt64 { bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }

  package var description: String { hex }

  package static func < (a: Self, b: Self) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
}
