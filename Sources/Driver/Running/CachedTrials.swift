import Execution
import Experiments
import TrialStore

/// Gets trials from the store and runs the missing ones; an outcome counts only once it is durable.
final class CachedTrials: TrialSource {
  private let archive: any TrialArchive
  private let executor: () throws -> any TrialExecutor
  private let progress: Progress
  private var running: (any TrialExecutor)?
  /// The keys of trials that ran in this build, for the closing line.
  private(set) var ranCount = 0
  /// Time limit of one trial, in seconds.
  private let timeLimitSeconds = 3600.0

  /// - Parameter executor: starts the workers; called only when a trial has to run.
  init(archive: any TrialArchive, progress: Progress, executor: @escaping () throws -> any TrialExecutor) {
    self.archive = archive
    self.progress = progress
    self.executor = executor
  }

  func results(of trials: [TrialSpecification], title: String) throws -> [TrialKey: TrialResult] {
    var wanted: [TrialKey: TrialSpecification] = [:]
    var order: [TrialKey] = []
    for trial in trials where wanted.updateValue(trial, forKey: trial.key) == nil { order.append(trial.key) }
    var results = try archive.outcomes(for: order).mapValues { TrialResult.outcome($0.outcome) }
    let missing = order.filter { results[$0] == nil }
    guard !missing.isEmpty else { return results }
    progress.begin(title, total: order.count, cached: results.count)
    defer { progress.end() }
    try run(missing.map { wanted[$0]! }) { batch in
      for trial in batch.trials { results[trial.key] = .outcome(trial.outcome) }
      for trial in batch.attempts { results[trial.key] = .failed(trial.attempt) }
      progress.advance(finished: batch.trials.count, failed: batch.attempts.count)
    }
    return results
  }

  func shutdown() { running?.shutdown() }

  /// Runs trials and announces each batch after its commit.
  private func run(_ trials: [TrialSpecification], announce: (StoreBatch) -> Void) throws {
    let executor = try running ?? self.executor()
    running = executor
    let specifications = Dictionary(uniqueKeysWithValues: trials.map { ($0.key, $0) })
    executor.submit(
      trials.map { TrialRequest(key: $0.key, specification: $0, timeLimitSeconds: timeLimitSeconds) })
    var commit = GroupCommit(archive)
    while executor.unfinishedCount > 0 {
      for event in try executor.next(within: commit.secondsUntilDue) {
        switch event {
        case .finished(let key, let outcome, let cost):
          commit.add(
            FinishedTrial(key: key, specification: specifications[key]!, outcome: outcome, cost: cost))
          ranCount += 1
        case .attempt(let key, let attempt): commit.add(FailedTrial(key: key, attempt: attempt))
        }
      }
      announce(try commit.commitIfDue())
    }
    announce(try commit.flush())
  }
}
