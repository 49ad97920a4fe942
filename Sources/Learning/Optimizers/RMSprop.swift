import Experiments
import Parts
import Tensors

/// RMSprop (Tieleman & Hinton, "Neural networks for machine learning", lecture 6.5, 2012): the gradient divided
/// by the root of its running mean square; v ← ρ·v + (1−ρ)·g², w ← w − η·g / (√v + ε), from v = 0.
package struct RMSprop: Optimizer {
  package static let name = "rmsprop"
  package static let revision = 1
  package static let summary = "RMSprop: the gradient divided by the root of its running mean square"
  package static let hyperparameters = [
    Hyperparameter(
      "decay", .number(0...0.999999), default: .number(0.99),
      "decay of the squared gradient's running mean, a step"),
    Hyperparameter("epsilon", .number(1e-12...1), default: .number(1e-8), "added to the denominator"),
  ]

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func start(_ layout: ParameterLayout) -> any Optimization {
    let decay = settings.number("decay")
    return SquareScaledDescent(
      layout: layout, keep: decay, take: 1 - decay, epsilon: settings.number("epsilon"))
  }
}

/// v ← keep·v + take·g², w ← w − η·g / (√v + ε), from v = 0.
final class SquareScaledDescent: Optimization {
  private let layout: ParameterLayout
  private let keep: Float
  private let take: Float
  private let epsilon: Float
  private let square: FloatBuffer

  init(layout: ParameterLayout, keep: Double, take: Double, epsilon: Double) {
    self.layout = layout
    self.keep = Float(keep)
    self.take = Float(take)
    self.epsilon = Float(epsilon)
    square = FloatBuffer(zeros: layout.count)
  }

  func step(
    _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, learningRate: Double
  ) {
    let (keep, take, epsilon) = (keep, take, epsilon)
    for stretch in layout.stretches {
      let rate = Float(learningRate * stretch.group.rate)
      let w = parameters + stretch.offset
      let gradient = gradient + stretch.offset
      let square = square.base + stretch.offset
      for i in 0..<stretch.count {
        let g = gradient[i]
        let v = keep * square[i] + take * (g * g)
        square[i] = v
        w[i] -= rate * g / (v * reciprocalSquareRoot(v) + epsilon)
      }
    }
  }

  func exchange(_ archive: StateArchive) throws { try archive.exchange("square", square) }
}
