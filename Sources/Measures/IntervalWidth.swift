import Experiments
import Parts

/// The mean width of the central predicted interval, in the target's unit: the sharpness of a regression's predictions.
package struct IntervalWidth: Measure {
  package static let name = "interval-width"
  package static let revision = 1
  package static let summary =
    "mean width of the central predicted interval, in the target's unit: its sharpness"
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
    let tail = 0.5 * (1 - level)
    var total = 0.0
    for row in 0..<rows.rows { total += rows.quantile(row, 1 - tail) - rows.quantile(row, tail) }
    return total / Double(rows.rows)
  }
}
