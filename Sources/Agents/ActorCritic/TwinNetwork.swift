import Environments
import Experiments
import Learning
import Randomness
import Tensors

/// A policy and a value function: two networks of one form without common weights.
///
/// Choices have a logit each; continuous actions a mean each and one logarithm of the standard deviation that does not
/// depend on what is observed and starts at 0.
package struct TwinNetwork {
  let form: NetworkForm
  let inputs: Int
  let actions: ActionSpace

  package init(form: NetworkForm, inputs: Int, actions: ActionSpace) {
    self.form = form
    self.inputs = inputs
    self.actions = actions
  }

  /// What a graph of it computes for a batch of rows.
  package struct Outputs {
    /// rows × actions: logits or means.
    package let policy: Tensor
    /// actions; nil for choices.
    let logDeviation: Tensor?
    /// rows.
    package let values: Tensor
  }

  var outputCount: Int {
    switch actions {
    case .choices(let count): count
    case .numbers(let count, _): count
    }
  }

  /// - Parameter x: rows × inputs.
  package func outputs(_ x: Tensor, _ weights: Weights) -> Outputs {
    let (rows, count) = (x.shape[0], outputCount)
    // The value's network has as many outputs as the policy's, of which the first is read.
    let both = form.outputs(x, count, gains: [0.01, 1], weights)
    let policy = reshape(slice(both, axis: 0, 0..<1), [rows, count])
    let values = reshape(slice(slice(both, axis: 0, 1..<2), axis: 2, 0..<1), [rows])
    guard case .numbers = actions else { return Outputs(policy: policy, logDeviation: nil, values: values) }
    let logDeviation = weights.parameter(
      "log-deviation", [count], .zeros, group: ParameterGroup(decays: false))
    return Outputs(policy: policy, logDeviation: logDeviation, values: values)
  }
}

/// The policy as a distribution over a batch of rows.
extension TwinNetwork.Outputs {
  /// −½·ln 2π − ln σ is a normal's logarithmic density at its mean.
  private static let halfLogTwoPi = 0.9189385332046727

  /// The logarithm of the probability, or density, of the actions taken: rows.
  package func logProbability(choices: IndexTensor) -> Tensor { pick(logSoftmax(policy), choices) }

  package func logProbability(numbers: Tensor) -> Tensor {
    let spread = logDeviation!
    let scaled = (numbers - policy) * exponential(-spread)
    return sum(-0.5 * square(scaled) - spread - Self.halfLogTwoPi, axes: [-1])
  }

  /// The mean entropy of a row.
  var entropy: Tensor {
    if let logDeviation { return sum(logDeviation + (0.5 + Self.halfLogTwoPi)) }
    let logs = logSoftmax(policy)
    return -mean(sum(exponential(logs) * logs, axes: [-1]))
  }
}

/// A network compiled for acting in so many copies: what to do, and what it is worth.
final class Actor {
  /// copies × inputs, to be filled.
  let observations: UnsafeMutableBufferPointer<Float>
  /// copies × actions.
  let policy: UnsafeMutableBufferPointer<Float>
  /// copies.
  let values: UnsafeMutableBufferPointer<Float>
  let declarations: Declarations
  private let plan: Plan<Float>

  init(_ network: TwinNetwork, copies: Int) {
    let graph = Graph()
    declarations = Declarations(graph, isTraining: false, source: PlainWeights())
    let x = graph.input("observations", [copies, network.inputs])
    let outputs = network.outputs(x, Weights(declarations))
    plan = Plan<Float>(graph, outputs: [outputs.policy, outputs.values])
    observations = plan.buffer(x)
    policy = plan.buffer(outputs.policy)
    values = plan.buffer(outputs.values)
  }

  func run(_ parameters: FloatBuffer) { plan.run(parameters: parameters.base) }
}
