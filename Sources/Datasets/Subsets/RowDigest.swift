import Experiments
import Parts

/// What identifies a row by its features: the first 128 bits of the SHA-256 of their bit patterns.
///
/// The patterns are little-endian float32 in the order of the columns, −0 as 0. Target and group are left
/// out, so that a row is known again whatever its label, also in another data set.
package struct RowDigest: Hashable, Comparable, Sendable {
  package let high: UInt64
  package let low: UInt64

  /// The digests of all rows of a data set, in its order.
  package static func all(of dataset: Dataset) -> [RowDigest] {
    let columns = dataset.columns
    // Adding +0 turns −0 into +0 and leaves every other number as it is.
    let features = dataset.features.map { $0 + 0 }
    return features.withUnsafeBytes { bytes in
      let size = columns * MemoryLayout<Float>.size
      return (0..<dataset.rows).map { row in
        RowDigest(of: UnsafeRawBufferPointer(rebasing: bytes[(row * size)..<((row + 1) * size)]))
      }
    }
  }

  private init(of bytes: UnsafeRawBufferPointer) {
    let digest = Digest(of: bytes)
    high = digest.seed
    low = digest.bytes[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
  }

  package static func < (a: Self, b: Self) -> Bool { (a.high, a.low) < (b.high, b.low) }
}
