import Experiments
import Parts
import Tensors

/// Adam (Kingma & Ba, ICLR 2015, algorithm 1): running means of gradient and squared gradient, corrected for
/// their start at zero; w ← w − η·m̂ / (√v̂ + ε).
package struct Adam: Optimizer {
  package static let name = "adam"
  package static let revision = 1
  package static let summary = "Adam: steps scaled by running means of the gradient and of its square"
  package static let hyperparameters = [
    Hyperparameter(
      "beta1", .number(0...largestDecay), default: .number(0.9),
      "decay of the gradient's running mean, a step"),
    Hyperparameter(
      "beta2", .number(0...largestDecay), default: .number(0.999),
      "decay of the squared gradient's running mean, a step"),
    Hyperparameter("epsilon", .number(1e-12...1), default: .number(1e-8), "added to the denominator"),
  ]

  /// The running means need decays below 1.
  private static let largestDecay = 0.999999

  private let beta1: Double
  private let beta2: Double
  private let epsilon: Double

  package init(_ settings: Settings) {
    beta1 = settings.number("beta1")
    beta2 = settings.number("beta2")
    epsilon = settings.number("epsilon")
  }

  package func start(count: Int) -> any Optimization {
    AdamDescent(beta1: beta1, beta2: beta2, epsilon: epsilon, count: count)
  }
}

private final class AdamDescent: Optimization {
  private let beta1: Double
  private let beta2: Double
  private let epsilon: Double
  private let mean: FloatBuffer
  private let square: FloatBuffer
  /// beta1ᵗ and beta2ᵗ after t steps.
  private var decay1 = 1.0
  private var decay2 = 1.0

  init(beta1: Double, beta2: Double, epsilon: Double, count: Int) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    mean = FloatBuffer(zeros: count)
    square = FloatBuffer(zeros: count)
  }

  func step(
    _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, learningRate: Double
  ) {
    decay1 *= beta1
    decay2 *= beta2
    // Both corrections go into factors: η·m̂/(√v̂ + ε) = (η/(1−β₁ᵗ))·m / (√v·(1/√(1−β₂ᵗ)) + ε).
    adamStep(
      parameters, gradient: gradient, mean: mean.base, square: square.base, count: mean.count,
      AdamFactors(
        beta1: beta1, beta2: beta2, decay1: decay1, decay2: decay2, epsilon: epsilon,
        learningRate: learningRate))
  }
}
