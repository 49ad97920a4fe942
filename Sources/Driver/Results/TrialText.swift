import Experiments
import Foundation
import TrialStore

/// One trial as people read it: what it was, what it came to, what it cost, and what went wrong before.
enum TrialText {
  static func describe(_ record: TrialRecord, attempts: [Attempt]) throws -> String {
    let trial = record.trial
    var lines = ["trial \(trial.key.digest.hex)", "", "configuration"]
    let object = try JSONSerialization.jsonObject(with: Data(record.specification.utf8))
    let pretty = try JSONSerialization.data(
      withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    lines += String(decoding: pretty, as: UTF8.self).split(separator: "\n").map { "  \($0)" }
    lines += ["", "outcome"]
    if case .diverged(let reason) = trial.outcome.status { lines.append("  diverged: \(reason)") }
    for (name, value) in trial.outcome.measures.sorted(by: { $0.key < $1.key }) {
      lines.append("  \(name): \(value)")
    }
    lines.append("  examples: \(trial.outcome.cost.examples)")
    lines.append("  flops: \(trial.outcome.cost.flops)")
    for curve in trial.outcome.curves {
      lines += ["", "curve \(curve.name)"]
      lines += zip(curve.steps, curve.values).map { "  \($0)  \($1)" }
    }
    lines += [
      "", "measured once on \(trial.cost.host)",
      "  CPU \(trial.cost.cpuSeconds) s, wall \(trial.cost.wallSeconds) s",
      "  peak memory \(trial.cost.peakBytes / 1_048_576) MiB",
    ]
    return (lines + [""] + [describe(attempts)]).joined(separator: "\n")
  }

  /// The failed attempts at a trial, with what the worker wrote meanwhile.
  static func describe(_ attempts: [Attempt]) -> String {
    attempts.enumerated().flatMap { number, attempt in
      ["attempt \(number + 1) failed: \(attempt.summary)"]
        + attempt.log.split(separator: "\n").map { "  \($0)" }
    }.joined(separator: "\n")
  }
}
