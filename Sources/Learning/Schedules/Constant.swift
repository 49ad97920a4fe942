import Experiments
import Parts

/// The learning rate stays as it is: factor 1.
package struct Constant: Schedule {
  package static let name = "constant"
  package static let revision = 1
  package static let summary = "the learning rate stays as it is"
  package static let hyperparameters: [Hyperparameter] = []

  package init(_ settings: Settings) {}

  package func start(_ span: TrainingSpan) -> any ScheduleCourse { FormulaCourse { _ in 1 } }
}
