import Experiments
import Parts

/// Accuracy: the share of rows whose most probable class (the first of equals) is the true one.
package struct Accuracy: ClassificationMeasure {
  package static let name = "accuracy"
  package static let revision = 1
  package static let summary = "share of rows whose most probable class is the true one"
  package static let hyperparameters: [Hyperparameter] = []
  package static let largerIsBetter = true

  package init(_ settings: Settings) {}

  package func value(_ rows: Classification) -> Double { rows.accuracy }
}
