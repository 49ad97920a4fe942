import Experiments
import Parts

/// Sharpness (Kuleshov, Fenner, Ermon, ICML 2018, section 3.4): the mean over rows of the variance that the prediction itself
/// expects, Σ over classes p(1 − p). 0 is sharpest; it does not look at the truth.
package struct Sharpness: ClassificationMeasure {
  package static let name = "sharpness"
  package static let revision = 1
  package static let summary =
    "mean predicted variance of the classes; 0 where every prediction is certain"
  package static let hyperparameters: [Hyperparameter] = []
  package static let largerIsBetter = false

  package init(_ settings: Settings) {}

  package func value(_ rows: Classification) -> Double {
    var total = 0.0
    for p in rows.probabilities { total += p * (1 - p) }
    return total / Double(rows.rows)
  }
}
