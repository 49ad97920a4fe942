import EngineTestSupport
import Experiments
import Foundation
import GRDB
import Testing
import TrialStore

/// Processes that are killed and processes that want the same store.
@Suite struct DurabilityTests {
  @Test func aKilledWriterLosesNothingAnnounced() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/.assay/store.sqlite"
      var announced = 0
      for round in 1...3 {
        let writer = try Probe.start(["write", path])
        var last = -1
        while last < round * 40, let line = writer.nextLine() { last = Int(line) ?? last }
        writer.kill()
        for line in writer.remainingLines() { last = Int(line) ?? last }
        announced = max(announced, last)
        let store = try #require(try TrialStore.reading(at: path))
        let trials = (0...announced).map { finished($0) }
        let found = try store.outcomes(for: trials.map(\.key))
        #expect(trials.allSatisfy { found[$0.key]?.outcome == $0.outcome })
      }
      #expect(announced >= 120)
      let store = try TrialStore(writingAt: path) { Issue.record("the lock outlived its owner") }
      #expect(try store.counts().trials >= announced + 1)
    }
  }

  /// A kill before the store has its write-ahead log leaves a journal that only a writer can roll back.
  @Test func aMakingThatWasKilledIsForgotten() throws {
    try withTemporaryFolder { folder in
      let (making, path) = (folder + "/making.sqlite", folder + "/store.sqlite")
      let database = try DatabaseQueue(path: making)
      try database.writeWithoutTransaction { db in
        // So small a cache makes SQLite write what is not committed, its journal first.
        try db.execute(sql: "PRAGMA cache_size = 1; BEGIN IMMEDIATE; CREATE TABLE a (b BLOB)")
        for _ in 0..<50 { try db.execute(sql: "INSERT INTO a VALUES (randomblob(5000))") }
        for ending in ["", "-journal"] {
          try FileManager.default.copyItem(atPath: making + ending, toPath: path + ending)
        }
        try db.execute(sql: "ROLLBACK")
      }
      #expect(try TrialStore.reading(at: path) == nil)
      let store = try TrialStore(writingAt: path) { Issue.record("nobody else writes") }
      #expect(try store.counts().trials == 0)
    }
  }

  /// As under `make -j2`: a build looks for the store while another makes it.
  @Test func aStoreBeingMadeIsNotYetThere() throws {
    for _ in 0..<60 {
      try withTemporaryFolder { folder in
        let path = folder + "/store.sqlite"
        let writer = try Probe.start(["hold", path])
        let deadline = Date(timeIntervalSinceNow: 60)
        var reader: TrialStore?
        while reader == nil, Date() < deadline { reader = try TrialStore.reading(at: path) }
        #expect(try reader?.counts().trials == 0)
        writer.kill()
      }
    }
  }

  @Test func aSecondWriterWaitsForTheFirst() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/store.sqlite"
      let first = try Probe.start(["hold", path])
      #expect(first.nextLine() == "open")
      let second = try Probe.start(["hold", path])
      #expect(second.nextLine() == "waiting")
      let reader = try #require(try TrialStore.reading(at: path))
      #expect(try reader.counts().trials == 0)
      first.kill()
      #expect(second.nextLine() == "open")
      second.finish()
    }
  }

  @Test func aReaderSeesWhatTheWriterCommits() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/store.sqlite"
      #expect(try TrialStore.reading(at: path) == nil)
      let writer = try TrialStore(writingAt: path) {}
      let reader = try #require(try TrialStore.reading(at: path))
      try writer.commit(batch([finished(1)]))
      #expect(try reader.counts().trials == 1)
      #expect(throws: StoreError.readOnly(path: path)) { try reader.commit(batch([finished(2)])) }
    }
  }
}
