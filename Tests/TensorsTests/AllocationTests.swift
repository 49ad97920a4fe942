import Glibc
import Tensors
import Testing

/// Takes all memory there is, so that from now on any allocation of any size ends the process.
///
/// The address space is limited to what is in use, and every size is then allocated until none is left.
private func exhaustMemory() {
  var limit = rlimit(rlim_cur: 1, rlim_max: .max)
  precondition(setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0)
  // Called through an address, since the compiler leaves out allocations whose result is not used.
  typealias Allocation = @convention(c) (Int) -> UnsafeMutableRawPointer?
  let take = unsafeBitCast(dlsym(nil, "malloc")!, to: Allocation.self)
  var size = 1 << 24
  while size >= 16 {
    while take(size) != nil {}
    size = size > 4096 ? size / 2 : size - 16
  }
}

@Suite struct AllocationTests {
  /// The check itself: one small array is noticed.
  @Test func anyAllocationIsNoticed() async {
    await #expect(processExitsWith: .failure) {
      exhaustMemory()
      let values = [Int](repeating: Int(getpid()), count: 3)
      _exit(values.withUnsafeBufferPointer { $0.baseAddress == nil } ? 1 : 0)
    }
  }

  /// No allocation in a training step: filling, running and updating.
  @Test func trainingStepsAllocateNothing() async {
    await #expect(processExitsWith: .success) {
      let model = SmallModel()
      model.step()
      exhaustMemory()
      for _ in 0..<3 { model.step() }
      _exit(0)
    }
  }
}
