import Environments
import Experiments
import Learning
import Parts
import Tensors

/// REINFORCE (Williams 1992; Sutton & Barto 2018, section 13.3 and 13.4): one policy step on the whole returns of
/// stretches of experience.
///
/// With `baseline` a learned value is subtracted from the returns. Deviations: where the textbook waits for whole
/// episodes, several copies act for stretches of fixed length, and what an episode would still have given at the end
/// of its stretch, or where it was cut off, is the learned value; the weight γᵗ of a step is left out, as is usual;
/// what multiplies the logarithms is standardised in each stretch.
package struct Reinforce: Agent {
  package static let name = "reinforce"
  package static let revision = 1
  package static let summary = "REINFORCE: policy steps on the returns of whole episodes"
  package static let hyperparameters =
    [
      Hyperparameter("learning-rate", .number(1e-8...1), default: .number(1e-3), "Adam's"),
      Hyperparameter("copies", .integer(1...4096), default: .integer(4), "environments that step together"),
      Hyperparameter("horizon", .integer(1...65_536), default: .integer(500), "steps of each in a stretch"),
      Hyperparameter("discount", .number(0...1), default: .number(0.99), "weight of the next step's reward"),
      Hyperparameter("baseline", .flag, default: .flag(true), "whether a learned value is subtracted"),
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
    let hasBaseline = settings.flag("baseline")
    return ActorCriticRun(
      ActorCriticPlan(
        network: NetworkForm(settings), copies: settings.integer("copies"),
        horizon: settings.integer("horizon"), epochs: 1, batchSize: .max,
        learningRate: settings.number("learning-rate"), anneals: false,
        discount: settings.number("discount"), lambda: 1,
        gradientLimit: settings.number("gradient-limit"), standardisesAdvantages: true, normalises: false,
        optimization: { adam($0, epsilon: 1e-8) },
        loss: { batch in
          // Targets are the whole returns; advantages are those minus the values, standardised.
          let returns = batch.targets - mean(batch.targets)
          let spread = squareRoot(mean(square(returns)) + 1e-8)
          let weight = hasBaseline ? batch.advantages : returns / spread
          let policyLoss = -mean(weight * batch.logProbabilities) - entropyWeight * batch.outputs.entropy
          let valueLoss = mean(square(batch.outputs.values - batch.targets))
          return policyLoss + valueWeight * valueLoss
        }), task)
  }
}
