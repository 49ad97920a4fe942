import Experiments
import Parts

/// Mean absolute error: Σ |prediction − target| / rows, in the target's unit.
package struct MAE: Measure {
  package static let name = "mae"
  package static let revision = 1
  package static let summary = "mean absolute error, in the target's unit"
  package static let hyperparameters: [Hyperparameter] = []
  package static let predictions = TargetKind.regression
  package static let largerIsBetter = false

  package init(_ settings: Settings) {}

  package func value(_ predictions: Predictions) -> Double {
    let rows = Regression(predictions)
    return zip(rows.predictions, rows.targets).reduce(0) { $0 + abs($1.0 - $1.1) } / rows.rows
  }
}
