import Environments
import Experiments
import Learning
import Parts
import Tensors

/// Proximal policy optimization (Schulman et al. 2017, arXiv 1707.06347, eq. 7 to 9).
///
/// Of the details that the published code has beside the paper (Huang et al., ICLR blog track 2022) it has: several
/// copies stepping together; orthogonal weights with gains √2, 0.01 for the policy's and 1 for the value's last layer, and zero biases;
/// Adam's ε of 1e-5; a learning rate that falls linearly to 0; generalised advantage estimation; shuffled batches
/// that cover a stretch once each epoch; advantages standardised in each batch; the clipped policy loss; the clipped
/// value loss; a bonus for entropy; clipping of the gradient's global norm; separate networks for policy and value.
/// For continuous actions: a normal distribution with a state-independent logarithm of the deviation, independent
/// components, actions clipped to the bounds after they are drawn, and (`normalise`) normalised and clipped
/// observations and rewards. Deviation: a truncated episode is bootstrapped by the value of its last observation,
/// where much of that code takes it for terminated.
package struct PPO: Agent {
  package static let name = "ppo"
  package static let revision = 1
  package static let summary = "PPO: clipped policy steps on stretches of experience, several epochs each"
  package static let hyperparameters =
    [
      Hyperparameter("learning-rate", .number(1e-8...1), default: .number(2.5e-4), "Adam's, at the start"),
      Hyperparameter("anneal", .flag, default: .flag(true), "whether the rate falls linearly to 0"),
      Hyperparameter("copies", .integer(1...4096), default: .integer(4), "environments that step together"),
      Hyperparameter("horizon", .integer(1...65_536), default: .integer(128), "steps of each in a stretch"),
      Hyperparameter("epochs", .integer(1...100), default: .integer(4), "passes over each stretch"),
      Hyperparameter(
        "batch-size", .integer(2...65_536), default: .integer(128),
        "rows in each step, at most a stretch; rows that do not fill a batch are left out of their epoch"),
      Hyperparameter("discount", .number(0...1), default: .number(0.99), "weight of the next step's value"),
      Hyperparameter("lambda", .number(0...1), default: .number(0.95), "decay of advantage estimation"),
      Hyperparameter("clip", .number(0...1), default: .number(0.2), "how far probability ratios may move"),
      Hyperparameter("clip-values", .flag, default: .flag(true), "whether values are clipped likewise"),
      Hyperparameter("entropy", .number(0...10), default: .number(0.01), "weight of the entropy bonus"),
      Hyperparameter("value-weight", .number(0...10), default: .number(0.5), "weight of the value loss"),
      Hyperparameter(
        "gradient-limit", .number(1e-6...1e6), default: .number(0.5), "largest norm of a gradient"),
      Hyperparameter(
        "normalise", .flag, default: .flag(false),
        "whether observations and rewards are normalised by what was seen, as usual in continuous control"),
    ] + NetworkForm.declaration(width: 64, .tanh)

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func refusal(_ form: EnvironmentForm) -> String? { nil }

  package func start(_ task: AgentTask) -> any AgentRun {
    let clip = settings.number("clip")
    let clipsValues = settings.flag("clip-values")
    let entropyWeight = settings.number("entropy")
    let valueWeight = settings.number("value-weight")
    return ActorCriticRun(
      ActorCriticPlan(
        network: NetworkForm(settings), copies: settings.integer("copies"),
        horizon: settings.integer("horizon"), epochs: settings.integer("epochs"),
        batchSize: settings.integer("batch-size"), learningRate: settings.number("learning-rate"),
        anneals: settings.flag("anneal"), discount: settings.number("discount"),
        lambda: settings.number("lambda"), gradientLimit: settings.number("gradient-limit"),
        standardisesAdvantages: true, normalises: settings.flag("normalise"),
        optimization: { adam($0, epsilon: 1e-5) },
        loss: {
          proximalLoss(
            $0, clip: clip, clipsValues: clipsValues, entropyWeight: entropyWeight, valueWeight: valueWeight)
        }), task)
  }
}

/// PPO's loss on a batch: the clipped policy loss (eq. 7), plus the weighted value loss, minus the weighted entropy (eq. 9).
package func proximalLoss(
  _ batch: ActorCriticPlan.Batch, clip: Double, clipsValues: Bool, entropyWeight: Double, valueWeight: Double
) -> Tensor {
  let ratio = exponential(batch.logProbabilities - batch.oldLogProbabilities)
  let plain = -batch.advantages * ratio
  let clipped = -batch.advantages * Tensors.clip(ratio, 1 - clip, 1 + clip)
  let values = batch.outputs.values
  var valueError = square(values - batch.targets)
  if clipsValues {
    let near = batch.oldValues + Tensors.clip(values - batch.oldValues, -clip, clip)
    valueError = maximum(valueError, square(near - batch.targets))
  }
  return mean(maximum(plain, clipped)) + (0.5 * valueWeight) * mean(valueError) - entropyWeight
    * batch.outputs.entropy
}
