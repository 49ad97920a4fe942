import EngineTestSupport
import Execution
import Experiments
import Foundation
import Testing
import TrialStore

/// A long trial whose worker is killed goes on from its last checkpoint and comes to the same bits.
@Suite struct CheckpointTests {
  private func specification(log: String) -> TrialSpecification {
    TrialSpecification(
      procedure: "walk", settings: Settings(["log": .text(log)]), revisions: [], data: [:],
      seed: SeedPath(pool: .evaluation, seed: 5), measures: [], fingerprint: "")
  }

  /// The steps that the runs of the trial began with.
  private func beginnings(_ log: String) -> [Int] {
    let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { Int($0) }
  }

  private func run(_ specification: TrialSpecification, in folder: TrialFolder) throws -> TrialEvent {
    let pool = WorkerPool(
      executable: try Probe.path, arguments: ["checkpoint-worker", folder.path], count: 1)
    defer { pool.shutdown() }
    pool.submit([
      TrialRequest(key: specification.key, specification: specification)
    ])
    return try #require(try pool.next().first)
  }

  @Test func aKilledTrialGoesOnFromItsCheckpoint() throws {
    try withTemporaryFolder { path in
      let folder = TrialFolder(path: path + "/disturbed")
      let log = path + "/log"
      let trial = specification(log: log)
      var kills = 0
      var outcome: Outcome?
      while outcome == nil, kills < 50 {
        // The worker is the pool's child; a second pool's process is killed from a thread that watches the checkpoint.
        let before = try folder.checkpoint(of: trial.key)
        let pause = UInt32(20_000 + 7_000 * kills)
        let killer = Thread {
          _ = eventually { (try? folder.checkpoint(of: trial.key)) ?? nil != before }
          usleep(pause)
          killChildren()
        }
        killer.start()
        switch try run(trial, in: folder) {
        case .finished(_, let found, _): outcome = found
        case .attempt(_, let attempt):
          #expect(attempt.ending == .crashed("SIGKILL"))
          kills += 1
        }
        while !killer.isFinished { usleep(1000) }
      }
      #expect(kills >= 1)
      let beginnings = beginnings(log)
      #expect(beginnings.count == kills + 1)
      #expect(beginnings.first == 0 && beginnings.dropFirst().allSatisfy { $0 > 0 })
      #expect(zip(beginnings, beginnings.dropFirst()).allSatisfy { $0 < $1 })

      let calm = try run(trial, in: TrialFolder(path: path + "/calm"))
      guard case .finished(_, let undisturbed, _) = calm else {
        Issue.record("the undisturbed trial failed")
        return
      }
      #expect(outcome?.canonicalForm == undisturbed.canonicalForm)
    }
  }
}

/// Kills the workers of this process with SIGKILL.
private func killChildren() {
  for task in (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? [] {
    let path = "/proc/self/task/\(task)/children"
    for id in ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: " ") {
      let name = try? String(contentsOfFile: "/proc/\(id)/cmdline", encoding: .utf8)
      if name?.contains("checkpoint-worker") == true, let id = pid_t(id) { kill(id, SIGKILL) }
    }
  }
}
