import Experiments

/// What a trial may take before it is stopped; nil for no limit.
package struct TrialLimits: Hashable, Sendable {
  /// Wall time.
  package let seconds: Double?
  /// Resident memory of the trial's worker.
  ///
  /// Resident and not virtual (`RLIMIT_AS`): allocators and BLAS reserve addresses that they never touch, and a
  /// refused reservation is a trap without a reason, whereas this ends in an attempt that says what happened.
  package let bytes: Int?

  package init(seconds: Double? = nil, bytes: Int? = nil) {
    self.seconds = seconds
    self.bytes = bytes
  }
}

/// A trial to be run.
package struct TrialRequest: Sendable {
  package let key: TrialKey
  package let specification: TrialSpecification
  package let limits: TrialLimits

  package init(key: TrialKey, specification: TrialSpecification, limits: TrialLimits = TrialLimits()) {
    self.key = key
    self.specification = specification
    self.limits = limits
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
  /// How many trials run at a time.
  var slots: Int { get }

  /// Adds trials to those that wait; nothing starts before `next`.
  func submit(_ requests: [TrialRequest])

  /// Trials that were submitted and have not come to an event yet.
  var unfinishedCount: Int { get }

  /// Waits for at least one event, at most that many seconds (nil for ever).
  ///
  /// Returns nothing when no trial is unfinished, the time is over or a signal came. Throws an `ExecutionError` when trials cannot
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
