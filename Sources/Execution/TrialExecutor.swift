import Experiments

/// A trial to be run.
package struct TrialRequest: Sendable {
  package let key: TrialKey
  package let specification: TrialSpecification
  /// Wall time after which the trial is stopped, in seconds; nil for none.
  package let timeLimitSeconds: Double?

  package init(key: TrialKey, specification: TrialSpecification, timeLimitSeconds: Double?) {
    self.key = key
    self.specification = specification
    self.timeLimitSeconds = timeLimitSeconds
  }
}

/// What became of a trial; every submitted one comes to exactly one event.
package enum TrialEvent: Hashable, Sendable {
  case finished(TrialKey, Outcome, MeasuredCost)
  case attempt(TrialKey, Attempt)

  package var key: TrialKey {
    switch self {
    case .finished(let key, _, _), .attempt(let key, _): key
    }
  }
}

/// Runs trials somewhere: in worker processes, in this one, or on other machines.
///
/// Trials start in the order of submission; events come in the order in which trials end, on which nothing may
/// depend. Used from one thread.
package protocol TrialExecutor: AnyObject {
  /// Adds trials to those that wait; nothing starts before `next`.
  func submit(_ requests: [TrialRequest])

  /// Trials that were submitted and have not come to an event yet.
  var unfinishedCount: Int { get }

  /// Waits for at least one event, at most that many seconds (nil for ever).
  ///
  /// Returns nothing when no trial is unfinished or the time is over. Throws an `ExecutionError` when trials cannot
  /// be run at all; the executor is then of no more use.
  func next(within seconds: Double?) throws -> [TrialEvent]

  /// Stops running trials and frees what the executor holds; no event comes any more.
  func shutdown()
}

extension TrialExecutor {
  /// Waits for at least one event; returns nothing when no trial is unfinished.
  package func next() throws -> [TrialEvent] { try next(within: nil) }
}

/// Why trials cannot be run at all.
package enum ExecutionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The system does not start the worker's executable.
  case cannotStart(executable: String, reason: String)
  /// Workers end before they take a trial.
  case workersDoNotStart(times: Int, ending: String, log: String)

  package var description: String {
    switch self {
    case .cannotStart(let executable, let reason): "cannot start the worker '\(executable)': \(reason)"
    case .workersDoNotStart(let times, let ending, let log):
      "workers do not start: the last \(times) ended before their first trial (\(ending))"
        + (log.isEmpty ? "" : "\n   note: the last one wrote: \(log)")
    }
  }
}
