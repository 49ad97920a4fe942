import EngineTestSupport
import Experiments
import Testing
import TrialStore

/// When trials become durable, told by a clock that the test moves.
@Suite struct GroupCommitTests {
  private final class FakeClock {
    var seconds = 100.0
  }

  @Test func aBurstIsCommittedTogether() throws {
    let clock = FakeClock()
    let archive = MemoryArchive()
    var group = GroupCommit(archive) { clock.seconds }
    #expect(group.secondsUntilDue == nil)
    group.add(finished(0))
    #expect(group.secondsUntilDue == 0)
    #expect(try group.commitIfDue().trials == [finished(0)])
    for number in 1...3 {
      clock.seconds += 0.01
      group.add(finished(number))
      #expect(try group.commitIfDue().isEmpty)
    }
    #expect(abs(try #require(group.secondsUntilDue) - 0.02) < 1e-9)
    #expect(archive.counts().trials == 1)
    clock.seconds += 0.0201
    #expect(try group.commitIfDue().trials == (1...3).map { finished($0) })
    #expect(group.secondsUntilDue == nil)
    #expect(archive.counts().trials == 4)
  }

  @Test func aFlushDoesNotWait() throws {
    let clock = FakeClock()
    let archive = MemoryArchive()
    var group = GroupCommit(archive) { clock.seconds }
    group.add(finished(0))
    _ = try group.flush()
    group.add(finished(1))
    let failed = FailedTrial(key: finished(2).key, attempt: Attempt(ending: .crashed("SIGSEGV"), log: ""))
    group.add(failed)
    let durable = try group.flush()
    #expect(durable.trials == [finished(1)] && durable.attempts == [failed])
    #expect(try group.flush().isEmpty)
    #expect(archive.counts() == StoreCounts(trials: 2, attempts: 1, frozen: 0, looks: 0))
  }
}
