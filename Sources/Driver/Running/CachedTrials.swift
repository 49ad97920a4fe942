import Execution
import Experiments
import TrialStore

/// Gets trials from the store and runs the missing ones; an outcome counts only once it is durable.
///
/// Workers get the longest trials first, and a little more than they can run at a time, so that none waits while
/// results are being written.
final class CachedTrials: TrialSource {
  private let archive: any TrialArchive
  private let limits: TrialLimits
  private let reporter: any BuildReporter
  private let makeExecutor: () throws -> any TrialExecutor
  private var executor: (any TrialExecutor)?
  private var forecast: CostForecast
  private var commit: GroupCommit
  private var queue = LongestFirstQueue<WantedTrial>()
  /// Trials with the executor or waiting for their commit, with what they were expected to take.
  private var submitted: [TrialKey: (trial: WantedTrial, seconds: Double)] = [:]
  private var secondsInFlight = 0.0
  private var seen: [String: SeenCost] = [:]
  private var settled: [SettledTrial] = []
  private var retried: Set<TrialKey> = []
  /// Trials that finished in this build.
  private(set) var ranCount = 0

  /// Work given to the executor beyond what runs, in expected seconds and in trials, for each worker.
  private static let secondsAhead = 0.2
  private static let mostAhead = 64
  /// How long a wish to stop may go unnoticed, in seconds.
  private static let patienceSeconds = 0.2

  /// - Parameter executor: starts the workers; called only when a trial has to run.
  init(
    archive: any TrialArchive, limits: TrialLimits, reporter: any BuildReporter,
    executor: @escaping () throws -> any TrialExecutor
  ) {
    self.archive = archive
    self.limits = limits
    self.reporter = reporter
    makeExecutor = executor
    forecast = CostForecast(archive)
    commit = GroupCommit(archive)
  }

  func request(_ trials: [WantedTrial]) throws {
    let found = try archive.outcomes(of: trials)
    var missing: [WantedTrial] = []
    for trial in trials {
      let key = trial.specification.key
      if let outcome = found[key] {
        settled.append(SettledTrial(key: key, result: .outcome(outcome), isCached: true))
      } else {
        missing.append(trial)
      }
    }
    guard !missing.isEmpty else { return }
    let expected = try forecast.expectations(missing.map(\.specification))
    for trial in missing { queue.add(trial, seconds: expected[trial.specification.key]?.wallSeconds) }
  }

  func next() throws -> [SettledTrial] {
    repeat {
      if Interruption.signal != 0 {
        take(try commit.flush())
        throw Interrupted(signal: Interruption.signal, trialsRun: ranCount)
      }
      try submit()
      try collect(within: settled.isEmpty ? Self.patienceSeconds : 0)
    } while settled.isEmpty
    defer { settled = [] }
    return settled
  }

  func shutdown() { executor?.shutdown() }

  /// Hands trials to the executor until every worker has some work ahead.
  private func submit() throws {
    guard !queue.isEmpty else { return }
    let executor = try self.executor ?? makeExecutor()
    self.executor = executor
    var inFlight = executor.unfinishedCount
    var requests: [TrialRequest] = []
    while inFlight < executor.slots * Self.mostAhead,
      inFlight < 2 * executor.slots || secondsInFlight < Self.secondsAhead * Double(executor.slots),
      let (trial, seconds) = queue.removeFirst()
    {
      let key = trial.specification.key
      let expected = seconds ?? seen[trial.specification.procedure]?.mean ?? Self.secondsAhead
      submitted[key] = (trial, expected)
      secondsInFlight += expected
      inFlight += 1
      requests.append(TrialRequest(key: key, specification: trial.specification, limits: limits))
    }
    if !requests.isEmpty { executor.submit(requests) }
  }

  /// Waits for the executor and makes durable what has ended.
  private func collect(within seconds: Double) throws {
    guard let executor, !submitted.isEmpty else { return }
    for event in try executor.next(within: min(seconds, commit.secondsUntilDue ?? seconds)) {
      guard let (trial, expected) = submitted[event.key] else { preconditionFailure("an event of no trial") }
      secondsInFlight -= expected
      switch event {
      case .finished(let key, let outcome, let cost):
        commit.add(FinishedTrial(key: key, specification: trial.specification, outcome: outcome, cost: cost))
        seen[trial.specification.procedure, default: SeenCost()].add(cost.wallSeconds)
      case .attempt(let key, let attempt): commit.add(FailedTrial(key: key, attempt: attempt))
      }
    }
    // Where workers are about to run out of trials, what comes next waits for these results.
    let isUrgent = queue.isEmpty && executor.unfinishedCount < executor.slots
    take(isUrgent ? try commit.flush() : try commit.commitIfDue())
  }

  /// Takes in what has become durable.
  private func take(_ batch: StoreBatch) {
    for trial in batch.trials {
      ranCount += 1
      settle(
        trial.key, .outcome(trial.outcome),
        .finished(isDiverged: trial.outcome.status != .finished, wallSeconds: trial.cost.wallSeconds))
    }
    for failed in batch.attempts {
      // Somebody else ended the worker, not the trial: it deserves another run, once.
      if failed.attempt.isFromOutside, retried.insert(failed.key).inserted,
        let (trial, expected) = submitted.removeValue(forKey: failed.key)
      {
        queue.add(trial, seconds: expected)
        reporter.take(.note("\(failed.attempt.summary); its trial \(failed.key.digest.short) runs again"))
        report(trial, failed.key, .failed(failed.attempt, isRetried: true))
      } else {
        settle(failed.key, .failed(failed.attempt), .failed(failed.attempt, isRetried: false))
      }
    }
  }

  private func settle(_ key: TrialKey, _ result: TrialResult, _ ending: RanTrial.Ending) {
    guard let (trial, _) = submitted.removeValue(forKey: key) else { return }
    var result = result
    if case .outcome(let outcome) = result, trial.phase == .tuning {
      result = .outcome(outcome.withoutCurves)
    }
    settled.append(SettledTrial(key: key, result: result, isCached: false))
    report(trial, key, ending)
  }

  private func report(_ trial: WantedTrial, _ key: TrialKey, _ ending: RanTrial.Ending) {
    reporter.take(
      .trial(RanTrial(key: key, experiment: trial.experiment, phase: trial.phase, ending: ending)))
  }
}

/// What trials of a procedure have taken in this build: all that is known of the first ones.
private struct SeenCost {
  private var seconds = 0.0
  private var count = 0

  var mean: Double { seconds / Double(count) }

  mutating func add(_ seconds: Double) {
    self.seconds += seconds
    count += 1
  }
}

extension Attempt {
  /// Whether a signal that no trial raises by itself ended the worker: the kernel short of memory, or a person.
  fileprivate var isFromOutside: Bool {
    guard case .crashed(let status) = ending else { return false }
    return ["SIGKILL", "SIGTERM", "SIGHUP", "SIGINT"].contains(status)
  }
}
