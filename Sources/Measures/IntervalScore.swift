import Experiments
import Parts

/// The interval score of Winkler (Gneiting, Raftery, JASA 2007, eq. 43) of the central interval [l, u] of probability 1 − α:
/// (u − l) + (2/α) · the distance by which the target lies outside, averaged over rows.
package struct IntervalScore: Measure {
  package static let name = "interval-score"
  package static let revision = 1
  package static let summary =
    "width of the central predicted interval, plus a penalty for targets outside it, in the target's unit"
  package static let hyperparameters = [
    Hyperparameter(
      "level", .number(1e-6...0.999999), default: .number(0.9),
      "probability that the interval should hold the target")
  ]
  package static let predictions = TargetKind.regression
  package static let largerIsBetter = false

  private let level: Double

  package init(_ settings: Settings) {
    level = settings.number("level")
  }

  package func value(_ predictions: Predictions) -> Double {
    let rows = PredictedQuantiles(predictions)
    let outside = 1 - level
    var total = 0.0
    for row in 0..<rows.rows {
      let (low, high) = (rows.quantile(row, 0.5 * outside), rows.quantile(row, 1 - 0.5 * outside))
      let target = rows.targets[row]
      total += (high - low) + 2 / outside * (max(0, low - target) + max(0, target - high))
    }
    return total / Double(rows.rows)
  }
}
