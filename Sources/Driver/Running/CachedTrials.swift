import Execution
import Experiments
import TrialStore

/// Gets trials from the store and runs the missing ones; an outcome counts only once it is durable.
final class CachedTrials: TrialSource {
  private let archive: any TrialArchive
  private let executor: () throws -> any TrialExecutor
  private let progress: Progress
  private let files: TrialFolder
  private var mending: ArtefactMending
  private var running: (any TrialExecutor)?
  private var notes: Set<String> = []
  /// The keys of trials that ran in this build, for the closing line.
  private(set) var ranCount = 0
  /// Time limit of one trial, in seconds.
  private let timeLimitSeconds = 3600.0

  /// - Parameters:
  ///   - files: where artefacts and checkpoints lie.
  ///   - executor: starts the workers; called only when a trial has to run.
  init(
    archive: any TrialArchive, files: TrialFolder, progress: Progress,
    executor: @escaping () throws -> any TrialExecutor
  ) {
    self.archive = archive
    self.files = files
    mending = ArtefactMending(files: files)
    self.progress = progress
    self.executor = executor
  }

  func results(of trials: [TrialSpecification], title: String) throws -> [TrialKey: TrialResult] {
    var wanted: [TrialKey: TrialSpecification] = [:]
    var order: [TrialKey] = []
    for trial in trials where wanted.updateValue(trial, forKey: trial.key) == nil { order.append(trial.key) }
    var results = try archive.outcomes(for: order).mapValues { TrialResult.outcome($0.outcome) }
    for (key, result) in results {
      if case .outcome(let outcome) = result { mending.note(outcome, of: wanted[key]!) }
    }
    var missing = order.filter { results[$0] == nil }
    guard !missing.isEmpty else { return results }
    let lost = try mend(for: missing.map { wanted[$0]! })
    for key in missing where !lost.isDisjoint(with: wanted[key]!.startingArtefacts) {
      results[key] = .failed(
        Attempt(
          ending: .failed(
            "an artefact that it starts from was lost, and running its trial again did not give it back"),
          log: ""))
    }
    missing.removeAll { results[$0] != nil }
    progress.begin(title, total: order.count, cached: results.count)
    defer { progress.end() }
    try run(missing.map { wanted[$0]! }) { batch in
      for trial in batch.trials {
        results[trial.key] = .outcome(trial.outcome)
        mending.note(trial.outcome, of: trial.specification)
      }
      for trial in batch.attempts { results[trial.key] = .failed(trial.attempt) }
      progress.advance(finished: batch.trials.count, failed: batch.attempts.count)
    }
    return results
  }

  /// Passes on what a worker noted about a trial, each thing once.
  private func show(_ note: String?, of trial: FinishedTrial) {
    guard let note, notes.insert(note).inserted else { return }
    Console.error(
      "warning: \(note) while trial \(trial.key.digest.short) ran, but is not among the 'files' of its command"
    )
  }

  func shutdown() { running?.shutdown() }

  /// Runs the trials again whose artefacts these trials start from but cannot be read.
  ///
  /// - Returns: the artefacts that did not come back.
  private func mend(for trials: [TrialSpecification]) throws -> Set<Digest> {
    let broken = mending.broken(for: trials)
    if broken.isEmpty { return [] }
    var again: [TrialSpecification] = []
    for (digest, problem) in broken {
      guard let maker = mending.maker(of: digest), !again.contains(where: { $0.key == maker.key }) else {
        continue
      }
      Console.error("\(problem); its trial \(maker.key.digest.short) runs again")
      again.append(maker)
    }
    let lost = try mend(for: again)
    again.removeAll { !lost.isDisjoint(with: $0.startingArtefacts) }
    if !again.isEmpty { try run(again, replaces: true) { _ in } }
    return lost.union(mending.broken(for: trials).map(\.digest))
  }

  /// Runs trials and announces each batch after its commit.
  private func run(
    _ trials: [TrialSpecification], replaces: Bool = false, announce: (StoreBatch) -> Void
  ) throws {
    let executor = try running ?? self.executor()
    running = executor
    let specifications = Dictionary(uniqueKeysWithValues: trials.map { ($0.key, $0) })
    executor.submit(
      trials.map { TrialRequest(key: $0.key, specification: $0, timeLimitSeconds: timeLimitSeconds) })
    var commit = GroupCommit(archive)
    func settle(_ batch: StoreBatch) {
      for trial in batch.trials { show(files.note(of: trial.key), of: trial) }
      files.removeCheckpoints(of: batch.trials.map(\.key))
      announce(batch)
    }
    while executor.unfinishedCount > 0 {
      for event in try executor.next(within: commit.secondsUntilDue) {
        switch event {
        case .finished(let key, let outcome, let cost):
          commit.add(
            FinishedTrial(
              key: key, specification: specifications[key]!, outcome: outcome, cost: cost,
              replaces: replaces))
          ranCount += 1
        case .attempt(let key, let attempt): commit.add(FailedTrial(key: key, attempt: attempt))
        }
      }
      settle(try commit.commitIfDue())
    }
    settle(try commit.flush())
  }
}
