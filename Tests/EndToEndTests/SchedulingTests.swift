import Driver
import Execution
import Experiments
import Foundation
import GRDB
import Testing

/// What runs when: nobody waits for others without need, looks are recorded in the order of the study, and a worker that
/// was killed from outside costs its trial nothing.
@Suite struct SchedulingTests {
  /// Runs trials one after the other, but keeps one back until nothing else is left.
  private final class HoldingExecutor: TrialExecutor {
    let slots = 4
    private(set) var ran: [TrialSpecification] = []
    /// How a trial ends instead of with its outcome.
    var disturbs: (TrialSpecification) -> Attempt.Ending? = { _ in nil }
    private let isHeld: (TrialSpecification) -> Bool
    private var queue: [TrialRequest] = []
    private var idleCount = 0

    init(holding isHeld: @escaping (TrialSpecification) -> Bool = { _ in false }) { self.isHeld = isHeld }

    func submit(_ requests: [TrialRequest]) { queue += requests }
    var unfinishedCount: Int { queue.count }
    func shutdown() {}

    func next(within seconds: Double?) -> [TrialEvent] {
      guard let place = queue.firstIndex(where: { !isHeld($0.specification) || idleCount > 5 }) else {
        idleCount += 1
        usleep(20_000)
        return []
      }
      let request = queue.remove(at: place)
      if let ending = disturbs(request.specification) {
        return [.attempt(request.key, Attempt(ending: ending, log: ""))]
      }
      ran.append(request.specification)
      let outcome = Outcome(
        status: .finished, measures: ["accuracy": 0.5, "nll": 1, "fit-rows": 1, "score-rows": 1], curves: [],
        cost: CountedCost())
      let seconds = request.specification.isLong ? 5 : 0.001
      let cost = MeasuredCost(cpuSeconds: seconds, wallSeconds: seconds, peakBytes: 1, host: "test")
      return [.finished(request.key, outcome, cost)]
    }
  }

  private let project: Project

  init() throws {
    project = try Project()
    try project.write(try Project.fixture("iris.md"), to: "studies/a.md")
  }

  @Test func anExperimentIsEvaluatedWhileAnotherStillTunes() throws {
    let other = try Project.fixture("iris.md").replacing("data: iris", with: "data: wine")
    try project.write(other, to: "studies/b.md")
    // The first trial of all, of the study that comes first.
    var held: TrialKey?
    let executor = HoldingExecutor { trial in
      if held == nil { held = trial.key }
      return trial.key == held
    }
    #expect(try project.build(executor: { executor }).status == .complete)
    let heldPlace = try #require(executor.ran.firstIndex { $0.key == held })
    let content = executor.ran[heldPlace].data[.fit]!.content
    let before = executor.ran.prefix(heldPlace)
    // All of the other study is done, and of its own all other tuning.
    #expect(before.contains { $0.seed.pool == .evaluation && $0.data[.fit]!.content != content })
    let after = executor.ran.suffix(from: heldPlace + 1)
    #expect(after.allSatisfy { $0.seed.pool == .evaluation && $0.data[.fit]!.content == content })
    #expect(!after.isEmpty)
  }

  @Test func looksAreRecordedInTheOrderOfTheStudy() throws {
    var held: TrialKey?
    let executor = HoldingExecutor { trial in
      if held == nil { held = trial.key }
      return trial.key == held
    }
    try project.build(executor: { executor })
    let ledger = try #require(project.read("studies/a.ledger")).split(separator: "\n")
    #expect(ledger.count == 2)
    #expect(ledger[0].contains("\"experiment\":\"tuned\"") && ledger[1].contains("\"experiment\":\"leaky\""))
  }

  @Test func theLongestTrialsStartFirst() throws {
    try project.build(executor: { HoldingExecutor() })
    let study = try Project.fixture("iris.md")
    try project.write(study.replacing("1000 .. 1004", with: "1000 .. 1009"), to: "studies/a.md")
    let executor = HoldingExecutor()
    try project.build(executor: { executor })
    // What was learned in the first build: the second model takes five seconds.
    let isLong = executor.ran.map(\.isLong)
    #expect(isLong.contains(true) && isLong.contains(false))
    #expect(isLong == isLong.filter { $0 } + isLong.filter { !$0 })
  }

  @Test func aWorkerKilledFromOutsideCostsItsTrialNothing() throws {
    let executor = HoldingExecutor()
    var count = 0
    executor.disturbs = { _ in
      count += 1
      return count == 3 ? .crashed("SIGKILL") : nil
    }
    #expect(try project.build(executor: { executor }).status == .complete)
    #expect(try attempts() == 1)
    // Killed a second time it is a failed attempt, and so is what the trial brought upon itself.
    for ending in [Attempt.Ending.crashed("SIGKILL"), .crashed("SIGSEGV"), .timedOut(seconds: 1)] {
      try project.remove(".assay")
      let failing = HoldingExecutor()
      failing.disturbs = { $0.seed.pool == .tuning && $0.seed.seed == 0 ? ending : nil }
      #expect(try project.build(executor: { failing }).status == .incomplete)
      #expect(try project.build().status == .complete)
    }
  }

  private func attempts() throws -> Int {
    try DatabaseQueue(path: "\(project.folder)/.assay/store.sqlite").read { db in
      try Int.fetchOne(db, sql: "SELECT count(*) FROM attempt") ?? 0
    }
  }
}

extension TrialSpecification {
  /// Whether it trains the larger of the two models.
  fileprivate var isLong: Bool { settings.part("model").name == "mlp" }
}
