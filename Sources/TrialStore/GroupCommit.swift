import Experiments

/// Gathers finished trials so that a burst of short ones costs one commit in 50 ms, not one each.
///
/// The first trial after a quiet time is committed at once. A trial may be announced only when `commitIfDue` or
/// `flush` has returned it. The caller waits for its workers at most `secondsUntilDue`, so that nothing finished
/// stays undurable while a long trial runs.
package struct GroupCommit {
  private let archive: any TrialArchive
  private let now: () -> Double
  private var pending = StoreBatch()
  private var lastCommit = -Double.infinity

  /// The least time between two commits, in seconds.
  package static let intervalSeconds = 0.05

  /// - Parameter now: a clock that only moves forward, in seconds.
  package init(_ archive: any TrialArchive, now: @escaping () -> Double = monotonicSeconds) {
    self.archive = archive
    self.now = now
  }

  /// Takes in a finished trial for the next commit.
  package mutating func add(_ trial: FinishedTrial) { pending.trials.append(trial) }

  /// Takes in an attempt for the next commit.
  package mutating func add(_ attempt: FailedTrial) { pending.attempts.append(attempt) }

  /// How long until what is pending must be committed, at least 0; nil when nothing is.
  package var secondsUntilDue: Double? {
    pending.isEmpty ? nil : max(0, lastCommit + Self.intervalSeconds - now())
  }

  /// Commits what is pending if it is due, and returns what became durable.
  package mutating func commitIfDue() throws -> StoreBatch {
    guard let seconds = secondsUntilDue, seconds <= 0 else { return StoreBatch() }
    return try flush()
  }

  /// Commits all that is pending and returns it; after an error it is still pending.
  package mutating func flush() throws -> StoreBatch {
    if pending.isEmpty { return pending }
    try archive.commit(pending)
    lastCommit = now()
    defer { pending = StoreBatch() }
    return pending
  }
}
