import Experiments
import Parts

/// Calibration error of predicted quantiles (Kuleshov, Fenner, Ermon, ICML 2018, eq. 9, there the sum of squares): the mean of
/// |share of targets at or below the quantile − its level| over the predicted levels, in the norm q.
package struct QuantileCalibrationError: Measure {
  package static let name = "quantile-calibration-error"
  package static let revision = 1
  package static let summary =
    "mean gap between the quantiles' levels and the shares of targets at or below them"
  package static let hyperparameters = [
    Hyperparameter(
      "norm", .number(1...100), default: .number(1), "q of the norm (mean gap^q)^(1/q) over levels")
  ]
  package static let predictions = TargetKind.regression
  package static let largerIsBetter = false

  private let norm: Double

  package init(_ settings: Settings) {
    norm = settings.number("norm")
  }

  package func value(_ predictions: Predictions) -> Double {
    let rows = PredictedQuantiles(predictions)
    let gaps = rows.gaps
    var sum = 0.0
    for gap in gaps { sum += raised(gap, to: norm) }
    let mean = sum / Double(gaps.count)
    return norm == 2 ? mean.squareRoot() : raised(mean, to: 1 / norm)
  }
}
