import EngineTestSupport
import Experiments
import Foundation
import Testing
import TrialStore

/// What every archive promises, asked of the store on disk and of its double in memory.
@Suite struct TrialArchiveTests {
  @Test(arguments: [true, false])
  func trialsComeBackByKey(onDisk: Bool) throws {
    try withArchive(onDisk) { archive in
      let trials = (0..<600).map { finished($0) }
      try archive.commit(batch(trials))
      let keys = trials.map(\.key) + [finished(1000).key]
      let found = try archive.outcomes(for: keys)
      #expect(found.count == 600)
      for trial in trials {
        #expect(found[trial.key] == StoredTrial(key: trial.key, outcome: trial.outcome, cost: trial.cost))
      }
      #expect(try archive.outcomes(for: []).isEmpty)
      #expect(try archive.counts() == StoreCounts(trials: 600, attempts: 0, frozen: 0, looks: 0))
    }
  }

  @Test(arguments: [true, false])
  func whatIsThereAlreadyStays(onDisk: Bool) throws {
    try withArchive(onDisk) { archive in
      let first = finished(1)
      let second = FinishedTrial(
        key: first.key, specification: first.specification, outcome: sampleOutcome(99), cost: first.cost)
      try archive.commit(batch([first]))
      try archive.commit(batch([second, finished(2)]))
      #expect(try archive.outcomes(for: [first.key])[first.key]?.outcome == first.outcome)
      let hash = Digest(of: "selection")
      try archive.record(frozen: FrozenRecord(hash: hash, text: "{}"))
      try archive.record(frozen: FrozenRecord(hash: hash, text: "{\"other\":1}"))
      #expect(try archive.frozen(hash) == "{}")
      #expect(try archive.frozen(Digest(of: "another")) == nil)
      for line in ["b", "a", "b"] { try archive.record(look: LookRecord(study: "one", line: line)) }
      try archive.record(look: LookRecord(study: "two", line: "b"))
      #expect(try archive.looks(study: "one") == ["b", "a"])
      #expect(try archive.counts() == StoreCounts(trials: 2, attempts: 0, frozen: 1, looks: 3))
    }
  }

  @Test(arguments: [true, false])
  func attemptsAreKeptInOrder(onDisk: Bool) throws {
    try withArchive(onDisk) { archive in
      let attempts = [
        Attempt(ending: .failed("no data"), log: "log\n"), Attempt(ending: .crashed("SIGSEGV"), log: ""),
        Attempt(ending: .timedOut(seconds: 1.5), log: "ü"), Attempt(ending: .failed("no data"), log: "log\n"),
      ]
      var batch = StoreBatch()
      batch.attempts = attempts.prefix(2).map { FailedTrial(key: finished(1).key, attempt: $0) }
      batch.attempts.append(FailedTrial(key: finished(2).key, attempt: attempts[0]))
      try archive.commit(batch)
      batch.attempts = attempts.suffix(2).map { FailedTrial(key: finished(1).key, attempt: $0) }
      try archive.commit(batch)
      #expect(try archive.attempts(for: finished(1).key) == attempts)
      #expect(try archive.attempts(for: finished(3).key).isEmpty)
      let failed = [finished(1).key, finished(2).key].sorted()
      #expect(try archive.failed(matchingPrefix: "") == failed)
      #expect(try archive.failed(matchingPrefix: String(failed[0].digest.hex.prefix(12))) == [failed[0]])
      #expect(try archive.failed(matchingPrefix: "xyz").isEmpty)
    }
  }

  @Test(arguments: [true, false])
  func aPrefixFindsItsTrials(onDisk: Bool) throws {
    try withArchive(onDisk) { archive in
      let trials = (0..<50).map { finished($0) }
      try archive.commit(batch(trials))
      let hex = trials[7].key.digest.hex
      let record = try #require(try archive.trials(matchingPrefix: hex).first)
      #expect(record.trial.outcome == trials[7].outcome && record.procedure == "echo")
      #expect(TrialKey(Digest(of: record.specification)) == trials[7].key)
      for prefix in [String(hex.prefix(1)).uppercased(), ""] {
        let expected = trials.map(\.key).filter { $0.digest.hex.hasPrefix(prefix.lowercased()) }.sorted()
        #expect(try archive.trials(matchingPrefix: prefix).map(\.trial.key) == expected)
      }
      #expect(try archive.trials(matchingPrefix: "xyz").isEmpty)
      #expect(try archive.trials(matchingPrefix: hex + "0").isEmpty)
    }
  }

  private func withArchive(_ onDisk: Bool, _ body: (any TrialArchive) throws -> Void) throws {
    if !onDisk { return try body(MemoryArchive()) }
    try withTemporaryFolder { folder in
      try body(TrialStore(writingAt: folder + "/.assay/store.sqlite") { Issue.record("nobody else writes") })
    }
  }
}

/// The trial of that number as it finished.
func finished(_ number: Int) -> FinishedTrial {
  let specification = sampleSpecification(seed: number)
  return FinishedTrial(
    key: specification.key, specification: specification, outcome: sampleOutcome(Double(number)),
    cost: MeasuredCost(cpuSeconds: 0.5, wallSeconds: 0.625, peakBytes: 1 << 20, host: "here"))
}

func batch(_ trials: [FinishedTrial]) -> StoreBatch {
  var batch = StoreBatch()
  batch.trials = trials
  return batch
}
