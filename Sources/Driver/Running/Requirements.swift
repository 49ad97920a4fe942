import Execution
import Experiments
import Foundation
import Studies

/// Finds out whether what an experiment's program needs is there, by running the little program that its `requires`
/// names; each once.
final class Requirements {
  private var known: [[String]: Bool] = [:]

  /// The most time that looking may take, in seconds.
  private static let limitSeconds = 60.0

  /// The words of the requirement that is not met; nil where the experiment can run.
  func missing(for experiment: CheckedExperiment) -> String? {
    guard let words = experiment.command?.requirement, !words.isEmpty, !isMet(words) else { return nil }
    return words.joined(separator: " ")
  }

  private func isMet(_ words: [String]) -> Bool {
    if let met = known[words] { return met }
    let environment = ProcessInfo.processInfo.environment
    let program = Program(
      name: words[0], arguments: Array(words.dropFirst()), folder: NSTemporaryDirectory(),
      environment: ["PATH": environment["PATH"] ?? "/usr/bin:/bin", "LANG": "C.UTF-8"])
    let met = (try? program.run(input: [], timeLimit: Self.limitSeconds))?.ending == ProgramRun.success
    known[words] = met
    return met
  }
}
