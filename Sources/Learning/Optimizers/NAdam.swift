import Experiments
import Parts
import Tensors

/// NAdam (Dozat, "Incorporating Nesterov momentum into Adam", ICLR workshop 2016, algorithm 2 of the report):
/// Adam with momentum looked one step ahead under a rising schedule μₜ = β₁·(1 − ½·0.96^(t·ψ)):
/// w ← w − η·(μₜ₊₁·m/(1 − ∏ᵢ≤ₜ₊₁ μᵢ) + (1 − μₜ)·g/(1 − ∏ᵢ≤ₜ μᵢ)) / (√v̂ + ε).
///
/// Deviation, that of common implementations: the running mean m itself decays by β₁.
package struct NAdam: Optimizer {
  package static let name = "nadam"
  package static let revision = 1
  package static let summary = "NAdam: Adam with Nesterov's momentum under a rising momentum schedule"
  package static let hyperparameters =
    adamDeclarations + [
      Hyperparameter(
        "momentum-decay", .number(0...1), default: .number(0.004),
        "ψ, how fast the momentum rises from beta1 / 2 to beta1")
    ]

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func start(_ layout: ParameterLayout) -> any Optimization {
    NAdamDescent(layout: layout, settings)
  }
}

private final class NAdamDescent: Optimization {
  private let layout: ParameterLayout
  private let beta1: Double
  private let beta2: Double
  private let epsilon: Double
  private let momentumDecay: Double
  private let mean: FloatBuffer
  private let square: FloatBuffer
  private var steps = 0
  /// ∏ μᵢ and beta2ᵗ after t steps.
  private var momentumProduct = 1.0
  private var decay2 = 1.0

  init(layout: ParameterLayout, _ settings: Settings) {
    self.layout = layout
    beta1 = settings.number("beta1")
    beta2 = settings.number("beta2")
    epsilon = settings.number("epsilon")
    momentumDecay = settings.number("momentum-decay")
    mean = FloatBuffer(zeros: layout.count)
    square = FloatBuffer(zeros: layout.count)
  }

  private func momentum(at step: Int) -> Double {
    beta1 * (1 - 0.5 * power(0.96, Double(step) * momentumDecay))
  }

  func step(
    _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, learningRate: Double
  ) {
    steps += 1
    decay2 *= beta2
    let now = momentum(at: steps)
    let next = momentum(at: steps + 1)
    momentumProduct *= now
    let meanShare = next / (1 - momentumProduct * next)
    let gradientShare = (1 - now) / (1 - momentumProduct)
    let (keep1, take1) = (Float(beta1), Float(1 - beta1))
    let (keep2, take2) = (Float(beta2), Float(1 - beta2))
    let correction = Float(1 / (1 - decay2).squareRoot())
    let epsilon = Float(epsilon)
    for stretch in layout.stretches {
      let rate = learningRate * stretch.group.rate
      let (meanRate, gradientRate) = (Float(rate * meanShare), Float(rate * gradientShare))
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
        w[i] -= (meanRate * m + gradientRate * g) / (root * correction + epsilon)
      }
    }
  }

  func exchange(_ archive: StateArchive) throws {
    try archive.exchange("mean", mean)
    try archive.exchange("square", square)
    try archive.exchange("steps", &steps)
    try archive.exchange("momentum-product", &momentumProduct)
    try archive.exchange("decay2", &decay2)
  }
}
