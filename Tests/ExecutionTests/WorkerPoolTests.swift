import EngineTestSupport
import Execution
import Experiments
import Foundation
import Testing

/// Real worker processes that crash, hang, write nonsense and are killed: each trial comes to one event.
@Suite struct WorkerPoolTests {
  @Test func everyTrialComesBackOnce() throws {
    let requests = (0..<300).map { request("echo", number: Double($0), seed: $0) }
    let events = try runAll(requests, count: 3)
    #expect(events.count == 300)
    let values = events.reduce(into: [:]) { $0[$1.key] = number($1) }
    for (i, request) in requests.enumerated() { #expect(values[request.key] == Double(i)) }
  }

  @Test func trialsStartInTheOrderOfSubmission() throws {
    let requests = (0..<20).map { request("echo", number: Double(20 - $0), seed: $0) }
    #expect(try runAll(requests, count: 1).map(\.key) == requests.map(\.key))
  }

  @Test func aCrashIsAnAttemptAndTheRestGoesOn() throws {
    let trials = [
      request("echo", seed: 1), request("crash", seed: 2), request("exit", seed: 3), request("echo", seed: 4),
    ]
    let events = try runAll(trials, count: 1)
    #expect(events.map(\.key) == trials.map(\.key))
    #expect(number(events[0]) == 0 && number(events[3]) == 0)
    let crash = try #require(attempt(events[1]))
    #expect(crash.ending == .crashed("SIGILL") || crash.ending == .crashed("SIGTRAP"))
    #expect(crash.log.contains("about to crash") && crash.log.contains("crashed on demand"))
    #expect(attempt(events[2]) == Attempt(ending: .crashed("exit status 3"), log: ""))
  }

  @Test func aThrownErrorIsAnAttemptWithTheTrialsOwnLog() throws {
    let pids = [
      request("pid", seed: 1), request("chatter", seed: 2), request("fail", seed: 3), request("pid", seed: 4),
    ]
    let events = try runAll(pids, count: 1)
    #expect(attempt(events[2]) == Attempt(ending: .failed("refused"), log: "about to refuse\n"))
    #expect(measure("pid", events[0]) == measure("pid", events[3]))
  }

  @Test func aTrialOverItsLimitIsStopped() throws {
    let events = try runAll(
      [request("hang", seed: 1, limit: 0.2), request("echo", seed: 2, limit: 20)], count: 1)
    #expect(attempt(events[0])?.ending == .timedOut(seconds: 0.2))
    #expect(number(events[1]) == 0)
  }

  @Test func aTrialThatOutgrowsItsMemoryIsStopped() throws {
    let limit = 256 << 20
    let events = try runAll(
      [
        request("allocate", number: 1e8, seed: 1, bytes: limit), request("grow", seed: 2, bytes: limit),
        request("echo", seed: 3, bytes: limit),
      ], count: 1)
    #expect(number(events[0]) == 1e8)
    let outgrown = try #require(attempt(events[1]))
    #expect(outgrown.ending == .outgrew(bytes: limit))
    #expect(outgrown.summary == "stopped when its worker held more than 256 MiB")
    #expect(number(events[2]) == 0)
  }

  @Test func aLimitThatIsNotReachedChangesNothing() throws {
    let trials = (0..<20).map { request("echo", number: 1, seed: $0, limit: 60, bytes: 1 << 40) }
    #expect(try runAll(trials, count: 2).allSatisfy { number($0) == 1 })
  }

  @Test func somethingElseOnThePipeIsAnAttempt() throws {
    let events = try runAll([request("garbage", seed: 1), request("echo", seed: 2)], count: 1)
    #expect(attempt(events[0])?.ending == .failed("the worker answered with something else: 'no message'"))
    #expect(number(events[1]) == 0)
  }

  @Test func whatATrialPrintsDoesNotReachThePipe() throws {
    #expect(number(try runAll([request("print", number: 5)], count: 1)[0]) == 5)
  }

  @Test func aWorkerKilledFromOutsideIsReplaced() throws {
    let pool = WorkerPool(executable: try Probe.path, arguments: ["worker"], count: 1)
    defer { pool.shutdown() }
    pool.submit([request("pid", seed: 1)])
    let pid = Int32(try #require(measure("pid", try pool.next()[0])))
    pool.submit([request("hang", seed: 2), request("echo", seed: 3)])
    #expect(try pool.next(within: 0.2).isEmpty)
    #expect(pool.unfinishedCount == 2)
    kill(pid, SIGKILL)
    #expect(
      try pool.next() == [
        .attempt(request("hang", seed: 2).key, Attempt(ending: .crashed("SIGKILL"), log: ""))
      ])
    #expect(number(try pool.next()[0]) == 0)
  }

  @Test func aWorkerKilledWhileIdleCostsNoTrial() throws {
    let pool = WorkerPool(executable: try Probe.path, arguments: ["worker"], count: 1)
    defer { pool.shutdown() }
    for seed in 0..<5 {
      pool.submit([request("pid", seed: seed)])
      let pid = Int32(try #require(measure("pid", try pool.next()[0])))
      kill(pid, SIGKILL)
      usleep(50_000)
    }
  }

  @Test func aDeadParentLeavesNoOrphans() throws {
    try withTemporaryFolder { folder in
      let file = folder + "/pids"
      let parent = try Probe.start(["parent", file])
      var pids: [Int32] = []
      #expect(
        eventually {
          let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
          pids = text.hasSuffix("\n") ? text.split { !$0.isNumber }.compactMap { Int32($0) } : []
          return pids.count == 2
        })
      #expect(pids.allSatisfy { isAlive($0) })
      parent.kill()
      #expect(eventually { pids.allSatisfy { !isRunning($0) } })
    }
  }

  @Test func workersThatNeverStartAreAnError() throws {
    let pool = WorkerPool(executable: try Probe.path, arguments: ["die"], count: 2)
    pool.submit([request("echo", seed: 1), request("echo", seed: 2)])
    #expect(
      throws: ExecutionError.workersDoNotStart(times: 3, ending: "exit status 7", log: "no such library\n")
    ) {
      try pool.next()
    }
    let missing = WorkerPool(executable: "/nonexistent/worker", arguments: [], count: 1)
    missing.submit([request("echo")])
    #expect(
      throws: ExecutionError.cannotStart(
        executable: "/nonexistent/worker", reason: "No such file or directory")
    ) { try missing.next() }
  }

  @Test func nothingSubmittedMeansNoEvents() throws {
    let pool = WorkerPool(executable: "/nonexistent/worker", arguments: [], count: 1)
    #expect(try pool.next().isEmpty)
  }

  @Test func costIsThatOfTheTrial() throws {
    let events = try runAll(
      [
        request("allocate", number: 2e8, seed: 1), request("spin", number: 0.2, seed: 2),
        request("sleep", number: 0.2),
      ],
      count: 1)
    let costs = events.compactMap { if case .finished(_, _, let cost) = $0 { cost } else { nil } }
    #expect(costs.count == 3)
    #expect(costs[0].peakBytes > 190_000_000 && costs[1].peakBytes < 150_000_000)
    #expect(costs[1].cpuSeconds >= 0.15 && costs[2].cpuSeconds < 0.1 && costs[2].wallSeconds >= 0.2)
    #expect(costs[0].host.contains("cores"))
  }

  @Test func aSpecificationThatIsNotItsKeysIsNotRun() throws {
    let other = request("echo", seed: 2)
    let mixed = TrialRequest(
      key: request("echo", seed: 1).key, specification: other.specification)
    #expect(
      attempt(try runAll([mixed], count: 1)[0])?.ending
        == .failed("the trial's specification reached the worker changed"))
  }

  @Test func aWorkerWithoutStandardErrorGoesOn() throws {
    let events = try runAll(
      [request("mute", seed: 1), request("crash", seed: 2), request("echo", seed: 3)], count: 1)
    #expect(number(events[0]) == 0 && attempt(events[1])?.log == "" && number(events[2]) == 0)
  }

  @Test func longLogsKeepBothEnds() throws {
    let log = try #require(attempt(try runAll([request("chatter-and-fail")], count: 1)[0])).log
    #expect(log.hasPrefix("line 0\nline 1\n") && log.hasSuffix("line 19998\nline 19999\n"))
    #expect(log.contains(" bytes left out …") && log.utf8.count < 20_000)
  }

  @Test func inThisProcessTheEventsAreTheSame() throws {
    let executor = InProcessExecutor { specification in
      if specification.seed.seed == 1 { throw ExecutionError.cannotStart(executable: "x", reason: "y") }
      return sampleOutcome(3)
    }
    executor.submit([request("a", seed: 0), request("a", seed: 1)])
    guard case .finished(let key, let outcome, _) = try #require(try executor.next().first) else {
      Issue.record("no outcome")
      return
    }
    #expect(key == request("a", seed: 0).key && outcome == sampleOutcome(3) && executor.unfinishedCount == 1)
    #expect(attempt(try executor.next()[0])?.ending == .failed("cannot start the worker 'x': y"))
    #expect(try executor.next().isEmpty)
  }
}

