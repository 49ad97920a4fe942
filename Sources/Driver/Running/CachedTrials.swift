import Execution
import Experiments
import TrialStore

/// Gets trials from the store and runs the missing ones; an outcome counts only once it is durable.
///
/// Workers get the longest trials first, and a little more than they can run at a time, so that none waits while
/// results are being written.
final class CachedTrials: TrialSource {
  private let archive: any TrialArchive
  private let files: TrialFolder
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
  /// How often trials have run again in this build because failing alike is a result.
  private var failures: [TrialKey: Int] = [:]
  private var mending: ArtefactMending
  /// Trials that run again because an artefact of theirs is lost, and those that wait for them.
  private var remaking: Set<TrialKey> = []
  private var held: [WantedTrial] = []
  /// Those of the trials that run again for which the conductor waits.
  private var unsettled: Set<TrialKey> = []
  /// What was noted about trials, each thing once.
  private var notes: Set<String> = []
  /// Trials that finished in this build.
  private(set) var ranCount = 0

  /// Work given to the executor beyond what runs, in expected seconds and in trials, for each worker.
  private static let secondsAhead = 0.2
  private static let mostAhead = 64
  /// How long a wish to stop may go unnoticed, in seconds.
  private static let patienceSeconds = 0.2

  /// - Parameter executor: starts the workers; called only when a trial has to run.
  init(
    archive: any TrialArchive, files: TrialFolder, limits: TrialLimits, reporter: any BuildReporter,
    executor: @escaping () throws -> any TrialExecutor
  ) {
    self.archive = archive
    self.files = files
    mending = ArtefactMending(files: files)
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
        mending.note(outcome, of: trial.specification)
        guard isShowable(outcome, of: trial) else {
          missing.append(trial)
          continue
        }
        settled.append(SettledTrial(key: key, result: .outcome(outcome), isCached: true))
      } else {
        missing.append(trial)
      }
    }
    guard !missing.isEmpty else { return }
    let admitted = missing.flatMap(admit)
    let expected = try forecast.expectations(admitted.map(\.specification))
    for trial in admitted { queue.add(trial, seconds: expected[trial.specification.key]?.wallSeconds) }
  }

  func next() throws -> [SettledTrial] {
    repeat {
      if Interruption.signal != 0 {
        try take(commit.flush())
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
        commit.add(
          FinishedTrial(
            key: key, specification: trial.specification, outcome: outcome, cost: cost,
            replaces: remaking.contains(key)))
        seen[trial.specification.procedure, default: SeenCost()].add(cost.wallSeconds)
      case .attempt(let key, let attempt): commit.add(FailedTrial(key: key, attempt: attempt))
      }
    }
    // Where workers are about to run out of trials, what comes next waits for these results.
    let isUrgent = queue.isEmpty && executor.unfinishedCount < executor.slots
    try take(isUrgent ? commit.flush() : commit.commitIfDue())
  }

  /// Takes in what has become durable.
  private func take(_ batch: StoreBatch) throws {
    for trial in batch.trials {
      ranCount += 1
      show(files.note(of: trial.key), of: trial.key)
      mending.note(trial.outcome, of: trial.specification)
      if remaking.remove(trial.key) != nil, unsettled.remove(trial.key) == nil {
        submitted[trial.key] = nil
        continue
      }
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
        if remaking.remove(failed.key) != nil, unsettled.remove(failed.key) == nil {
          submitted[failed.key] = nil
        }
        if try repeats(failed) { continue }
        settle(failed.key, .failed(failed.attempt), .failed(failed.attempt, isRetried: false))
      }
    }
    files.removeCheckpoints(of: batch.trials.map(\.key))
    release()
  }

  /// Whether what the report shows of a trial's artefacts can be read; where not, the trial has to run again.
  private func isShowable(_ outcome: Outcome, of trial: WantedTrial) -> Bool {
    let shown = outcome.artefacts.filter { trial.shown.contains($0.name) }.map(\.digest)
    guard let (_, problem) = mending.broken(shown).first else { return true }
    let key = trial.specification.key
    reporter.take(.note("\(problem); its trial \(key.digest.short) runs again"))
    remaking.insert(key)
    unsettled.insert(key)
    return false
  }

  /// Whether a failed trial has been dealt with because failing is a result: it runs again until it has failed three times
  /// alike, or otherwise.
  private func repeats(_ failed: FailedTrial) throws -> Bool {
    guard let (trial, expected) = submitted[failed.key], trial.scoresFailures else { return false }
    if let outcome = try archive.repeatedFailure(of: failed.key) {
      settle(failed.key, .outcome(outcome), .failed(failed.attempt, isRetried: false))
      return true
    }
    guard failures[failed.key, default: 0] < 2 else { return false }
    failures[failed.key, default: 0] += 1
    submitted[failed.key] = nil
    queue.add(trial, seconds: expected)
    report(trial, failed.key, .failed(failed.attempt, isRetried: true))
    return true
  }

  /// The trial where all that it starts from can be read; else it is held back while those trials run again whose
  /// artefacts are lost, and these are returned.
  private func admit(_ trial: WantedTrial) -> [WantedTrial] {
    let broken = mending.broken(trial.specification.startingArtefacts)
    if broken.isEmpty { return [trial] }
    held.append(trial)
    return broken.flatMap { digest, problem -> [WantedTrial] in
      guard let maker = mending.maker(of: digest), remaking.insert(maker.key).inserted else { return [] }
      reporter.take(.note("\(problem); its trial \(maker.key.digest.short) runs again"))
      return admit(WantedTrial(specification: maker, experiment: trial.experiment, phase: trial.phase))
    }
  }

  /// Lets held trials run that can, and gives up those whose artefacts did not come back.
  private func release() {
    let waiting = held
    held = []
    for trial in waiting {
      // An artefact may be readable again while its trial is not durable yet.
      let makers = trial.specification.startingArtefacts.compactMap { mending.maker(of: $0)?.key }
      if makers.contains(where: remaking.contains) {
        held.append(trial)
      } else if mending.broken(trial.specification.startingArtefacts).isEmpty {
        queue.add(trial, seconds: nil)
      } else {
        remaking.remove(trial.specification.key)
        let attempt = Attempt(
          ending: .failed(
            "an artefact that it starts from was lost, and running its trial again did not give it back"),
          log: "")
        settled.append(
          SettledTrial(key: trial.specification.key, result: .failed(attempt), isCached: false))
      }
    }
  }

  /// Passes on what a worker noted about a trial.
  private func show(_ note: String?, of key: TrialKey) {
    guard let note, notes.insert(note).inserted else { return }
    reporter.take(
      .note(
        "warning: \(note) while trial \(key.digest.short) ran, but is not among the 'files' of its command"))
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
