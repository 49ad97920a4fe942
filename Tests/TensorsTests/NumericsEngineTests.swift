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
  multiply(a.base, transposed: a.base, into: c.base, rows: size, inner: size, columns: size)
  let gram = Matrix(rows: size, columns: size, values: c.values.map(Double.init))
  guard let eigen = try? SymmetricEigen(gram) else { return 0 }
  let product = c.values.reduce(0) { ($0 &* 31) &+ UInt64($1.bitPattern) }
  return (eigen.values + eigen.vectors.values).reduce(product) { ($0 &* 31) &+ $1.bitPattern }
}

@Suite(.serialized) struct NumericsEngineTests {
  @Test func fingerprintNamesEngineFamilyAndLibrary() {
    let engine = NumericsEngine.started
    #expect(numericsFingerprint == "assay-1 \(engine.kernelFamily) OpenBLAS-\(engine.libraryVersion)")
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
    let before = getenv("OPENBLAS_CORETYPE").map { String(cString: $0) }
    setenv("OPENBLAS_CORETYPE", "Nehalem", 1)
    defer {
      if let before { setenv("OPENBLAS_CORETYPE", before, 1) } else { unsetenv("OPENBLAS_CORETYPE") }
    }
    await #expect(processExitsWith: .success) { [bits = bits as UInt64] in
      precondition(loadedFamily() == "Nehalem", "the child was loaded with the family the parent named")
      precondition(productBits() == bits, "the child's bits differ")
      precondition(NumericsEngine.started.kernelFamily == "Haswell")
      precondition(
        String(cString: getenv("OPENBLAS_CORETYPE")) == "Nehalem", "the variable is left as it was")
    }
  }
}

/// The kernel family OpenBLAS chose when it was loaded, asked before the engine starts.
private func loadedFamily() -> String {
  guard let symbol = dlsym(nil, "openblas_get_corename") else { return "" }
  typealias Name = @convention(c) () -> UnsafePointer<CChar>
  return String(cString: unsafeBitCast(symbol, to: Name.self)())
}
