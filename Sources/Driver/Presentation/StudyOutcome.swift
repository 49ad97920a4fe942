import Claims
import Experiments
import Studies

/// A study with everything it came to, ready to be presented.
struct StudyOutcome {
  let path: String
  let study: CheckedStudy
  let results: [ExperimentResults]
  let ledger: Ledger
  /// The head of the chain that the report in the output folder shows; nil where there is none.
  let shownHead: String?

  /// The head of an earlier report that the ledger does not hold: then the ledger is missing or was cut.
  var lostHead: String? {
    guard let shownHead, !ledger.hashes.contains(shownHead) else { return nil }
    return shownHead
  }

  var incomplete: [String] { results.filter { !$0.isComplete }.map(\.experiment.name) }
}
