import Environments
import Experiments
import Learning
import Parts
import Tensors

/// Advantage actor-critic (Mnih et al., ICML 2016, in its synchronous form): one step of RMSprop on each short stretch.
///
/// Truncated episodes are bootstrapped.
package struct A2C: Agent {
  package static let name = "a2c"
  package static let revision = 1
  package static let summary = "A2C: one policy step on each short stretch of experience"
  package static let hyperparameters =
    [
      Hyperparameter("learning-rate", .number(1e-8...1), default: .number(7e-4), "RMSprop's, at the start"),
      Hyperparameter("anneal", .flag, default: .flag(false), "whether the rate falls linearly to 0"),
      Hyperparameter("copies", .integer(1...4096), default: .integer(8), "environments that step together"),
      Hyperparameter("horizon", .integer(1...65_536), default: .integer(5), "steps of each in a stretch"),
      Hyperparameter("discount", .number(0...1), default: .number(0.99), "weight of the next step's value"),
      Hyperparameter("lambda", .number(0...1), default: .number(1), "decay of advantage estimation"),
      Hyperparameter("entropy", .number(0...10), default: .number(0), "weight of the entropy bonus"),
      Hyperparameter("value-weight", .number(0...10), default: .number(0.5), "weight of the value loss"),
      Hyperparameter(
        "gradient-limit", .number(1e-6...1e6), default: .number(0.5), "largest norm of a gradient"),
    ] + NetworkForm.declaration(width: 64, .tanh)

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func refusal(_ form: EnvironmentForm) -> String? { nil }

  package func start(_ task: AgentTask) -> any AgentRun {
    let entropyWeight = settings.number("entropy")
    let valueWeight = settings.number("value-weight")
    return ActorCriticRun(
      ActorCriticPlan(
        network: NetworkForm(settings), copies: settings.integer("copies"),
        horizon: settings.integer("horizon"), epochs: 1, batchSize: .max,
        learningRate: settings.number("learning-rate"), anneals: settings.flag("anneal"),
        discount: settings.number("discount"), lambda: settings.number("lambda"),
        gradientLimit: settings.number("gradient-limit"), standardisesAdvantages: false, normalises: false,
        optimization: { layout in
          var rule = Settings()
          for setting in RMSprop.hyperparameters { rule[setting.name] = setting.defaultValue }
          rule["epsilon"] = .number(1e-5)
          return RMSprop(rule).start(layout)
        },
        loss: { batch in
          -mean(batch.advantages * batch.logProbabilities)
            + valueWeight * mean(square(batch.outputs.values - batch.targets))
            - entropyWeight * batch.outputs.entropy
        }), task)
  }
}
