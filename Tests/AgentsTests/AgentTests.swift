import Agents
import AllocationCounter
import Environments
import Experiments
import Learning
import Parts
import Testing

/// Every agent in an environment it can act in, with each of its options.
struct AgentCase: CustomTestStringConvertible, Sendable {
  let agent: String
  let given: [String: Setting]
  let environment: String
  let environmentSettings: [String: Setting]
  let label: String

  init(
    _ agent: String, _ given: [String: Setting] = [:], in environment: String,
    _ environmentSettings: [String: Setting] = [:], _ label: String = ""
  ) {
    self.agent = agent
    self.given = given
    self.environment = environment
    self.environmentSettings = environmentSettings
    self.label = label
  }

  var testDescription: String { "\(agent) in \(environment) \(label)" }

  func start(steps: Int = 4000, seed: Int = 1) -> any AgentRun {
    AgentsTests.start(
      agent, given, in: AgentsTests.environment(environment, environmentSettings), steps: steps, seed: seed)
  }

  private static let small: [String: Setting] = ["width": .integer(16)]
  private static let brief: [String: Setting] = small.merging([
    "learning-starts": .integer(200), "buffer": .integer(500), "batch-size": .integer(32),
  ]) { $1 }
  private static let short: [String: Setting] = ["step-limit": .integer(60)]

  private static func dqn(_ given: [String: Setting], _ label: String) -> AgentCase {
    AgentCase(
      "dqn", brief.merging(["target-every": .integer(50)]) { $1 }.merging(given) { $1 }, in: "cartpole",
      short,
      label)
  }

  static let all: [AgentCase] = [
    AgentCase("a2c", small, in: "cartpole", short),
    AgentCase("a2c", small, in: "pendulum", short, "with numbers"),
    AgentCase("ppo", small, in: "cartpole", short),
    AgentCase("ppo", small, in: "breakout"),
    AgentCase(
      "ppo", small.merging(["normalise": .flag(true), "clip-values": .flag(false)]) { $1 }, in: "pendulum",
      short, "normalised"),
    AgentCase("reinforce", small.merging(["horizon": .integer(50)]) { $1 }, in: "acrobot", short),
    AgentCase(
      "reinforce", small.merging(["horizon": .integer(50), "baseline": .flag(false)]) { $1 }, in: "cartpole",
      short, "without baseline"),
    dqn([:], "plain"),
    dqn(["double": .flag(true)], "double"),
    dqn(["duelling": .flag(true)], "duelling"),
    dqn(["prioritised": .flag(true)], "prioritised"),
    dqn(["return-steps": .integer(3)], "three steps"),
    dqn(
      [
        "double": .flag(true), "duelling": .flag(true), "prioritised": .flag(true),
        "return-steps": .integer(3),
        "gradient-steps": .integer(2),
      ], "with everything"),
    AgentCase("sac", brief, in: "pendulum", short),
    AgentCase("sac", brief.merging(["temperature": .number(0.2)]) { $1 }, in: "pendulum", short, "fixed"),
    AgentCase("q-learning", in: "gridworld", ["size": .integer(4)]),
    AgentCase("q-learning", ["anneal": .flag(true)], in: "gridworld", ["size": .integer(4)], "annealed"),
    AgentCase("sarsa", in: "frozen-lake"),
  ]
}

/// All that a run would save.
private func state(_ run: any AgentRun) throws -> [UInt8] {
  let archive = StateArchive()
  try run.exchange(archive)
  return archive.bytes
}

@Suite struct AgentTests {
  @Test func everyAgentIsHere() {
    #expect(Set(AgentCase.all.map(\.agent)) == Set(agentRegistry.names))
  }

  /// Stopped anywhere, saved and gone on with elsewhere, a run comes to the same bits as an undisturbed one.
  @Test(arguments: AgentCase.all) func whatIsRestoredGoesOnTheSame(_ agent: AgentCase) throws {
    let run = agent.start()
    while run.steps < 1100 { run.advance() }
    let saved = try state(run)
    let other = agent.start(seed: 2)
    #expect(try state(other) != saved)
    let restored = agent.start()
    try restored.exchange(StateArchive(restoring: saved))
    #expect(try state(restored) == saved)
    while run.steps < 2300 {
      run.advance()
      restored.advance()
    }
    #expect(try state(run) == state(restored))
    #expect(run.log.returns == restored.log.returns)
    #expect(run.log.returns.count > 4)
    #expect(run.isFinite)
    #expect(run.cost.examples > 0)
  }

