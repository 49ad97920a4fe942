import Diagnostics
import Experiments
import Protocols
import TrialStore

/// Trials as the store has them, failed ones included; a missing one is an error, nothing runs.
final class StoredTrials: TrialSource {
  private let archive: any TrialArchive
  private let study: String
  private var settled: [SettledTrial] = []

  init(archive: any TrialArchive, study: String) {
    self.archive = archive
    self.study = study
  }

  func request(_ trials: [WantedTrial]) throws {
    let found = try archive.outcomes(of: trials)
    settled += found.map { SettledTrial(key: $0.key, result: .outcome($0.value), isCached: true) }
    let lost = trials.filter { found[$0.specification.key] == nil }
    var missing: [WantedTrial] = []
    for trial in lost {
      let key = trial.specification.key
      guard let attempt = try archive.attempts(for: key).last else {
        missing.append(trial)
        continue
      }
      settled.append(SettledTrial(key: key, result: .failed(attempt), isCached: true))
    }
    guard let first = missing.first else { return }
    throw Diagnostic(
      .missingFile,
      "\(missing.count) \(first.phase.rawValue) \(missing.count == 1 ? "trial is" : "trials are") not in the store",
      at: nil, fix: "run 'assay build \(study)' first")
  }

  func next() -> [SettledTrial] {
    defer { settled = [] }
    return settled
  }
}

/// A gate for reading what was evaluated before: a look that is not in the ledger stays closed.
struct ClosedGate: EvaluationGate {
  let ledger: Ledger
  let study: String

  func commit(frozen: [Frozen], look: Look) throws {
    guard ledger.contains(look) else {
      throw Diagnostic(
        .missingFile, "'\(look.experiment)' has not been evaluated with this plan", at: nil,
        fix: "run 'assay build \(study)' first")
    }
  }
}
