import Experiments
import Parts
import Tensors

/// A multilayer perceptron: hidden layers of one width and activation, then an affine map to the outputs.
package struct MLP: Model {
  package static let name = "mlp"
  package static let revision = 1
  package static let summary = "a multilayer perceptron: hidden layers of equal width, then an affine map"
  package static let hyperparameters = [
    Hyperparameter("width", .integer(1...4096), default: .integer(64), "units in each hidden layer"),
    Hyperparameter("depth", .integer(1...8), default: .integer(1), "number of hidden layers"),
    Hyperparameter(
      "activation", .choice(["relu", "tanh"]), default: .text("relu"), "function after each hidden layer"),
  ]
  package static let predictions: TargetKind? = nil

  private let width: Int
  private let depth: Int
  private let activation: Activation

  package init(_ settings: Settings) {
    width = settings.integer("width")
    depth = settings.integer("depth")
    activation = settings.text("activation") == "tanh" ? .tanh : .relu
  }

  package func layers(inputs: Int, outputs: Int) -> [DenseLayer] {
    let hidden = (0..<depth).map { layer in
      DenseLayer(inputs: layer == 0 ? inputs : width, outputs: width, activation: activation)
    }
    return hidden + [DenseLayer(inputs: width, outputs: outputs, activation: .identity)]
  }
}
