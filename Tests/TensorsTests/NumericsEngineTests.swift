import Foundation
import Randomness
import Tensors
import Testing

/// The bits of a product large enough for every kernel family to differ, and of a decomposition, folded into one
/// number.
private func productBits() -> UInt64 {
  let size = 96
  var stream = RandomStream(seed: 9, role: "test", purpose: "product")
  let a = FloatBuffer((0..<size * size).map { _ in Float(stream.normal()) })
  let c = FloatBuffer(zeros: size * size)
  let scratch = FloatBuffer(zeros: productScratch)
  withExtendedLifetime((a, scratch)) {
    multiply(
      Factor(a.base, size), Factor(a.base, size, transposed: true), into: c.base, size, rows: size,
      inner: size,
      columns: size, scratch: scratch.base)
  }
  let gram = Matrix(rows: size, columns: size, values: c.values.map(Double.init))
  guard let eigen = try? SymmetricEigen(gram) else { return 0 }
  let product = c.values.reduce(0) { ($0 &* 31) &+ UInt64($1.bitPattern) }
  return (eigen.values + eigen.vectors.values).reduce(product) { ($0 &* 31) &+ $1.bitPattern }
}

@Suite(.serialized) struct NumericsEngineTests {
  @Test func fingerprintNamesEngineFamilyAndLibrary() {
    let engine = NumericsEngine.started
    #expect(numericsFingerprint == "assay-4 \(engine.kernelFamily) OpenBLAS-\(engine.libraryVersion)")
    #expect(engine.libraryVersion.split(separator: ".").count == 3)
    #expect(engine.isComparable == (engine.kernelFamily == "Haswell"))
  }

  /// Debian's OpenBLAS holds every family, so a processor with AVX2 and FMA must end with the pinned one.
  @Test func processorsWithAVX2UseThePinnedFamily() throws {
    let flags =
      try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8).split(separator: "\n")
      .first { $0.hasPrefix("flags") }.map { $0.split(separator: " ") } ?? []
    let isAble = flags.contains("avx2") && flags.contains("fma")
    #expect(NumericsEngine.started.isComparable == isAble)
  }

  /// A process whose OpenBLAS was loaded with other kernels (Nehalem's run on every processor that has AVX2)
  /// gives the bits of this one all the same.
  @Test(.enabled(if: NumericsEngine.started.isComparable, "this machine cannot run the pinned kernels"))
  func bitsDoNotDependOnTheFamilyLoadedAtFirst() async {
    let bits = productBits()
    await withEnvironment("OPENBLAS_CORETYPE", "Nehalem") {
      await #expect(processExitsWith: .success) { [bits = bits as UInt64] in
        precondition(loadedFamily() == "Nehalem", "the child was loaded with the family the parent named")
        precondition(productBits() == bits, "the child's bits differ")
        precondition(NumericsEngine.started.kernelFamily == "Haswell")
        precondition(
          String(cString: getenv("OPENBLAS_CORETYPE")) == "Nehalem", "the variable is left as it was")
      }
    }
  }

  /// What OpenBLAS started for further cores would spin for a while in every short command.
  @Test(
    .enabled(
      if: ProcessInfo.processInfo.activeProcessorCount > 1 && getenv("OPENBLAS_NUM_THREADS") == nil,
      "there are no further threads"))
  func threadsForFurtherCoresEnd() async {
    await #expect(processExitsWith: .success) {
      func threads() -> Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count) ?? 0
      }
      let before = threads()
      precondition(NumericsEngine.started.libraryVersion != "")
      precondition(threads() < before, "\(threads()) threads of \(before) are left")
    }
  }

  /// The same training in processes started with other kernel families.
  @Test(
    .enabled(if: NumericsEngine.started.isComparable, "this machine cannot run the pinned kernels"),
    arguments: ["SkylakeX", "Zen", "Haswell", "Sandybridge"])
  func trainingBitsDoNotDependOnTheFamily(family: String) async {
    let bits = SmallModel.bits(steps: 20)
    await withEnvironment("OPENBLAS_CORETYPE", family) {
      await #expect(processExitsWith: .success) { [bits = bits as UInt64] in
        precondition(SmallModel.bits(steps: 20) == bits, "the child's bits differ")
      }
    }
  }

  /// The same training where the C library must not use FMA and AVX2 in its functions.
  @Test(.enabled(if: NumericsEngine.started.isComparable, "this machine cannot run the pinned kernels"))
  func trainingBitsDoNotDependOnTheLibrarysInstructions() async {
    let bits = SmallModel.bits(steps: 20)
    await withEnvironment("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F") {
      await #expect(processExitsWith: .success) { [bits = bits as UInt64] in
        precondition(SmallModel.bits(steps: 20) == bits, "the child's bits differ")
      }
    }
  }
}

/// Runs `body` with an environment variable that processes started meanwhile inherit.
private func withEnvironment(_ name: String, _ value: String, _ body: () async -> Void) async {
  let before = getenv(name).map { String(cString: $0) }
  setenv(name, value, 1)
  await body()
  if let before { setenv(name, before, 1) } else { unsetenv(name) }
}

/// The kernel family OpenBLAS chose when it was loaded, asked before the engine starts.
private func loadedFamily() -> String {
  guard let symbol = dlsym(nil, "openblas_get_corename") else { return "" }
  typealias Name = @convention(c) () -> UnsafePointer<CChar>
  return String(cString: unsafeBitCast(symbol, to: Name.self)())
}
