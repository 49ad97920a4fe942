import EngineTestSupport
import Experiments
import Foundation
import GRDB
import Testing
import TrialStore

/// Past costs, reading of specifications, and the freeing of what nobody refers to.
@Suite struct StoreUpkeepTests {
  @Test(arguments: [true, false])
  func pastCostsAreSumsOverTrialsOfAShape(onDisk: Bool) throws {
    try withTemporaryFolder { folder in
      let archive: any TrialArchive =
        onDisk ? try TrialStore(writingAt: folder + "/store.sqlite") {} : MemoryArchive()
      // The seed is not part of the shape, the procedure is.
      try archive.commit(batch((0..<10).map { finished($0) }))
      try archive.commit(batch([finished(3)]))
      let shape = try KeyFields(finished(0).specification.canonicalForm).shape
      let other = try KeyFields(sampleSpecification("sleep").canonicalForm).shape
      let costs = try archive.pastCosts(of: [shape, other])
      let cost = try #require(costs.byShape[shape])
      #expect(cost.trials == 10 && cost.cpuSeconds == 5 && cost.wallSeconds == 6.25 && cost.bytes > 2000)
      #expect(costs.byShape[other] == nil)
      #expect(costs.byProcedure == ["echo": cost])
      let keys = (0..<12).map { finished($0).key }
      #expect(try archive.present(keys) == Set(keys.prefix(10)))
    }
  }

  @Test func aStoreOfTheFirstVersionIsBroughtUpToDate() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/store.sqlite"
      try TrialStore(writingAt: path) {}.commit(batch((0..<10).map { finished($0) }))
      try DatabaseQueue(path: path).write { db in
        try db.execute(
          sql: """
            DROP TABLE cost; DROP TABLE store;
            DELETE FROM grdb_migrations WHERE identifier LIKE '2%'
            """)
      }
      #expect(throws: StoreError.olderVersion(path: path)) { try TrialStore.reading(at: path) }
      let store = try TrialStore(writingAt: path) {}
      let shape = try KeyFields(finished(0).specification.canonicalForm).shape
      #expect(try store.pastCosts(of: [shape]).byShape[shape]?.trials == 10)
      #expect(try store.name.count == 32)
      #expect(try store.outcomes(for: [finished(3).key]).count == 1)
    }
  }

  @Test func trialsAreVisitedInTheOrderTheyFinished() throws {
    try withTemporaryFolder { folder in
      let store = try TrialStore(writingAt: folder + "/store.sqlite") {}
      let trials = [4, 1, 3].map { finished($0) }
      try store.commit(batch(trials))
      var visited: [TrialKey] = []
      try store.forEachTrial(of: "echo") { key, specification in
        visited.append(key)
        #expect(TrialKey(Digest(of: specification)) == key)
      }
      #expect(visited == trials.map(\.key))
      try store.forEachTrial(of: "other") { _, _ in Issue.record("no such trial") }
    }
  }

  @Test func onlyWhatIsNotWantedIsFreed() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/store.sqlite"
      let store = try TrialStore(writingAt: path) {}
      var contents = batch((0..<2000).map { finished($0) })
      let attempt = Attempt(ending: .crashed("SIGSEGV"), log: "")
      contents.attempts = [1, 1999, 5000].map { FailedTrial(key: finished($0).key, attempt: attempt) }
      contents.frozen = [FrozenRecord(hash: Digest(of: "selection"), text: "{}")]
      contents.looks = [LookRecord(study: "one", line: "a")]
      try store.commit(contents)
      let wanted = Set((0..<10).map { finished($0).key })
      #expect(try store.waste(wanted: wanted, keeping: ["echo"]).keys.isEmpty)
      let waste = try store.waste(wanted: wanted, keeping: [])
      #expect(waste.keys.count == 1990 && waste.attempts == 2 && waste.bytes > 100_000)
      #expect(try store.counts().trials == 2000)
      let before = room(path)
      try store.free(waste)
      #expect(try store.counts() == StoreCounts(trials: 10, attempts: 1, frozen: 1, looks: 1))
      #expect(try store.present(Array(wanted)) == wanted)
      #expect(room(path) < before / 4)
      #expect(try store.waste(wanted: wanted, keeping: []).keys.isEmpty)
    }
  }

  /// Bytes of a store's file and its log.
  private func room(_ path: String) -> Int {
    [path, path + "-wal"].reduce(0) { sum, name in
      sum + ((try? FileManager.default.attributesOfItem(atPath: name)[.size] as? Int) ?? 0)
    }
  }
}
