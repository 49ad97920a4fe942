import Experiments
import Parts

/// The learning rate is cut at regular epochs: factor^⌊epoch / every⌋, epochs from 0.
package struct Step: Schedule {
  package static let name = "step"
  package static let revision = 1
  package static let summary = "the learning rate is multiplied by a factor every so many epochs"
  package static let hyperparameters = [
    Hyperparameter("every", .integer(1...10_000), default: .integer(10), "epochs between two cuts"),
    Hyperparameter("factor", .number(0...1), default: .number(0.1), "multiplies the rate at each cut"),
  ]

  private let every: Int
  private let factor: Double

  package init(_ settings: Settings) {
    every = settings.integer("every")
    factor = settings.number("factor")
  }

  package func start(_ span: TrainingSpan) -> any ScheduleCourse {
    let (every, factor) = (every, factor)
    return FormulaCourse { step in
      var product = 1.0
      for _ in 0..<(step / max(span.stepsPerEpoch, 1) / every) { product *= factor }
      return product
    }
  }
}
