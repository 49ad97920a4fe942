import Foundation

/// The instructions numerical code is compiled for (`kernelSettings` in Package.swift).
private let kernelInstructions = ["avx2", "fma"]

/// Those of the instructions kernels need that this processor lacks; none on other architectures than x86-64, or where
/// the system does not tell. To be asked before any kernel runs: it would die of an illegal instruction.
package func missingInstructions() -> [String] {
  #if arch(x86_64)
    // The first processor's entry suffices; a large machine's whole file takes milliseconds.
    guard let file = FileHandle(forReadingAtPath: "/proc/cpuinfo"),
      let start = try? file.read(upToCount: 8192)
    else { return [] }
    return missingInstructions(in: String(decoding: start, as: UTF8.self))
  #else
    return []
  #endif
}

/// The same from the text of `/proc/cpuinfo`.
package func missingInstructions(in description: String) -> [String] {
  guard let line = description.split(separator: "\n").first(where: { $0.hasPrefix("flags") }) else {
    return []
  }
  let known = line.split { $0 == " " || $0 == "\t" || $0 == ":" }
  return kernelInstructions.filter { !known.contains(Substring($0)) }
}
