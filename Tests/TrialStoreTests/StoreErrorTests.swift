import EngineTestSupport
import Experiments
import Foundation
import GRDB
import Testing
import TrialStore

/// A store that cannot be used says why and what to do.
@Suite struct StoreErrorTests {
  @Test func aStoreOfANewerVersionIsLeftAlone() throws {
    try withStore { path in
      try edit(path) { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('2 something new')") }
      let before = try Foundation.Data(contentsOf: URL(filePath: path))
      #expect(throws: StoreError.newerVersion(path: path)) { try TrialStore(writingAt: path) {} }
      #expect(throws: StoreError.newerVersion(path: path)) { try TrialStore.reading(at: path) }
      #expect(try Foundation.Data(contentsOf: URL(filePath: path)) == before)
    }
    #expect(
      StoreError.newerVersion(path: "s").description == """
        the store 's' was made by a newer assay
           fix: use that assay, or move the store away and run the trials anew
        """)
  }

  @Test func aDamagedPageIsReported() throws {
    try withStore { path in
      let file = try FileHandle(forUpdating: URL(filePath: path))
      let end = try file.seekToEnd()
      // All pages behind the schema's.
      try file.seek(toOffset: 4096 * 8)
      try file.write(contentsOf: Foundation.Data(repeating: 0xA5, count: Int(end) - 4096 * 8))
      try file.close()
      let store = try #require(try TrialStore.reading(at: path))
      let error = #expect(throws: StoreError.self) {
        try store.outcomes(for: (0..<400).map { finished($0).key })
      }
      guard case .damaged(_, let finding)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(!finding.isEmpty && finding != "ok")
    }
  }

  @Test func anUnreadableOutcomeIsReported() throws {
    try withStore { path in
      try edit(path) { try $0.execute(sql: "UPDATE trial SET outcome = '{\"measures\":{' WHERE id = 1") }
      let store = try #require(try TrialStore.reading(at: path))
      let key = finished(0).key
      #expect(
        throws: StoreError.damaged(
          path: path, finding: "the outcome of trial \(key.digest.short) is unreadable (no '\"' at byte 13)")
      ) { try store.outcomes(for: [key]) }
    }
  }

  @Test func anotherKindOfFileIsReported() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/store.sqlite"
      try String(repeating: "not a database", count: 100).write(
        toFile: path, atomically: true, encoding: .utf8)
      let expected = StoreError.damaged(path: path, finding: "file is not a database")
      #expect(throws: expected) { try TrialStore(writingAt: path) {} }
      #expect(throws: expected) { try TrialStore.reading(at: path) }
    }
  }

  @Test func aReadOnlyFolderCanBeReadButNotWritten() throws {
    try withStore { path in
      let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
      chmod(folder, 0o555)
      defer { chmod(folder, 0o755) }
      for name in [path, path + ".lock"] { chmod(name, 0o444) }
      // As root every folder can be written: the probe becomes somebody else.
      let refusal = StoreError.readOnly(path: path).description.split(separator: "\n").map(String.init)
      #expect(try Probe.start(["write-as-nobody", path]).remainingLines() == refusal)
      let reader = try Probe.start(["count-as-nobody", path])
      #expect(reader.remainingLines() == ["400"])
      chmod(folder, 0o777)
      chmod(path + ".lock", 0o666)
      #expect(try Probe.start(["write-as-nobody", path]).remainingLines() == refusal)
    }
  }

  @Test func aFullDiskLosesNothingAnnounced() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/store.sqlite"
      let writer = try Probe.start(["write-until-full", path, "400000"])
      let lines = writer.remainingLines()
      let announced = lines.compactMap { Int($0) }
      #expect(announced == Array(0..<announced.count) && announced.count > 10)
      #expect(lines.suffix(2).joined(separator: "\n") == StoreError.diskFull(path: path).description)
      let store = try #require(try TrialStore.reading(at: path))
      let found = try store.outcomes(for: announced.map { finished($0).key })
      #expect(found.count == announced.count)
    }
  }

  @Test func aStoreRemovedUnderwayIsReported() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/.assay/store.sqlite"
      let store = try TrialStore(writingAt: path) {}
      try store.commit(batch([finished(1)]))
      try FileManager.default.removeItem(atPath: folder + "/.assay")
      #expect(throws: StoreError.deleted(path: path)) { try store.commit(batch([finished(2)])) }
    }
  }

  @Test(.timeLimit(.minutes(1))) func anotherProgramsTransactionIsReported() throws {
    try withStore { path in
      let store = try TrialStore(writingAt: path) {}
      let other = try DatabaseQueue(path: path)
      try other.writeWithoutTransaction { db in
        try db.execute(sql: "BEGIN IMMEDIATE")
        #expect(throws: StoreError.locked(path: path)) { try store.commit(batch([finished(2)])) }
        try db.execute(sql: "ROLLBACK")
      }
      try store.commit(batch([finished(2)]))
    }
  }

  @Test func theViewsAreReadable() throws {
    try withStore { path in
      try edit(path) { db in
        let key = finished(3).key.digest.hex
        let measures = try Row.fetchAll(
          db, sql: "SELECT measure, value, seed FROM measures WHERE key = ? ORDER BY measure",
          arguments: [key])
        #expect(measures.map { $0[0] as String } == ["accuracy", "log-loss"])
        #expect(measures.map { $0[1] as Double } == [3, 1] && measures[0][2] == "evaluation 3")
        let points = try Row.fetchAll(
          db, sql: "SELECT curve, step, value FROM curve_points WHERE key = ? ORDER BY step", arguments: [key]
        )
        #expect(
          points.map { $0[1] as Int } == [1, 2, 3, 4, 5] && points[2][2] == 1.0 && points[0][0] == "accuracy")
        #expect(
          try Int.fetchOne(db, sql: "SELECT count(*) FROM trials WHERE diverged IS NULL AND examples > 0")
            == 400)
        #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM failures") == 0)
      }
    }
  }

  /// Calls `body` with the path of a closed store of 400 trials.
  private func withStore(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/.assay/store.sqlite"
      do {
        let store = try TrialStore(writingAt: path) {}
        try store.commit(batch((0..<400).map { finished($0) }))
      }
      try body(path)
    }
  }

  private func edit(_ path: String, _ body: (Database) throws -> Void) throws {
    try DatabaseQueue(path: path).writeWithoutTransaction(body)
  }
}
