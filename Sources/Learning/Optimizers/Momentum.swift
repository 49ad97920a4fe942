import Experiments
import Parts
import Tensors

/// Gradient descent with momentum, the heavy ball (Polyak 1964), in the form with the learning rate outside the
/// average: v ← m·v + g, w ← w − η·v, from v = 0.
package struct Momentum: Optimizer {
  package static let name = "momentum"
  package static let revision = 1
  package static let summary = "gradient descent with momentum, also called the heavy ball"
  package static let hyperparameters = [momentumDeclaration]

  private let momentum: Double

  package init(_ settings: Settings) { momentum = settings.number("momentum") }

  package func start(_ layout: ParameterLayout) -> any Optimization {
    HeavyBall(layout: layout, momentum: momentum)
  }
}

/// The one setting of the two rules with momentum.
let momentumDeclaration = Hyperparameter(
  "momentum", .number(0...0.999999), default: .number(0.9), "share of the previous step kept")

private final class HeavyBall: Optimization {
  private let layout: ParameterLayout
  private let momentum: Float
  private let velocity: FloatBuffer

  init(layout: ParameterLayout, momentum: Double) {
    self.layout = layout
    self.momentum = Float(momentum)
    velocity = FloatBuffer(zeros: layout.count)
  }

  func step(
    _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, learningRate: Double
  ) {
    let momentum = momentum
    for stretch in layout.stretches {
      let rate = Float(learningRate * stretch.group.rate)
      let w = parameters + stretch.offset
      let g = gradient + stretch.offset
      let v = velocity.base + stretch.offset
      for i in 0..<stretch.count {
        let next = momentum * v[i] + g[i]
        v[i] = next
        w[i] -= rate * next
      }
    }
  }

  func exchange(_ archive: StateArchive) throws { try archive.exchange("velocity", velocity) }
}
