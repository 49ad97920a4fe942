/// Sorts the rows of a node by rank, with memory of its own: by insertion where they are few, else by counting
/// the ranks' bytes, lowest first, in as many passes as the ranks have bytes.
final class KeySorter {
  /// rank · 2³² + row, ascending by rank; rows of equal rank keep their order.
  private(set) var keys: UnsafeMutablePointer<UInt64>
  private var spare: UnsafeMutablePointer<UInt64>
  private let counts: UnsafeMutablePointer<Int>

  init(capacity: Int) {
    keys = .allocate(capacity: max(1, capacity))
    spare = .allocate(capacity: max(1, capacity))
    counts = .allocate(capacity: 256)
    keys.initialize(repeating: 0, count: max(1, capacity))
    spare.initialize(repeating: 0, count: max(1, capacity))
    counts.initialize(repeating: 0, count: 256)
  }

  deinit {
    keys.deallocate()
    spare.deallocate()
    counts.deallocate()
  }

  /// Fills `keys`.
  ///
  /// - Parameters:
  ///   - ranks: of all rows, each below `distinct`.
  /// - Returns: false where all rank the same, with `keys` undefined.
  func sort(_ rows: UnsafePointer<Int32>, count: Int, ranks: UnsafePointer<UInt32>, distinct: Int) -> Bool {
    let first = ranks[Int(rows[0])]
    var differences: UInt32 = 0
    for i in 0..<count {
      let row = rows[i]
      let rank = ranks[Int(row)]
      differences |= rank ^ first
      keys[i] = UInt64(rank) << 32 | UInt64(UInt32(bitPattern: row))
    }
    if differences == 0 { return false }
    if count <= 24 { insertionSort(count) } else { countingSort(count, distinct: distinct) }
    return true
  }

  private func insertionSort(_ count: Int) {
    for i in 1..<count {
      let key = keys[i]
      var j = i
      while j > 0 && keys[j &- 1] >> 32 > key >> 32 {
        keys[j] = keys[j &- 1]
        j &-= 1
      }
      keys[j] = key
    }
  }

  private func countingSort(_ count: Int, distinct: Int) {
    var shift: UInt64 = 32
    var highest = distinct - 1
    while highest > 0 {
      let buckets = min(256, highest + 1)
      for b in 0..<buckets { counts[b] = 0 }
      for i in 0..<count { counts[Int(keys[i] >> shift & 255)] &+= 1 }
      var start = 0
      for b in 0..<buckets {
        let size = counts[b]
        counts[b] = start
        start &+= size
      }
      for i in 0..<count {
        let key = keys[i]
        let bucket = Int(key >> shift & 255)
        spare[counts[bucket]] = key
        counts[bucket] &+= 1
      }
      swap(&keys, &spare)
      shift += 8
      highest >>= 8
    }
  }
}
