import Environments
import Experiments
import Learning
import Parts
import Tensors

/// Soft actor-critic (Haarnoja et al. 2018, arXiv 1812.05905, algorithm 1): a stochastic policy that is paid for
/// entropy, two critics of which the more pessimistic counts, and a temperature that keeps the entropy at −1 for each
/// action number.
///
/// The policy is a normal distribution squashed by tanh; the logarithm of its deviation lies in −5 … 2. Policy and
/// critics are learned once for each step. Deviation: truncated episodes are bootstrapped.
package struct SAC: Agent {
  package static let name = "sac"
  package static let revision = 1
  package static let summary = "SAC: a policy paid for entropy, with twin critics and automatic temperature"
  package static let hyperparameters =
    [
      Hyperparameter("learning-rate", .number(1e-8...1), default: .number(3e-4), "the policy's, by Adam"),
      Hyperparameter(
        "critic-rate", .number(1e-8...1), default: .number(1e-3), "the critics' and temperature's"),
      Hyperparameter("discount", .number(0...1), default: .number(0.99), "weight of the next step's value"),
      Hyperparameter("buffer", .integer(1...1_000_000), default: .integer(100_000), "transitions kept"),
      Hyperparameter("batch-size", .integer(1...65_536), default: .integer(128), "transitions in a step"),
      Hyperparameter(
        "learning-starts", .integer(0...1_000_000), default: .integer(1000),
        "steps of random actions before the first update"),
      Hyperparameter(
        "train-every", .integer(1...100_000), default: .integer(1), "environment steps between updates"),
      Hyperparameter("tau", .number(0...1), default: .number(0.005), "how far targets follow the critics"),
      Hyperparameter(
        "temperature", .number(0...100), default: .number(0),
        "the fixed price of entropy; 0 lets it be learned"),
    ] + NetworkForm.declaration(width: 64, .relu)

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func refusal(_ form: EnvironmentForm) -> String? {
    form.actions.numbers > 0 ? nil : "sac acts by numbers, and these are choices"
  }

  package func start(_ task: AgentTask) -> any AgentRun { SACRun(settings, task) }
}

/// The policy's and the critics' networks.
struct SoftNetworks {
  let form: NetworkForm
  let inputs: Int
  let numbers: Int
  let bound: Double

  /// A squashed action for each row, its logarithmic density, and the action without noise.
  ///
  /// - Parameters:
  ///   - x: rows × inputs.
  ///   - noise: rows × numbers, standard normal.
  func policy(_ x: Tensor, noise: Tensor, _ weights: Weights) -> (
    action: Tensor, density: Tensor, mean: Tensor
  ) {
    let rows = x.shape[0]
    let both = reshape(form.outputs(x, 2 * numbers, gains: [1], weights), [rows, 2 * numbers])
    let mean = slice(both, axis: 1, 0..<numbers)
    // −5 … 2, by tanh.
    let spread = 3.5 * tanh(slice(both, axis: 1, numbers..<2 * numbers)) - 1.5
    let raw = mean + exponential(spread) * noise
    let squashed = tanh(raw)
    // ln(1 − tanh²x) = 2·(ln 2 − x − softplus(−2x)), which does not cancel.
    let slope = 2 * (0.6931471805599453 - raw - softplus(-2 * raw))
    let density = -0.5 * square(noise) - spread - 0.9189385332046727 - slope
    return (bound * squashed, sum(density, axes: [-1]), bound * tanh(mean))
  }

  /// What both critics make of observations and actions: 2 × rows.
  func critics(_ x: Tensor, _ actions: Tensor, _ weights: Weights) -> Tensor {
    let rows = x.shape[0]
    return reshape(
      form.outputs(concatenate([x, actions / bound], axis: 1), 1, gains: [1, 1], weights), [2, rows])
  }
}