  /// Each option of an agent makes another run.
  @Test func optionsDiffer() throws {
    var seen: [String: Set<[UInt8]>] = [:]
    for agent in AgentCase.all {
      let run = agent.start()
      while run.steps < 1100 { run.advance() }
      let world = environment(agent.environment, agent.environmentSettings)
      let bits = greedyReturn(run, in: world, episodes: 3).bitPattern
      let key = "\(agent.agent) \(agent.environment)"
      let fingerprint = withUnsafeBytes(of: bits) { Array($0) } + (try state(run).suffix(32))
      #expect(seen[key, default: []].insert(fingerprint).inserted)
    }
  }

  @Test(arguments: AgentCase.all) func learningAllocatesNothing(_ agent: AgentCase) {
    let run = agent.start()
    while run.steps < 1100 { run.advance() }
    let before = assay_allocation_count()
    while run.steps < 2300 { run.advance() }
    #expect(assay_allocation_count() == before)
  }

  @Test func whatDoesNotFitIsRefused() {
    func refusal(_ agent: String, _ place: String) -> String? {
      let type = agentRegistry[agent]!
      let form = environment(place).start(
        copies: 1, stream: AgentsTests.stream("form"), levels: .training
      ).form
      return type.init(completeSettings(type)).refusal(form)
    }
    #expect(refusal("dqn", "pendulum") == "dqn chooses among actions, and these are numbers")
    #expect(refusal("sac", "cartpole") == "sac acts by numbers, and these are choices")
    #expect(
      refusal("q-learning", "cartpole") == "q-learning needs numbered states and actions to choose among")
    #expect(refusal("sarsa", "frozen-lake") == nil)
    #expect(refusal("ppo", "pendulum") == nil)
  }
}

/// Short runs that show that something is learned.
@Suite struct LearningTests {
  /// The optimum of the cliff is −13; SARSA learns the safe way round and falls less often while it learns.
  @Test func tablesLearnTheCliff() {
    let world = environment("cliff-walking")
    let runs = ["q-learning", "sarsa"].map { name in
      let run = start(
        name, ["learning-rate": .number(0.5), "discount": .number(1)], in: world, steps: 30_000)
      while run.steps < 30_000 { run.advance() }
      return run
    }
    #expect(greedyReturn(runs[0], in: world, episodes: 1) == -13)
    let online = runs.map { $0.log.returns.suffix(300).reduce(0, +) / 300 }
    #expect(online[1] > online[0] + 10)
  }

  @Test func unseenLevelsNeedManyLevels() {
    func returns(levels: Int) -> Double {
      let world = environment(
        "gridworld", ["size": .integer(5), "levels": .integer(levels), "test-levels": .integer(50)])
      let run = start("ppo", ["learning-rate": .number(1e-3)], in: world, steps: 60_000)
      while run.steps < 60_000 { run.advance() }
      return greedyReturn(run, in: world, episodes: 50)
    }
    #expect(returns(levels: 500) > returns(levels: 2) + 0.2)
  }

  @Test(arguments: [
    ("ppo", 60_000, ["learning-rate": Setting.number(1e-3)]), ("a2c", 60_000, [:]),
    ("reinforce", 60_000, ["learning-rate": Setting.number(3e-3)]),
    (
      "dqn", 20_000,
      [
        "learning-rate": Setting.number(1e-3), "learning-starts": .integer(500),
        "exploration-share": .number(0.2),
        "double": .flag(true), "duelling": .flag(true), "prioritised": .flag(true),
        "return-steps": .integer(3),
      ]
    ),
  ]) func polesAreBalanced(agent: String, steps: Int, given: [String: Setting]) {
    let world = environment("cartpole")
    let run = start(agent, given, in: world, steps: steps)
    while run.steps < steps { run.advance() }
    #expect(greedyReturn(run, in: world, episodes: 10) > 120)
  }

  @Test func pendulumsAreSwungUp() {
    let world = environment("pendulum")
    let run = start("sac", ["learning-rate": .number(1e-3)], in: world, steps: 5000)
    while run.steps < 5000 { run.advance() }
    #expect(greedyReturn(run, in: world, episodes: 10) > -500)
  }
}

/// Equal runs save equal bytes, so that what goes on from them has one key.
@Suite struct SavedBytesTests {
  @Test(arguments: AgentCase.all) func equalRunsSaveEqualBytes(_ agent: AgentCase) throws {
    let (run, other) = (agent.start(), agent.start())
    while run.steps < 1100 { run.advance() }
    // Other things on the stack meanwhile.
    _ = try state(agent.start(seed: 9))
    while other.steps < 1100 { other.advance() }
    #expect(try state(run) == state(other))
  }
}
