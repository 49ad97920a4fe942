import Diagnostics
import Execution
import Experiments
import Foundation
import TrialStore

/// What `assay verify` is asked to do.
package struct VerifyRequest {
  package let studies: [String]
  package let profile: String
  package let store: String
  /// How many trials run again.
  package let count: Int
  /// Which are chosen: the same seed chooses the same ones of the same trials.
  package let seed: Int
  package let workers: Int?
  package let timeLimitSeconds: Double?
  package let memoryLimitBytes: Int?

  package init(
    studies: [String], profile: String, store: String, count: Int, seed: Int, workers: Int?,
    timeLimitSeconds: Double?, memoryLimitBytes: Int?
  ) {
    self.studies = studies
    self.profile = profile
    self.store = store
    self.count = count
    self.seed = seed
    self.workers = workers
    self.timeLimitSeconds = timeLimitSeconds
    self.memoryLimitBytes = memoryLimitBytes
  }
}

/// How a verification ended.
package enum Verification: Sendable { case same, different, mistaken }

/// Runs a sample of stored trials again and compares the bits of their outcomes; the store stays as it is.
package func verify(_ request: VerifyRequest) throws -> Verification {
  let home = try Home.find()
  let library = makeLibrary(home)
  let loader = StudyLoader(resolver: LibraryResolver(library), fingerprint: numericsDescription())
  let store = try existingStore(request.store)
  var trials: [TrialKey: TrialSpecification] = [:]
  for path in try StudyFiles.find(request.studies) {
    guard let study = loader.load(path, profile: request.profile) else { return .mistaken }
    if let refusal = Trust().refusal(of: study, at: path) {
      Console.error(refusal.rendered)
      return .mistaken
    }
    for trial in try NamedTrials.of(study.experiments, archive: store) where trial.isStored {
      trials[trial.specification.key] = trial.specification
    }
  }
  let chosen = trials.values.map { (order: Digest(of: "\(request.seed) \($0.key.digest.hex)"), trial: $0) }
    .sorted { $0.order < $1.order }.prefix(request.count).map(\.trial)
  let stored = try store.outcomes(for: chosen.map(\.key))
  let slots = request.workers ?? ProcessInfo.processInfo.activeProcessorCount
  let executor = makeExecutor(
    workers: slots, home: home, library: library, files: TrialFolder(besideStoreAt: request.store))
  defer { executor.shutdown() }
  let limits = TrialLimits.filled(request.timeLimitSeconds, request.memoryLimitBytes, workers: slots)
  executor.submit(chosen.map { TrialRequest(key: $0.key, specification: $0, limits: limits) })
  var differences: [TrialKey: String] = [:]
  while executor.unfinishedCount > 0 {
    for event in try executor.next() {
      switch event {
      case .finished(let key, let outcome, _):
        guard let before = stored[key]?.outcome, before.canonicalForm != outcome.canonicalForm else {
          continue
        }
        differences[key] = difference(before, outcome)
      case .attempt(let key, let attempt): differences[key] = "it failed now: \(attempt.summary)"
      }
    }
  }
  for trial in chosen {
    if let difference = differences[trial.key] {
      Console.output("trial \(trial.key.digest.short) differs: \(difference)")
    }
  }
  Console.output(
    "\(NumberText.count(chosen.count - differences.count)) of \(count(chosen.count, "trial")) gave the same bits, "
      + "of \(NumberText.count(trials.count)) in the store")
  return differences.isEmpty ? .same : .different
}

/// The first thing in which two outcomes differ.
private func difference(_ before: Outcome, _ now: Outcome) -> String {
  if before.status != now.status { return "\(text(before.status)) in the store, \(text(now.status)) now" }
  for name in Set(before.measures.keys).union(now.measures.keys).sorted() {
    let (old, new) = (before.measures[name], now.measures[name])
    if old?.bitPattern != new?.bitPattern {
      return
        "\(name) is \(old.map(\.description) ?? "missing") in the store, \(new.map(\.description) ?? "missing") now"
    }
  }
  for (old, new) in zip(before.curves, now.curves) where old != new {
    let place = zip(old.values, new.values).enumerated().first { $1.0.bitPattern != $1.1.bitPattern }?.offset
    guard old.name == new.name, let place else { break }
    return "the curve \(old.name) at step \(old.steps[place]) is \(old.values[place]) in the store, "
      + "\(new.values[place]) now"
  }
  return before.cost == now.cost ? "their curves are not alike" : "their counted costs are not alike"
}

private func text(_ status: Outcome.Status) -> String {
  switch status {
  case .finished: "finished"
  case .diverged(let reason): "diverged (\(reason))"
  }
}

/// The store, which must be there.
func existingStore(_ path: String) throws -> TrialStore {
  if let store = try TrialStore.reading(at: path) { return store }
  throw Diagnostic(
    .missingFile, "there is no store at '\(path)'", at: nil,
    fix: "build a study first, or name it with --store")
}
