import Agents
import Environments
import Experiments
import Learning
import Parts

/// Lets an agent learn in an environment and measures the return of its policy without exploration.
///
/// Learning and evaluation draw from streams of their own: the episodes it is evaluated on are the same for every
/// agent of a seed, and none it has learned from. Where the environment has levels for testing, they are what it is
/// evaluated on. Counted cost is that of the agent's training; acting is left out. Steps are counted in whole
/// stretches: a run ends with the first one that reaches its steps.
package struct AgentTrial: Procedure {
  package static let name = "agent"
  package static let revision = 1
  package static let summary = "lets an agent learn in an environment and measures the return of its policy"
  package static let hyperparameters = [
    Hyperparameter(
      "environment", .part(.environment), default: .part(CartPole.name, CartPole.defaults), "what it acts in"),
    Hyperparameter("agent", .part(.agent), default: .part(PPO.name, PPO.defaults), "how it learns"),
    Hyperparameter(
      "steps", .integer(0...100_000_000), default: .integer(10_000), "environment steps of a run"),
    Hyperparameter(
      "evaluation-episodes", .integer(1...10_000), default: .integer(20), "episodes its return is the mean of"
    ),
    Hyperparameter(
      "evaluations", .integer(1...1000), default: .integer(1),
      "how often it is evaluated, evenly spaced over the run, the last time at its end"),
    Hyperparameter(
      "solved-at", .number(-1e9...1e9), default: .number(475),
      "the mean return of the last 100 episodes at which learning counts as having solved the environment"),
    Hyperparameter(
      "floor", .number(-1e9...1e9), default: .number(0), "the return whose normalised value is 0"),
    Hyperparameter(
      "ceiling", .number(-1e9...1e9), default: .number(500), "the return whose normalised value is 1"),
  ]
  package static let roles: [DataRole] = []
  package static let predictions: TargetKind? = nil
  package static let columns = [
    OwnColumn("return", .trial, "mean undiscounted return of the evaluation episodes at the end"),
    OwnColumn("normalised-return", .trial, "the same, 0 at the floor and 1 at the ceiling"),
    OwnColumn(
      "steps-to-threshold", .trial, "steps until learning had solved it; the whole run where it had not"),
    OwnColumn("solved", .trial, "1 where learning had solved it, else 0"),
    OwnColumn("episodes", .trial, "episodes that ended while learning"),
    OwnColumn("return", .steps, "mean return of the evaluation episodes after so many steps"),
    OwnColumn("training-return", .steps, "mean return of the last 100 episodes of learning"),
  ]

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func run(_ context: TrialContext) throws -> Outcome {
    let (environmentName, environmentSettings) = settings.part("environment")
    let (agentName, agentSettings) = settings.part("agent")
    guard let environmentType = environmentRegistry[environmentName], let agentType = agentRegistry[agentName]
    else { preconditionFailure("settings were checked against the registries before") }
    let world = environmentType.init(environmentSettings)
    let agent = agentType.init(agentSettings)
    let evaluation = GreedyEvaluation(
      world, episodes: settings.integer("evaluation-episodes"), context.stream("evaluation-episodes"))
    if let reason = agent.refusal(evaluation.form) {
      throw ProcedureError.wrongAgent(environment: environmentName, reason: reason)
    }
    let steps = settings.integer("steps")
    let run = agent.start(
      AgentTask(environment: world, steps: steps) { context.stream($0, index: $1) })
    var progress = AgentProgress(run, evaluation, context)
    try progress.resume()
    let points = settings.integer("evaluations")
    guard try progress.run(to: steps, evaluatingAt: (1...points).map { $0 * steps / points }) else {
      return Outcome(
        status: .diverged("a parameter not finite after \(run.steps) steps"), measures: [:],
        curves: progress.curves, cost: run.cost)
    }
    let (floor, ceiling) = (settings.number("floor"), settings.number("ceiling"))
    let final = progress.returns.last!
    let solved = run.log.steps(to: settings.number("solved-at"))
    return Outcome(
      status: .finished,
      measures: [
        "return": final, "normalised-return": (final - floor) / (ceiling - floor),
        "steps-to-threshold": Double(solved ?? run.steps), "solved": solved == nil ? 0 : 1,
        "episodes": Double(run.log.returns.count),
      ], curves: progress.curves, cost: run.cost)
  }
}

extension Part {
  /// A part's complete settings where a study gives none.
  fileprivate static var defaults: Settings {
    var settings = Settings()
    for hyperparameter in hyperparameters { settings[hyperparameter.name] = hyperparameter.defaultValue }
    return settings
  }
}
