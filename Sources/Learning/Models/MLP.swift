import Experiments
import Parts
import Tensors

/// A multilayer perceptron: hidden layers of one width and activation, then an affine map to the outputs.
package struct MLP: NetworkModel {
  package static let name = "mlp"
  package static let revision = 2
  package static let summary = "a multilayer perceptron: hidden layers of equal width, then an affine map"
  package static let hyperparameters = [
    Hyperparameter("width", .integer(1...4096), default: .integer(64), "units in each hidden layer"),
    Hyperparameter("depth", .integer(1...8), default: .integer(1), "number of hidden layers"),
    Activation.declaration("function after each hidden layer"),
    Hyperparameter(
      "dropout", .number(0...0.99), default: .number(0), "share of hidden units left out of a training step"),
  ]
  package static let predictions: TargetKind? = nil

  private let width: Int
  private let depth: Int
  private let activation: Activation
  private let dropout: Double

  package init(_ settings: Settings) {
    width = settings.integer("width")
    depth = settings.integer("depth")
    activation = Activation(settings)
    dropout = settings.number("dropout")
  }

  package func outputs(_ x: Tensor, count: Int, weights: Weights) -> Tensor {
    var h = x
    for layer in 1...depth {
      h = activation(dense(h, width, weights["hidden\(layer)"], beforeReLU: activation == .relu))
      h = weights.dropout(h, dropout)
    }
    return dense(h, count, weights["output"])
  }
}
