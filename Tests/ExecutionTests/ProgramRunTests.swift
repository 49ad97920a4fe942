import EngineTestSupport
import Execution
import Foundation
import Testing

/// Programs that are run once: their streams, limits and the end of all that they start.
@Suite struct ProgramRunTests {
  private func shell(
    _ script: String, input: [UInt8] = [], limit: Double? = 20, environment: [String: String] = [:]
  ) throws -> ProgramRun {
    let all = ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }
    return try Program(name: "sh", arguments: ["-c", script], folder: "/tmp", environment: all)
      .run(input: input, timeLimit: limit)
  }

  @Test func streamsAreCarried() throws {
    let input = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 7 % 90 + 33) }
    let run = try shell("cat; echo 'to the log' >&2", input: input)
    #expect(run.ending == ProgramRun.success)
    #expect(run.output == input)
    #expect(run.log == "to the log\n")
  }

  @Test func aProgramNeedNotReadItsInput() throws {
    let run = try shell("exec 0<&-; echo done", input: [UInt8](repeating: 65, count: 1 << 20))
    #expect(run.ending == ProgramRun.success)
    #expect(String(decoding: run.output, as: UTF8.self) == "done\n")
  }

  @Test func theFolderAndTheEnvironmentAreItsOwn() throws {
    let run = try shell("pwd; env | sort | cut -d= -f1 | tr '\\n' ' '", environment: ["MINE": "1"])
    let lines = String(decoding: run.output, as: UTF8.self).split(separator: "\n")
    #expect(lines[0] == "/tmp")
    #expect(
      Set(lines[1].split(separator: " ")).subtracting(["_", "SHLVL", "OLDPWD"]) == ["MINE", "PATH", "PWD"])
  }

  @Test func endingsAreTold() throws {
    #expect(try shell("exit 3").ending == .ended("exit status 3"))
    #expect(try shell("kill -SEGV $$").ending == .ended("SIGSEGV"))
    #expect(throws: ExecutionError.self) {
      try Program(name: "no-such-program", arguments: [], folder: "/", environment: ["PATH": "/bin"])
        .run(input: [], timeLimit: nil)
    }
  }

  @Test func aTimeOutEndsGrandchildrenToo() throws {
    try withTemporaryFolder { folder in
      let run = try shell("(sleep 1000 & echo $! > '\(folder)/pid'; wait) & wait", limit: 0.5)
      #expect(run.ending == .timedOut(seconds: 0.5))
      let id = try #require(
        Int32(try String(contentsOfFile: folder + "/pid", encoding: .utf8).prefix { $0 != "\n" }))
      #expect(eventually { !isAlive(id) })
    }
  }

  @Test func whatAProgramLeavesBehindEndsWithIt() throws {
    try withTemporaryFolder { folder in
      let run = try shell("sleep 1000 & echo $! > '\(folder)/pid'")
      #expect(run.ending == ProgramRun.success)
      let id = try #require(
        Int32(try String(contentsOfFile: folder + "/pid", encoding: .utf8).prefix { $0 != "\n" }))
      #expect(eventually { !isAlive(id) })
    }
  }

  @Test func endlessOutputIsStopped() throws {
    let run = try shell("yes")
    #expect(run.ending == .flooded(bytes: 1 << 26))
  }

  @Test func aLongLogKeepsBothEnds() throws {
    let run = try shell("i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done >&2")
    #expect(run.log.hasPrefix("line 0\n") && run.log.hasSuffix("line 19999\n"))
    #expect(run.log.utf8.count < 20_000)
  }

  /// Also not one that is killed just when its program has begun.
  @Test(arguments: 0..<8) func aKilledParentLeavesNoOrphans(_ number: Int) throws {
    try withTemporaryFolder { folder in
      let file = folder + "/pids"
      let parent = try Probe.start(["program", file])
      func ids() -> [Int32] {
        ((try? String(contentsOfFile: file, encoding: .utf8)) ?? "").split(whereSeparator: \.isWhitespace)
          .compactMap { Int32($0) }
      }
      let start = ContinuousClock.now
      while ids().count < 2, ContinuousClock.now - start < .seconds(10) { sched_yield() }
      let found = ids()
      #expect(found.count == 2 && found.allSatisfy(isAlive))
      parent.kill()
      #expect(eventually { found.allSatisfy { !isAlive($0) } })
    }
  }
}
