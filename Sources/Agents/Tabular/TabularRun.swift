import Environments
import Experiments
import Learning
import Parts
import Randomness

/// A run of an agent that keeps a number for every state and action, in one copy of the environment.
final class TabularRun: AgentRun {
  /// What stands for the value of the state after a step.
  enum Bootstrap {
    /// The best action there: Q-learning.
    case best
    /// The action taken there: SARSA.
    case taken
  }

  private(set) var steps = 0
  private(set) var log = EpisodeLog()
  private(set) var cost = CountedCost()
  private let bootstrap: Bootstrap
  private let learningRate, discount, exploration: Double
  /// The steps over which the learning rate falls to 0; nil where it stays.
  private let fall: Double?
  private let episodes: Episodes
  private let actions: Int
  private let table: ActionTable
  private let stream: RandomStream
  private var nextChoice = 0

  var isFinite: Bool { table.values.allSatisfy(\.isFinite) }

  init(_ settings: Settings, _ bootstrap: Bootstrap, _ task: AgentTask) {
    self.bootstrap = bootstrap
    learningRate = settings.number("learning-rate")
    discount = settings.number("discount")
    exploration = settings.number("exploration")
    fall = settings.flag("anneal") ? Double(task.steps) : nil
    episodes = task.episodes(copies: 1)
    guard case .choices(let actions) = episodes.form.actions, let states = episodes.form.states else {
      preconditionFailure("the environment was refused before")
    }
    self.actions = actions
    table = ActionTable(
      [Double](repeating: settings.number("initial-value"), count: states * actions), actions: actions)
    stream = task.stream("exploration", 0)
    var first = stream.indexed(0)
    nextChoice = choose(Int(episodes.states[0]), &first)
  }

  static let hyperparameters = [
    Hyperparameter("learning-rate", .number(0...1), default: .number(0.1), "share of an error corrected"),
    Hyperparameter("anneal", .flag, default: .flag(false), "whether the share falls linearly to 0"),
    Hyperparameter("discount", .number(0...1), default: .number(0.99), "weight of the next step's value"),
    Hyperparameter("exploration", .number(0...1), default: .number(0.1), "probability of a random action"),
    Hyperparameter("initial-value", .number(-1e6...1e6), default: .number(0), "of every state and action"),
  ]

  static func refusal(_ name: String, _ form: EnvironmentForm) -> String? {
    form.states == nil || form.actions.numbers > 0
      ? "\(name) needs numbered states and actions to choose among" : nil
  }

  private func choose(_ state: Int, _ stream: inout RandomStream) -> Int {
    stream.uniform() < exploration ? stream.below(actions) : table.best(state)
  }

  func advance() {
    var stream = stream.indexed(steps + 1)
    let (state, choice) = (Int(episodes.states[0]), nextChoice)
    episodes.choices[0] = Int32(choice)
    episodes.advance()
    steps += 1
    cost.examples += 1
    log.record(episodes, at: steps)
    let end = episodes.ends[0]
    let now = Int(episodes.states[0])
    nextChoice = choose(now, &stream)
    let follower = end == .goesOn ? now : Int(episodes.finalStates[0])
    var following = 0.0
    if end != .terminated {
      // Where an episode was cut off, SARSA's next action is one that it would have taken.
      let taken =
        bootstrap == .best ? table.best(follower) : end == .goesOn ? nextChoice : choose(follower, &stream)
      following = table.values[follower * actions + taken]
    }
    let error = Double(episodes.rewards[0]) + discount * following - table.values[state * actions + choice]
    let rate = fall.map { learningRate * max(0, 1 - Double(steps - 1) / $0) } ?? learningRate
    table.values[state * actions + choice] += rate * error
  }

  func policy(copies: Int) -> any Policy { table }

  func exchange(_ archive: StateArchive) throws {
    try archive.exchange("steps", &steps)
    try archive.exchange("next-choice", &nextChoice)
    try archive.exchange("table", &table.values)
    try archive.exchange("examples", &cost.examples)
    try log.exchange(archive)
    try episodes.exchange { try archive.exchange("environment", $0) }
  }
}

/// A number for every state and action; as a policy, the action of the largest.
final class ActionTable: Policy {
  /// states × actions.
  var values: [Double]
  private let actions: Int

  init(_ values: [Double], actions: Int) {
    self.values = values
    self.actions = actions
  }

  /// The action of the largest value, the first of equals.
  func best(_ state: Int) -> Int {
    var best = 0
    for action in 1..<actions where values[state * actions + action] > values[state * actions + best] {
      best = action
    }
    return best
  }

  func act(in episodes: Episodes) {
    for i in 0..<episodes.copies { episodes.choices[i] = Int32(best(Int(episodes.states[i]))) }
  }
}
