import Experiments
import Parts

/// The Brier score (Brier 1950): the mean over rows of Σ over classes (p − [class is true])², between 0 and
/// 2.
///
/// For two classes it is twice the score that looks at one class only.
package struct Brier: ClassificationMeasure {
  package static let name = "brier"
  package static let revision = 1
  package static let summary =
    "mean squared distance between the probabilities and the truth, summed over classes"
  package static let hyperparameters: [Hyperparameter] = []
  package static let largerIsBetter = false

  package init(_ settings: Settings) {}

  package func value(_ rows: Classification) -> Double {
    var total = 0.0
    rows.probabilities.withUnsafeBufferPointer { probabilities in
      for row in 0..<rows.rows {
        for label in 0..<rows.classes {
          let difference =
            probabilities[row &* rows.classes &+ label] - (label == Int(rows.labels[row]) ? 1 : 0)
          total += difference * difference
        }
      }
    }
    return total / Double(rows.rows)
  }
}
