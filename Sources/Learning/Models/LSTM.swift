import Experiments
import Parts
import Tensors

/// A long short-term memory (Hochreiter & Schmidhuber 1997) over the features of a row, taken as a sequence of tokens,
/// and an affine map of its last state.
package struct LSTM: NetworkModel {
  package static let name = "lstm"
  package static let revision = 1
  package static let summary =
    "a long short-term memory over the features of a row, taken as a sequence of tokens"
  package static let hyperparameters = [
    tokenWidthDeclaration,
    Hyperparameter("width", .integer(1...1024), default: .integer(64), "numbers in the state"),
  ]
  package static let predictions: TargetKind? = nil

  private let tokenWidth: Int
  private let width: Int

  package init(_ settings: Settings) {
    tokenWidth = settings.integer("token-width")
    width = settings.integer("width")
  }

  package func outputs(_ x: Tensor, count: Int, weights: Weights) -> Tensor {
    let states = lstm(tokens(x, width: tokenWidth), width: width, weights["lstm"])
    let length = states.shape[1]
    let last = reshape(slice(states, axis: 1, length - 1..<length), [x.shape[0], width])
    return dense(last, count, weights["output"])
  }
}
