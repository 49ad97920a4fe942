import Experiments
import Parts

/// Root mean squared error: √(Σ (prediction − target)² / rows), in the target's unit.
package struct RMSE: Measure {
  package static let name = "rmse"
  package static let revision = 1
  package static let summary = "root mean squared error, in the target's unit"
  package static let hyperparameters: [Hyperparameter] = []
  package static let predictions = TargetKind.regression
  package static let largerIsBetter = false

  package init(_ settings: Settings) {}

  package func value(_ predictions: Predictions) -> Double {
    let rows = Regression(predictions)
    return (rows.squaredErrors / rows.rows).squareRoot()
  }
}
