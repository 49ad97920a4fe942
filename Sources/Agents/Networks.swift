import Experiments
import Learning
import Tensors

/// Hidden layers of one width: the networks of agents.
package struct NetworkForm {
  let width: Int
  let depth: Int
  let activation: Activation

  package init(width: Int, depth: Int, activation: Activation) {
    self.width = width
    self.depth = depth
    self.activation = activation
  }

  init(_ settings: Settings) {
    width = settings.integer("width")
    depth = settings.integer("depth")
    activation = Activation(rawValue: settings.text("activation"))!
  }

  static func declaration(width: Int, depth: Int = 2, _ activation: Activation) -> [Hyperparameter] {
    [
      Hyperparameter("width", .integer(1...1024), default: .integer(width), "units in each hidden layer"),
      Hyperparameter("depth", .integer(1...4), default: .integer(depth), "hidden layers"),
      Hyperparameter(
        "activation", .choice(Activation.allCases.map(\.rawValue)), default: .text(activation.rawValue),
        "function after each hidden layer"),
    ]
  }

  /// The outputs of several networks of this form for the same rows, side by side in one product each layer.
  ///
  /// Each network has its own weights, which start orthogonal, times √2 in hidden layers; biases start at 0.
  ///
  /// - Parameters:
  ///   - x: rows × numbers, for all networks; or networks × rows × numbers.
  ///   - gains: of the output layer, one a network.
  /// - Returns: networks × rows × count.
  func outputs(_ x: Tensor, _ count: Int, gains: [Double], _ weights: Weights) -> Tensor {
    var h = x
    for layer in 1...depth {
      let wide = affine(h, width, gains.map { _ in 2.0.squareRoot() }, weights["hidden\(layer)"])
      h = activation(wide)
    }
    return affine(h, count, gains, weights["output"])
  }

  private func affine(_ x: Tensor, _ count: Int, _ gains: [Double], _ weights: Weights) -> Tensor {
    let inputs = x.shape.last!
    let w = weights.parameter(
      "weight", [gains.count, inputs, count],
      .orthogonal(inputs: inputs, outputs: count, gains: gains))
    let b = weights.parameter("bias", [gains.count, 1, count], .zeros, group: ParameterGroup(decays: false))
    return matmul(x, w, plus: b)
  }
}

/// The optimizer of agents: Adam with the ε that is usual in reinforcement learning, or another one.
func adam(_ layout: ParameterLayout, epsilon: Double) -> any Optimization {
  var settings = Settings()
  settings["beta1"] = .number(0.9)
  settings["beta2"] = .number(0.999)
  settings["epsilon"] = .number(epsilon)
  return Adam(settings).start(layout)
}
