import Diagnostics
import Experiments
import Protocols
import TrialStore

/// Trials as the store has them; a missing one is an error, nothing runs.
final class StoredTrials: TrialSource {
  private let archive: any TrialArchive
  private let study: String

  init(archive: any TrialArchive, study: String) {
    self.archive = archive
    self.study = study
  }

  func results(of trials: [TrialSpecification], title: String) throws -> [TrialKey: TrialResult] {
    let found = try archive.outcomes(for: trials.map(\.key))
    let missing = Set(trials.map(\.key)).subtracting(found.keys).count
    guard missing == 0 else {
      throw Diagnostic(
        .missingFile, "\(missing) \(title) \(missing == 1 ? "trial is" : "trials are") not in the store",
        at: nil,
        fix: "run 'assay build \(study)' first")
    }
    return found.mapValues { .outcome($0.outcome) }
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
