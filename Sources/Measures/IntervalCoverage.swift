import Experiments
import Parts

/// The share of targets in the central predicted interval, ends included; a calibrated prediction has its probability. (Larger
/// is not better beyond that.)
package struct IntervalCoverage: Measure {
  package static let name = "interval-coverage"
  package static let revision = 1
  package static let summary =
    "share of targets inside the central predicted interval"
  package static let hyperparameters = [
    Hyperparameter(
      "level", .number(1e-6...0.999999), default: .number(0.9),
      "probability that the interval should hold the target")
  ]
  package static let predictions = TargetKind.regression
  package static let largerIsBetter = true

  private let level: Double

  package init(_ settings: Settings) {
    level = settings.number("level")
  }

  package func value(_ predictions: Predictions) -> Double {
    let rows = PredictedQuantiles(predictions)
    let tail = 0.5 * (1 - level)
    let inside = (0..<rows.rows).count {
      rows.quantile($0, tail) <= rows.targets[$0] && rows.targets[$0] <= rows.quantile($0, 1 - tail)
    }
    return Double(inside) / Double(rows.rows)
  }
}