private func request(
  _ procedure: String, number: Double = 0, seed: Int = 0, limit: Double? = nil, bytes: Int? = nil
) -> TrialRequest {
  let specification = sampleSpecification(procedure, number: number, seed: seed)
  return TrialRequest(
    key: specification.key, specification: specification, limits: TrialLimits(seconds: limit, bytes: bytes))
}

private func runAll(_ requests: [TrialRequest], count: Int) throws -> [TrialEvent] {
  let pool = WorkerPool(executable: try Probe.path, arguments: ["worker"], count: count)
  defer { pool.shutdown() }
  pool.submit(requests)
  var events: [TrialEvent] = []
  while pool.unfinishedCount > 0 { events += try pool.next() }
  return events
}

private func measure(_ name: String, _ event: TrialEvent) -> Double? {
  if case .finished(_, let outcome, _) = event { outcome.measures[name] } else { nil }
}

private func number(_ event: TrialEvent) -> Double? { measure("number", event) }

private func attempt(_ event: TrialEvent) -> Attempt? {
  if case .attempt(_, let attempt) = event { attempt } else { nil }
}

/// Whether a process lives and is no zombie, whoever has to reap it.
private func isRunning(_ id: Int32) -> Bool {
  guard let status = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8) else { return false }
  return !status.contains(") Z ")
}
