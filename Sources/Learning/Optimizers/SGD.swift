import Experiments
import Parts

/// Stochastic gradient descent (Robbins & Monro 1951): w ← w − η·g.
package struct SGD: Optimizer {
  package static let name = "sgd"
  package static let revision = 2
  package static let summary = "stochastic gradient descent: a step along the negative gradient"
  package static let hyperparameters: [Hyperparameter] = []

  package init(_ settings: Settings) {}

  package func start(_ layout: ParameterLayout) -> any Optimization { PlainDescent(layout: layout) }
}

private final class PlainDescent: Optimization {
  private let layout: ParameterLayout

  init(layout: ParameterLayout) { self.layout = layout }

  func step(
    _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, learningRate: Double
  ) {
    for stretch in layout.stretches {
      let rate = Float(learningRate * stretch.group.rate)
      let w = parameters + stretch.offset
      let g = gradient + stretch.offset
      for i in 0..<stretch.count { w[i] -= rate * g[i] }
    }
  }

  func exchange(_ archive: StateArchive) throws {}
}
