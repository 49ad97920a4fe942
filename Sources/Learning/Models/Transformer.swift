import Experiments
import Parts
import Tensors

/// A transformer encoder over the features of a row, taken as a sequence of tokens (as Dosovitskiy et al., ICLR 2021,
/// take patches): an affine map of each token, the stack, and an affine map of the mean over tokens.
package struct Transformer: NetworkModel {
  package static let name = "transformer"
  package static let revision = 1
  package static let summary =
    "a transformer encoder over the features of a row, taken as a sequence of tokens"
  package static let hyperparameters = [
    tokenWidthDeclaration,
    Hyperparameter("width", .integer(1...1024), default: .integer(64), "numbers for each token inside"),
    Hyperparameter("depth", .integer(1...12), default: .integer(2), "number of blocks"),
    Hyperparameter(
      "heads", .integer(1...64), default: .integer(4), "heads of attention; a divisor of the width"),
    Hyperparameter(
      "positions", .choice(TransformerStack.Positions.allCases.map(\.rawValue)), default: .text("learned"),
      "how a token's place is told"),
    Hyperparameter(
      "norm", .choice(Normalisation.allCases.map(\.rawValue)), default: .text("layer"),
      "normalisation before each part of a block"),
    Activation.declaration("function inside each block", default: .gelu),
    Hyperparameter(
      "dropout", .number(0...0.99), default: .number(0),
      "share of each part's outputs left out in a training step"),
  ]
  package static let predictions: TargetKind? = nil

  private let tokenWidth: Int
  private let width: Int
  private let heads: Int
  private let settings: Settings

  package init(_ settings: Settings) {
    self.settings = settings
    tokenWidth = settings.integer("token-width")
    width = settings.integer("width")
    heads = settings.integer("heads")
  }

  package func refusal(columns: Int) -> String? {
    if width % heads != 0 { return "a width of \(width) does not split into \(heads) heads" }
    if settings.text("positions") == "rotary", width / heads % 2 != 0 {
      return "rotary positions need an even width of a head, not \(width / heads)"
    }
    return nil
  }

  package func outputs(_ x: Tensor, count: Int, weights: Weights) -> Tensor {
    let stack = TransformerStack(
      width: width, depth: settings.integer("depth"), heads: heads,
      positions: TransformerStack.Positions(rawValue: settings.text("positions"))!,
      normalisation: Normalisation(rawValue: settings.text("norm"))!, activation: Activation(settings),
      dropout: settings.number("dropout"))
    let embedded = dense(tokens(x, width: tokenWidth), width, weights["embedding"])
    return dense(mean(stack(embedded, weights), axes: [1]), count, weights["output"])
  }
}

let tokenWidthDeclaration = Hyperparameter(
  "token-width", .integer(1...4096), default: .integer(8),
  "neighbouring features that make one token; the last is filled up with zeros")
