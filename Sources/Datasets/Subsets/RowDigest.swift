import Experiments
import Parts

/// A row's digest is over the bit patterns of its features.
///
/// Where the author gives ids the digest is over the id instead.
///
/// The patterns are little-endian float32 in the order of the columns, −0 as 0. Target and group are left
/// out, so that a row is known again whatever its label, also in another data set.
extension RowDigest {
  /// The digests of all rows of a data set, in its order.
  package static func all(of dataset: Dataset) -> [RowDigest] {
    if let items = dataset.items { return items.map { RowDigest(Digest(of: "item \($0)")) } }
    let columns = dataset.columns
    // Adding +0 turns −0 into +0 and leaves every other number as it is.
    let features = dataset.features.map { $0 + 0 }
    return features.withUnsafeBytes { bytes in
      let size = columns * MemoryLayout<Float>.size
      return (0..<dataset.rows).map { row in
        RowDigest(Digest(of: UnsafeRawBufferPointer(rebasing: bytes[(row * size)..<((row + 1) * size)])))
      }
    }
  }
}
