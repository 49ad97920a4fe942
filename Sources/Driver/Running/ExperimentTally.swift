import Protocols

/// How far an experiment is, in trials.
struct ExperimentTally {
  enum State { case tuning, evaluating, closed }

  /// The study's path as it was given.
  let study: String
  let name: String
  /// Trials in all, where every search uses its whole budget on whole runs and all selections differ.
  let expected: Int
  /// What the searches select by; nil without tuning.
  let selection: Selection?
  var state = State.tuning
  /// Trials that were asked for so far.
  var asked = 0
  /// Trials that were there before or belong to another experiment too.
  var cached = 0
  /// Trials that have just run.
  var finished = 0
  var failed = 0
  /// Trials without a result, where nothing runs.
  var missing = 0
  /// The best score that any search has found so far.
  var best: Double?

  /// Trials in all, as far as is known: runs in parts are more than were expected.
  var total: Int { max(expected, asked) }
  var done: Int { cached + finished + failed + missing }

  /// Takes in the score of a configuration.
  mutating func note(score: Double) {
    guard let best, let selection else { return best = score }
    self.best = selection.direction == .max ? max(best, score) : min(best, score)
  }

  mutating func note(_ trial: SettledTrial) {
    switch trial.result {
    case .outcome where trial.isCached: cached += 1
    case .outcome: finished += 1
    case .failed: failed += 1
    case .missing: missing += 1
    }
  }
}
