import Experiments
import Parts
import Tensors

/// Adam (Kingma & Ba, ICLR 2015, algorithm 1): running means of gradient and squared gradient, corrected for
/// their start at zero; w ← w − η·m̂ / (√v̂ + ε).
package struct Adam: Optimizer {
  package static let name = "adam"
  package static let revision = 2
  package static let summary =
    "Adam: steps scaled by running means of the gradient and of its square; weight decay as a squared norm"
  package static let hyperparameters = adamDeclarations

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func start(_ layout: ParameterLayout) -> any Optimization {
    AdamDescent(layout: layout, settings)
  }
}

/// The settings of every rule of Adam's kind. The running means need decays below 1.
let adamDeclarations = [
  Hyperparameter(
    "beta1", .number(0...0.999999), default: .number(0.9), "decay of the gradient's running mean, a step"),
  Hyperparameter(
    "beta2", .number(0...0.999999), default: .number(0.999),
    "decay of the squared gradient's running mean, a step"),
  Hyperparameter("epsilon", .number(1e-12...1), default: .number(1e-8), "added to the denominator"),
]

/// An optimisation by Adam's rule.
final class AdamDescent: Optimization {
  private let layout: ParameterLayout
  private let beta1: Double
  private let beta2: Double
  private let epsilon: Double
  private let mean: FloatBuffer
  private let square: FloatBuffer
  /// beta1ᵗ and beta2ᵗ after t steps.
  private var decay1 = 1.0
  private var decay2 = 1.0

  /// - Parameter settings: complete with respect to `adamDeclarations`.
  init(layout: ParameterLayout, _ settings: Settings) {
    self.layout = layout
    beta1 = settings.number("beta1")
    beta2 = settings.number("beta2")
    epsilon = settings.number("epsilon")
    mean = FloatBuffer(zeros: layout.count)
    square = FloatBuffer(zeros: layout.count)
  }

  func step(
    _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, learningRate: Double
  ) {
    decay1 *= beta1
    decay2 *= beta2
    let (keep1, take1) = (Float(beta1), Float(1 - beta1))
    let (keep2, take2) = (Float(beta2), Float(1 - beta2))
    // Both corrections go into factors: η·m̂/(√v̂ + ε) = (η/(1−β₁ᵗ))·m / (√v·(1/√(1−β₂ᵗ)) + ε).
    let correction = Float(1 / (1 - decay2).squareRoot())
    let epsilon = Float(epsilon)
    for stretch in layout.stretches {
      let rate = Float(learningRate * stretch.group.rate / (1 - decay1))
      let w = parameters + stretch.offset
      let gradient = gradient + stretch.offset
      let mean = mean.base + stretch.offset
      let square = square.base + stretch.offset
      for i in 0..<stretch.count {
        let g = gradient[i]
        let m = keep1 * mean[i] + take1 * g
        let v = keep2 * square[i] + take2 * (g * g)
        mean[i] = m
        square[i] = v
        let root = v * reciprocalSquareRoot(v)
        w[i] -= rate * m / (root * correction + epsilon)
      }
    }
  }

  func exchange(_ archive: StateArchive) throws {
    try archive.exchange("mean", mean)
    try archive.exchange("square", square)
    try archive.exchange("decay1", &decay1)
    try archive.exchange("decay2", &decay2)
  }
}
