import COpenBLAS
import Glibc

/// Raised by one when the engine's own kernels change bits; part of every trial's fingerprint.
private let engineRevision = 4

/// What fixes the bits of every number computed here, such as `assay-4 Haswell OpenBLAS-0.3.21`: engine
/// revision, kernel family and library version. Trials with equal fingerprints agree bit for bit on all
/// machines.
package let numericsFingerprint = NumericsEngine.started.fingerprint

/// OpenBLAS, whose decompositions and double-precision products serve `LinearAlgebra`, started so that its results do not depend on the machine: one thread and a pinned kernel family.
///
/// OpenBLAS chooses its kernels by processor when it is loaded, before any code of ours runs. The choice is
/// made anew with `OPENBLAS_CORETYPE` set, through the pair of functions the library itself uses when it is
/// loaded and unloaded.
package struct NumericsEngine: Sendable {
  /// The engine of this process; the first access starts it, and every matrix product asks for it.
  package static let started = NumericsEngine()

  /// The kernel family in use, as OpenBLAS names it.
  package let kernelFamily: String
  /// OpenBLAS's own version, such as `0.3.21`.
  package let libraryVersion: String

  /// Whether bits agree with those of other machines. False on other architectures than x86-64, or where this build
  /// of OpenBLAS cannot change its kernels: the native family is then used and named, and digests are not
  /// comparable.
  package var isComparable: Bool { kernelFamily == Self.pinnedFamily }

  package var fingerprint: String { "assay-\(engineRevision) \(kernelFamily) OpenBLAS-\(libraryVersion)" }

  /// The family every x86-64 processor with AVX2 and FMA can run.
  private static let pinnedFamily = "Haswell"

  private init() {
    // Everything here is compiled for processors that can run the pinned family (see `kernelSettings` in Package.swift).
    #if arch(x86_64)
      Self.pin()
    #endif
    openblas_set_num_threads(1)
    Self.endThreads()
    kernelFamily = String(cString: openblas_get_corename())
    let configuration = String(cString: openblas_get_config()).split(separator: " ")
    libraryVersion = configuration.count > 1 ? String(configuration[1]) : "unknown"
  }

  /// Ends the threads that OpenBLAS started when it was loaded, one for each further core: idle ones spin for some 30 ms
  /// before they sleep, which would double what a short command costs. Nothing happens where this build has none.
  private static func endThreads() {
    typealias Shutdown = @convention(c) () -> CInt
    guard let shutdown = dlsym(nil, "blas_thread_shutdown_") else { return }
    _ = unsafeBitCast(shutdown, to: Shutdown.self)()
  }

  /// Has OpenBLAS choose its kernels again with the family forced. Nothing happens where this build holds one
  /// family only and so lacks the two functions.
  private static func pin() {
    typealias Step = @convention(c) () -> Void
    guard let quit = dlsym(nil, "gotoblas_dynamic_quit"), let start = dlsym(nil, "gotoblas_dynamic_init")
    else { return }
    let variable = "OPENBLAS_CORETYPE"
    let before = getenv(variable).map { String(cString: $0) }
    setenv(variable, pinnedFamily, 1)
    unsafeBitCast(quit, to: Step.self)()
    unsafeBitCast(start, to: Step.self)()
    // Left as it was found: programs this process starts choose their kernels themselves.
    if let before { setenv(variable, before, 1) } else { unsetenv(variable) }
  }
}
