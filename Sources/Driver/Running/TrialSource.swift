import Experiments
import TrialStore

/// The part of an experiment that a trial belongs to.
enum TrialPhase: String, Sendable, CaseIterable {
  /// Its outcome has no curves: a search sees measures only, whether the trial has just run or was there before.
  case tuning
  case evaluation
}

/// A trial that an experiment needs.
struct WantedTrial {
  let specification: TrialSpecification
  /// The experiment's place in the order in which the conductor was given them.
  let experiment: Int
  let phase: TrialPhase
  /// The artefacts, by name, whose content the report may show.
  var shown: [String] = []
  /// Whether failing three times alike is a result.
  var scoresFailures = false
}

/// What a trial came to.
enum TrialResult {
  case outcome(Outcome)
  case failed(Attempt)
  /// It has no outcome yet, and this source runs nothing.
  case missing
}

/// A trial that has come to a result.
struct SettledTrial {
  let key: TrialKey
  let result: TrialResult
  /// Whether the result was there before.
  let isCached: Bool
}

/// Gets trials done: from the store where they are, else by running them.
protocol TrialSource: AnyObject {
  /// Takes on trials, none of which it was asked for before.
  func request(_ trials: [WantedTrial]) throws

  /// Waits for results, at least one; every outcome is durable. Each trial comes back once, in an order on which
  /// nothing may depend.
  func next() throws -> [SettledTrial]
}

/// How the reason begins of a trial that counts as diverged because it failed.
let repeatedFailureMark = "failed three times alike: "

extension TrialArchive {
  /// The outcomes of those trials that are there, as their phases see them.
  func outcomes(of trials: [WantedTrial]) throws -> [TrialKey: Outcome] {
    var found: [TrialKey: Outcome] = [:]
    for phase in TrialPhase.allCases {
      let keys = trials.filter { $0.phase == phase }.map(\.specification.key)
      let stored = try outcomes(for: keys, withCurves: phase == .evaluation)
      found.merge(stored.mapValues(\.outcome)) { first, _ in first }
    }
    for trial in trials where trial.scoresFailures {
      let key = trial.specification.key
      if found[key] == nil { found[key] = try repeatedFailure(of: key) }
    }
    return found
  }

  /// What a trial counts as that has failed three times alike on its own account: diverged, with the reason, and with the
  /// last line that it wrote to its standard error where that was the same each time.
  func repeatedFailure(of key: TrialKey) throws -> Outcome? {
    let last = try attempts(for: key).filter { !$0.isFromOutside }.suffix(3)
    guard last.count == 3, Set(last.map(\.ending)).count == 1, let summary = last.last?.summary else {
      return nil
    }
    let words = Set(last.map(\.lastWords))
    let said = words.count == 1 ? words.first.flatMap { $0 }.map { ": \($0)" } ?? "" : ""
    return Outcome(
      status: .diverged(repeatedFailureMark + summary + said), measures: [:], curves: [], cost: CountedCost())
  }
}

extension Attempt {
  /// The last line of its log that says anything, without what lies beyond 200 characters; nil where there is none.
  var lastWords: String? {
    log.split(whereSeparator: \.isNewline).last { $0.contains { !$0.isWhitespace } }.map { line in
      line.count > 200 ? line.prefix(200) + "…" : String(line)
    }
  }

  /// Whether a signal that no trial raises by itself ended the worker: the kernel short of memory, or a person.
  var isFromOutside: Bool {
    guard case .crashed(let status) = ending else { return false }
    return ["SIGKILL", "SIGTERM", "SIGHUP", "SIGINT"].contains(status)
  }
}
