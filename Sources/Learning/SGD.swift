import Experiments
import Parts
import Tensors

/// Stochastic gradient descent with momentum (Polyak 1964, in the form of Sutskever et al., ICML 2013,
/// without Nesterov's correction and with the learning rate outside the average): v ← m·v + g, w ← w − η·v,
/// from v = 0.
package struct SGD: Optimizer {
  package static let name = "sgd"
  package static let revision = 1
  package static let summary = "stochastic gradient descent with momentum"
  package static let hyperparameters = [
    Hyperparameter(
      "momentum", .number(0...0.999999), default: .number(0.9),
      "share of the previous step kept; 0 is plain descent")
  ]

  private let momentum: Float

  package init(_ settings: Settings) {
    momentum = Float(settings.number("momentum"))
  }

  package func start(count: Int) -> any Optimization {
    MomentumDescent(momentum: momentum, count: count)
  }
}

private final class MomentumDescent: Optimization {
  private let momentum: Float
  private let velocity: FloatBuffer

  init(momentum: Float, count: Int) {
    self.momentum = momentum
    velocity = FloatBuffer(zeros: count)
  }

  func step(
    _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, learningRate: Double
  ) {
    momentumStep(
      parameters, gradient: gradient, velocity: velocity.base, count: velocity.count, momentum: momentum,
      rate: Float(learningRate))
  }
}
