import Experiments
import Parts
import Procedures
import Tensors
import Testing

/// Trials of the procedure `agent`: in parts, under schedules, and measured.
@Suite struct AgentTrialTests {
  private let files = MemoryFiles()

  /// 3000 steps in all, evaluated every 1000.
  private func trial(
    to budget: Int? = nil, from earlier: Outcome? = nil, kept: [String] = [], seed: Int = 5,
    _ given: [String: Setting] = [:]
  ) throws -> Outcome {
    let base: [String: Setting] = [
      "steps": .integer(3000), "evaluations": .integer(3), "evaluation-episodes": .integer(3),
      "agent": part(.agent, "ppo", ["width": .integer(8), "copies": .integer(2), "horizon": .integer(50)]),
    ]
    let specification = TrialSpecification(
      procedure: "agent",
      settings: completeSettings(
        procedureRegistry["agent"]!.hyperparameters, base.merging(given) { $1 })!, revisions: [], data: [:],
      seed: SeedPath(pool: .tuning, seed: seed), budget: budget, measures: [], kept: kept,
      inputs: earlier.map {
        [TrialInput(name: "state", sources: [.init(artefacts: $0.artefacts.filter { $0.name == "state" })])]
      } ?? [], fingerprint: numericsFingerprint)
    return try runTrial(specification, library: shippedData(), files: files)
  }

  private func ppo(_ given: [String: Setting]) -> Setting {
    part(
      .agent, "ppo",
      ["width": .integer(8), "copies": .integer(2), "horizon": .integer(50)].merging(given) { $1 })
  }

  @Test func aRunInPartsComesToTheBitsOfAWholeOne() throws {
    let whole = try trial()
    let first = try trial(to: 1000, kept: ["state"])
    let second = try trial(to: 2000, from: first, kept: ["state"])
    let last = try trial(from: second)
    #expect(last.measures == whole.measures)
    let parts = [first, second, last]
    #expect(parts.map(\.cost.examples).reduce(0, +) == whole.cost.examples)
    #expect(parts.map(\.cost.flops).reduce(0, +) == whole.cost.flops)
    for (place, curve) in whole.curves.enumerated() {
      #expect(parts.flatMap { $0.curves[place].steps } == curve.steps)
      #expect(parts.flatMap { $0.curves[place].values } == curve.values)
    }
    #expect(try trial(to: 1000, kept: ["state"]) == first)
  }

  /// A run that is over and learns no more is judged in the episodes of another seed.
  @Test func aModelIsJudgedAsItIs() throws {
    let whole = try trial(kept: ["state"])
    let same = try trial(from: whole)
    #expect(same.measures == whole.measures)
    #expect(same.cost == CountedCost() && same.curves[0].steps == [3000])
    let other = try trial(from: whole, seed: 6)
    #expect(other.measures["return"] != whole.measures["return"])
    #expect(other.measures["episodes"] == whole.measures["episodes"])
  }

  /// A schedule is what a population left: parts of a run under other settings.
  @Test func aScheduleIsARunInParts() throws {
    let fast = ppo(["learning-rate": .number(0.01), "anneal": .flag(false)])
    let slow = ppo(["learning-rate": .number(0.001), "anneal": .flag(false)])
    let first = try trial(to: 1000, kept: ["state"], ["agent": fast])
    let last = try trial(from: first, ["agent": slow])
    let text = "1000 agent.learning-rate 0.01; 3000 agent.learning-rate 0.001"
    let scheduled = try trial(["agent": slow, "schedule": .text(text)])
    #expect(scheduled.measures == last.measures)
    #expect(try trial(["agent": slow]).measures != last.measures)
    #expect(
      SettingSchedule.text([
        (1000, [(["agent", "learning-rate"], .number(0.01))]),
        (3000, [(["agent", "learning-rate"], .number(0.001))]),
      ]) == text)
  }

  @Test(arguments: [
    (
      "5 agent.learning-rate",
      "'5 agent.learning-rate' is not an ascending step with pairs of a path and a value"
    ),
    ("9 agent.rate 1", "'agent.rate 1' sets no setting of the procedure"),
    ("9 agent.epochs 0.5", "'agent.epochs 0.5' sets no setting of the procedure"),
    ("9 floor 1; 5 floor 2", "' 5 floor 2' is not an ascending step with pairs of a path and a value"),
  ]) func badSchedulesAreRefused(text: String, reason: String) throws {
    let error = #expect(throws: SettingScheduleError.self) { try trial(["schedule": .text(text)]) }
    #expect("\(error!)" == "the schedule cannot be followed: \(reason)")
  }

  @Test func anAgentThatCannotActThereIsRefused() throws {
    let error = #expect(throws: ProcedureError.self) {
      try trial(["agent": part(.agent, "sac")])
    }
    #expect(
      "\(error!)"
        == "the agent cannot act in the environment 'cartpole': sac acts by numbers, and these are choices")
  }

  /// The rows of measures: normalised between floor and ceiling, and solved when learning says so.
  @Test func measuresSayWhatTheyMean() throws {
    let outcome = try trial(["floor": .number(-100), "ceiling": .number(100), "solved-at": .number(15)])
    let value = try #require(outcome.measures["return"])
    #expect(abs(outcome.measures["normalised-return"]! - (value + 100) / 200) < 1e-12)
    #expect(outcome.measures["solved"] == 1)
    #expect(outcome.measures["steps-to-threshold"]! < 3000)
    let hopeless = try trial(["solved-at": .number(501)])
    #expect(hopeless.measures["solved"] == 0 && hopeless.measures["steps-to-threshold"] == 3000)
    #expect(hopeless.curves[0].steps == [1000, 2000, 3000])
  }

  @Test func theToyNeedsBothSteps() throws {
    func best(_ given: [String: Setting]) throws -> Double {
      try procedure("population-toy", given)
        .run(SmallData.context(.classification, roles: [], measures: [])).measures["best"]!
    }
    #expect(try best([:]) > 1.1)
    #expect(abs(try best(["exploit": .flag(false), "explore": .flag(false)]) - 0.39) < 0.005)
    #expect(abs(try best(["exploration": .text("multiplicative")]) - 0.39) < 0.005)
    #expect(try best(["exploit": .flag(false)]) < 1.15)
  }
}
