/// Single-precision numbers owned in one block of memory: the storage of parameters, activations and data.
///
/// Kernels take its `base`; the owner must outlive every use of that pointer.
package final class FloatBuffer {
  /// The first number, at an address divisible by 64.
  package let base: UnsafeMutablePointer<Float>
  package let count: Int

  /// `count` zeros.
  package init(zeros count: Int) {
    precondition(count >= 0, "a buffer cannot hold a negative number of values")
    self.count = count
    let bytes = max(count, 1) * MemoryLayout<Float>.stride
    base = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      .bindMemory(to: Float.self, capacity: max(count, 1))
    base.initialize(repeating: 0, count: max(count, 1))
  }

  /// A copy of `values`.
  package convenience init(_ values: [Float]) {
    self.init(zeros: values.count)
    values.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { base.update(from: start, count: source.count) }
    }
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }

  /// The numbers as an array, for callers outside hot loops.
  package var values: [Float] { Array(UnsafeBufferPointer(start: base, count: count)) }
}
