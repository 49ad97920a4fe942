import Experiments
import Parts
import Randomness

/// Negative log-likelihood: the mean over rows of −ln p(true class), in nats.
///
/// A probability below 1e-15 counts as 1e-15, so that one row costs at most 34.5 nats and the mean stays
/// finite.
package struct NLL: ClassificationMeasure {
  package static let name = "nll"
  package static let revision = 1
  package static let summary =
    "mean negative log-likelihood of the true class, in nats; probabilities below 1e-15 count as 1e-15"
  package static let hyperparameters: [Hyperparameter] = []
  package static let largerIsBetter = false

  package init(_ settings: Settings) {}

  package func value(_ rows: Classification) -> Double {
    var total = 0.0
    for row in 0..<rows.rows { total -= naturalLogarithm(max(rows.probabilityOfTruth(row), 1e-15)) }
    return total / Double(rows.rows)
  }
}
