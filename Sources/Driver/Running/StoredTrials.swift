import Diagnostics
import Experiments
import Protocols
import TrialStore

/// Trials as the store has them; a missing one is an error, nothing runs.
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
    let missing = trials.count - found.count
    guard missing == 0 else {
      let phase = trials.first { found[$0.specification.key] == nil }?.phase ?? .evaluation
      throw Diagnostic(
        .missingFile,
        "\(missing) \(phase.rawValue) \(missing == 1 ? "trial is" : "trials are") not in the store",
        at: nil,
        fix: "run 'assay build \(study)' first")
    }
    settled += found.map { SettledTrial(key: $0.key, result: .outcome($0.value), isCached: true) }
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
