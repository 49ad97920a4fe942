/// What identifies a row by its features, whatever its label and its data set: 128 bits of a SHA-256.
///
/// It is also the stable id of a row in per-item artefacts; of twins, rows with equal features, the second and later
/// ones in the data set's order bear the digests of the first one's and their number among them.
package struct RowDigest: Hashable, Comparable, Sendable {
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The first half of a digest.
  package init(_ digest: Digest) {
    high = digest.seed
    low = digest.bytes[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The id of the twin that is number `ordinal` among its like; the first, number 0, bears the digest itself.
  package func twin(_ ordinal: Int) -> RowDigest {
    ordinal == 0 ? self : RowDigest(Digest(of: "\(high) \(low) twin \(ordinal)"))
  }

  package static func < (a: Self, b: Self) -> Bool { (a.high, a.low) < (b.high, b.low) }

  /// A digest written in 32 hexadecimal digits, or nil where the text is not one.
  package init?(hex: String) {
    guard hex.utf8.count == 32, let high = UInt64(hex.prefix(16), radix: 16),
      let low = UInt64(hex.suffix(16), radix: 16), RowDigest(high: high, low: low).hex == hex
    else { return nil }
    self.init(high: high, low: low)
  }

  /// All 32 hexadecimal digits.
  package var hex: String { Self.hex(high) + Self.hex(low) }

  private static func hex(_ half: UInt64) -> String {
    let digits = String(half, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
