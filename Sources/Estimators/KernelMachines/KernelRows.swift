import Tensors

/// Rows of a kernel matrix on demand: the whole matrix where it fits into memory, otherwise a cache of the rows
/// used last.
package final class KernelRows {
  /// A quarter of a gibibyte: all of 5,792 rows.
  package static let usualMemory = 256 << 20

  let diagonal: [Double]
  /// Floating-point operations of the matrix products behind the values computed so far.
  private(set) var flops = 0
  private let features: Matrix
  private let kernel: Kernel
  private let count: Int
  /// slots × count.
  private var storage: [Double]
  private let slots: Int
  /// Where a row lies, −1 where it does not.
  private var slotOfRow: [Int]
  private var rowOfSlot: [Int]
  private var lastUse: [Int]
  private var clock = 0

  /// - Parameter memory: bytes the rows may take; at least one row is held whatever it is.
  init(_ features: Matrix, _ kernel: Kernel, memory: Int) {
    self.features = features
    self.kernel = kernel
    count = features.rows
    diagonal = kernel.diagonal(features)
    slots = max(1, min(count, memory / (8 * max(1, count))))
    slotOfRow = [Int](repeating: -1, count: count)
    rowOfSlot = [Int](repeating: -1, count: slots)
    lastUse = [Int](repeating: 0, count: slots)
    if slots >= count {
      storage = kernel.gram(features).values
      flops = count * count * features.columns
      slotOfRow = Array(0..<count)
    } else {
      storage = [Double](repeating: 0, count: slots * count)
    }
  }

  /// Calls `body` with row i, one number for each row of the features.
  func withRow(_ i: Int, _ body: (UnsafePointer<Double>) -> Void) {
    var slot = slotOfRow[i]
    if slot < 0 {
      slot = 0
      for s in 1..<slots where lastUse[s] < lastUse[slot] { slot = s }
      if rowOfSlot[slot] >= 0 { slotOfRow[rowOfSlot[slot]] = -1 }
      rowOfSlot[slot] = i
      slotOfRow[i] = slot
      let values = kernel.cross(features.rows(at: [i]), features).values
      flops += 2 * count * features.columns
      storage.replaceSubrange(slot * count..<(slot + 1) * count, with: values)
    }
    clock += 1
    lastUse[slot] = clock
    storage.withUnsafeBufferPointer { body($0.baseAddress! + slot &* count) }
  }
}
