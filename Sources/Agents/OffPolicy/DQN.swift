import Environments
import Experiments
import Learning
import Parts
import Randomness
import Tensors

/// Deep Q-learning (Mnih et al., Nature 2015), with the options of double estimates (van Hasselt et al., AAAI 2016),
/// duelling outputs (Wang et al., ICML 2016, eq. 9), prioritised replay in proportion (Schaul et al., ICLR 2016) and
/// n-step returns.
///
/// Deviations: fully connected networks; the squared error is not clipped, as in the widely used classic-control
/// settings, which are the defaults; truncated episodes are bootstrapped. The priority of a new transition is the
/// largest so far.
package struct DQN: Agent {
  package static let name = "dqn"
  package static let revision = 1
  package static let summary = "DQN: action values from replayed transitions and a target network"
  package static let hyperparameters =
    [
      Hyperparameter("learning-rate", .number(1e-8...1), default: .number(2.5e-4), "Adam's"),
      Hyperparameter("discount", .number(0...1), default: .number(0.99), "weight of the next step's value"),
      Hyperparameter("buffer", .integer(1...1_000_000), default: .integer(10_000), "transitions kept"),
      Hyperparameter("batch-size", .integer(1...65_536), default: .integer(128), "transitions in a step"),
      Hyperparameter(
        "learning-starts", .integer(0...1_000_000), default: .integer(10_000), "steps before the first update"
      ),
      Hyperparameter(
        "train-every", .integer(1...100_000), default: .integer(10), "environment steps between updates"),
      Hyperparameter("gradient-steps", .integer(1...10_000), default: .integer(1), "steps of an update"),
      Hyperparameter(
        "target-every", .integer(1...1_000_000), default: .integer(500),
        "environment steps between copies of the network to the target"),
      Hyperparameter("exploration", .number(0...1), default: .number(1), "random actions at the start"),
      Hyperparameter("final-exploration", .number(0...1), default: .number(0.05), "random actions later"),
      Hyperparameter(
        "exploration-share", .number(0...1), default: .number(0.5), "share of the run until then"),
      Hyperparameter("double", .flag, default: .flag(false), "the network picks what the target values"),
      Hyperparameter("duelling", .flag, default: .flag(false), "separate outputs for value and advantages"),
      Hyperparameter("prioritised", .flag, default: .flag(false), "replay by the size of the last error"),
      Hyperparameter(
        "priority-exponent", .number(0...2), default: .number(0.6), "how much the error decides"),
      Hyperparameter(
        "priority-correction", .number(0...1), default: .number(0.4),
        "share of the bias corrected at the start; grows to 1 over the run"),
      Hyperparameter(
        "return-steps", .integer(1...100), default: .integer(1), "rewards summed in a transition"),
      Hyperparameter(
        "gradient-limit", .number(1e-6...1e6), default: .number(1e6), "largest norm of a gradient"),
    ] + NetworkForm.declaration(width: 120, .relu)

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func refusal(_ form: EnvironmentForm) -> String? {
    form.actions.numbers == 0 ? nil : "dqn chooses among actions, and these are numbers"
  }

  package func start(_ task: AgentTask) -> any AgentRun { DQNRun(settings, task) }
}

/// Action values of rows of observations.
struct ActionValueNetwork {
  let form: NetworkForm
  let isDuelling: Bool
  let actions: Int

  /// - Returns: rows × actions.
  func outputs(_ x: Tensor, _ weights: Weights) -> Tensor {
    let count = isDuelling ? actions + 1 : actions
    let all = reshape(form.outputs(x, count, gains: [1], weights), [x.shape[0], count])
    guard isDuelling else { return all }
    let advantages = slice(all, axis: 1, 1..<count)
    return slice(all, axis: 1, 0..<1) + advantages - mean(advantages, axes: [-1], keepingAxes: true)
  }
}
