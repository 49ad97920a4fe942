import Experiments
import Parts

/// The distance of the probability integral transform from uniform (Dawid 1984; Gneiting, Balabdaoui, Raftery 2007): the largest
/// |share of targets at or below the predicted quantile − its level| over the predicted levels.
package struct PITError: Measure {
  package static let name = "pit-error"
  package static let revision = 1
  package static let summary =
    "largest gap between a quantile's level and the share of targets at or below it"
  package static let hyperparameters: [Hyperparameter] = []
  package static let predictions = TargetKind.regression
  package static let largerIsBetter = false

  package init(_ settings: Settings) {}

  package func value(_ predictions: Predictions) -> Double {
    let rows = PredictedQuantiles(predictions)
    return rows.gaps.max() ?? 0
  }
}
