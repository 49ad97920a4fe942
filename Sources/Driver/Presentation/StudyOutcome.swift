import Claims
import Experiments
import Studies

/// A study with everything it came to, ready to be presented.
struct StudyOutcome {
  let path: String
  let study: CheckedStudy
  let results: [ExperimentResults]
  let ledger: Ledger

  var incomplete: [String] { results.filter { !$0.isComplete }.map(\.experiment.name) }
}
