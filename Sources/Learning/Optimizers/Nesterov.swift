import Experiments
import Parts
import Tensors

/// Nesterov's accelerated gradient (Nesterov 1983) in the form of Sutskever et al. (ICML 2013, eq. 3–4) with the
/// parameters taken at the looked-ahead point, so that the gradient is needed there only: v ← m·v + g,
/// w ← w − η·(g + m·v), from v = 0. The learning rate stays outside the average.
package struct Nesterov: Optimizer {
  package static let name = "nesterov"
  package static let revision = 1
  package static let summary = "gradient descent with Nesterov's momentum, which looks one step ahead"
  package static let hyperparameters = [momentumDeclaration]

  private let momentum: Double

  package init(_ settings: Settings) { momentum = settings.number("momentum") }

  package func start(_ layout: ParameterLayout) -> any Optimization {
    AcceleratedDescent(layout: layout, momentum: momentum)
  }
}

private final class AcceleratedDescent: Optimization {
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
        let slope = g[i]
        let next = momentum * v[i] + slope
        v[i] = next
        w[i] -= rate * (slope + momentum * next)
      }
    }
  }

  func exchange(_ archive: StateArchive) throws { try archive.exchange("velocity", velocity) }
}
