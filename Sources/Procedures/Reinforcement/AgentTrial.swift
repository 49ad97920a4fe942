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
      "environment", .part(.environment),
      default: .part(CartPole.name, TrainingSettings.defaults(of: CartPole.self)), "what it acts in"),
    Hyperparameter(
      "agent", .part(.agent), default: .part(PPO.name, TrainingSettings.defaults(of: PPO.self)),
      "how it learns"),
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
      "schedule", .text, default: .text(""),
      "settings that change in the course of the run: the step each stretch ends at, then paths and values; see the manual"
    ),
    Hyperparameter(
      "floor", .number(-1e9...1e9), default: .number(0), "the return whose normalised value is 0"),
    Hyperparameter(
      "ceiling", .number(-1e9...1e9), default: .number(500), "the return whose normalised value is 1"),
  ]
  package static let roles: [DataRole] = []
  package static let predictions: TargetKind? = nil
  package static let columns = [
    OwnColumn(
      "return", .trial, "mean undiscounted return of the evaluation episodes at the end", largerIsBetter: true
    ),
    OwnColumn(
      "normalised-return", .trial, "the same, 0 at the floor and 1 at the ceiling", largerIsBetter: true),
    OwnColumn(
      "steps-to-threshold", .trial, "steps until learning had solved it; the whole run where it had not",
      largerIsBetter: false),
    OwnColumn("solved", .trial, "1 where learning had solved it, else 0", largerIsBetter: true),
    OwnColumn("episodes", .trial, "episodes that ended while learning"),
    OwnColumn("return", .steps, "mean return of the evaluation episodes after so many steps"),
    OwnColumn("training-return", .steps, "mean return of the last 100 episodes of learning"),
  ]

  package static let resource: String? = "steps"

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  /// The environment that settings name.
  private static func world(_ settings: Settings) -> any Environment {
    let (name, environmentSettings) = settings.part("environment")
    guard let type = environmentRegistry[name] else {
      preconditionFailure("settings were checked against the registries before")
    }
    return type.init(environmentSettings)
  }

  /// The agent that settings name, learning in an environment from its start.
  ///
  /// - Throws: `ProcedureError.wrongAgent` where it cannot act there.
  static func start(
    _ settings: Settings, _ context: TrialContext
  ) throws -> (world: any Environment, run: any AgentRun) {
    let (name, agentSettings) = settings.part("agent")
    guard let type = agentRegistry[name] else {
      preconditionFailure("settings were checked against the registries before")
    }
    let (place, agent) = (world(settings), type.init(agentSettings))
    let form = place.start(copies: 1, stream: context.stream("form"), levels: .training).form
    if let reason = agent.refusal(form) {
      throw ProcedureError.wrongAgent(environment: settings.part("environment").name, reason: reason)
    }
    let task = AgentTask(environment: place, steps: settings.integer("steps")) {
      context.stream($0, index: $1)
    }
    return (place, agent.start(task))
  }

  package func run(_ context: TrialContext) throws -> Outcome {
    let evaluation = GreedyEvaluation(
      Self.world(settings), episodes: settings.integer("evaluation-episodes"),
      context.stream("evaluation-episodes"))
    let steps = settings.integer("steps")
    let schedule = try SettingSchedule(settings.text("schedule"), over: settings)
    let runs = schedule.stretches.map { stretch in
      (end: stretch.end, start: { try Self.start(stretch.settings, context).run })
    }
    let last = context.end(of: steps)
    var progress = try AgentProgress(runs, evaluation, context)
    try progress.resume()
    let points = settings.integer("evaluations")
    let marks = (1...points).map { $0 * steps / points }.filter { progress.start < $0 && $0 < last } + [last]
    guard try progress.run(evaluatingAt: marks) else {
      return Outcome(
        status: .diverged("a parameter not finite after \(progress.learning.steps) steps"), measures: [:],
        curves: progress.curves, cost: progress.cost)
    }
    let run = progress.learning
    let (floor, ceiling) = (settings.number("floor"), settings.number("ceiling"))
    let final = progress.returns.last!
    let solved = run.log.steps(to: settings.number("solved-at"))
    return Outcome(
      status: .finished,
      measures: [
        "return": final, "normalised-return": (final - floor) / (ceiling - floor),
        "steps-to-threshold": Double(solved ?? run.steps), "solved": solved == nil ? 0 : 1,
        "episodes": Double(run.log.returns.count),
      ], curves: progress.curves, cost: progress.cost, artefacts: try progress.kept())
  }
}
