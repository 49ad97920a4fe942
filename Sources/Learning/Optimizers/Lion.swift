import Experiments
import Parts
import Tensors

/// Lion (Chen et al., NeurIPS 2023, algorithm 2): steps of equal size in every coordinate, along the sign of an
/// interpolated momentum; w ← w − η·sign(β₁·m + (1−β₁)·g), then m ← β₂·m + (1−β₂)·g, from m = 0. The sign of 0
/// is 0, and that of NaN is NaN.
package struct Lion: Optimizer {
  package static let name = "lion"
  package static let revision = 1
  package static let summary =
    "Lion: equal steps along the sign of an interpolated momentum; weight decay decoupled"
  package static let hyperparameters = [
    Hyperparameter(
      "beta1", .number(0...0.999999), default: .number(0.9), "share of the momentum in the step's direction"),
    Hyperparameter("beta2", .number(0...0.999999), default: .number(0.99), "decay of the momentum, a step"),
  ]

  package let decay = WeightDecay.decoupled
  private let beta1: Double
  private let beta2: Double

  package init(_ settings: Settings) {
    beta1 = settings.number("beta1")
    beta2 = settings.number("beta2")
  }

  package func start(_ layout: ParameterLayout) -> any Optimization {
    SignDescent(layout: layout, beta1: beta1, beta2: beta2)
  }
}

private final class SignDescent: Optimization {
  private let layout: ParameterLayout
  private let beta1: Double
  private let beta2: Double
  private let momentum: FloatBuffer

  init(layout: ParameterLayout, beta1: Double, beta2: Double) {
    self.layout = layout
    self.beta1 = beta1
    self.beta2 = beta2
    momentum = FloatBuffer(zeros: layout.count)
  }

  func step(
    _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, learningRate: Double
  ) {
    let (keep1, take1) = (Float(beta1), Float(1 - beta1))
    let (keep2, take2) = (Float(beta2), Float(1 - beta2))
    for stretch in layout.stretches {
      let rate = Float(learningRate * stretch.group.rate)
      let w = parameters + stretch.offset
      let gradient = gradient + stretch.offset
      let momentum = momentum.base + stretch.offset
      for i in 0..<stretch.count {
        let g = gradient[i]
        let m = momentum[i]
        let direction = keep1 * m + take1 * g
        let positive: Float = direction > 0 ? 1 : direction
        w[i] -= rate * (direction < 0 ? -1 : positive)
        momentum[i] = keep2 * m + take2 * g
      }
    }
  }

  func exchange(_ archive: StateArchive) throws { try archive.exchange("momentum", momentum) }
}
