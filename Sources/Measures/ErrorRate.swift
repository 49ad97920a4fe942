import Experiments
import Parts

/// Error: the share of rows whose most probable class (the first of equals) is not the true one; 1 −
/// accuracy.
package struct ErrorRate: ClassificationMeasure {
  package static let name = "error"
  package static let revision = 1
  package static let summary = "share of rows whose most probable class is not the true one"
  package static let hyperparameters: [Hyperparameter] = []
  package static let largerIsBetter = false

  package init(_ settings: Settings) {}

  package func value(_ rows: Classification) -> Double {
    return Double((0..<rows.rows).count { !rows.isCorrect($0) }) / Double(rows.rows)
  }
}
