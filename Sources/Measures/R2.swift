import Experiments
import Parts

/// The coefficient of determination: 1 − Σ (prediction − target)² / Σ (target − mean of the targets)².
///
/// The mean is that of the scored targets. Where all of them are equal it is 1 for exact predictions and 0
/// otherwise.
package struct R2: Measure {
  package static let name = "r2"
  package static let revision = 1
  package static let summary =
    "coefficient of determination: share of the targets' variance explained; 1 is perfect, 0 is their mean"
  package static let hyperparameters: [Hyperparameter] = []
  package static let predictions = TargetKind.regression
  package static let largerIsBetter = true

  package init(_ settings: Settings) {}

  package func value(_ predictions: Predictions) -> Double {
    let rows = Regression(predictions)
    let mean = rows.targets.reduce(0, +) / rows.rows
    let spread = rows.targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let errors = rows.squaredErrors
    if rows.targets.min() == rows.targets.max() { return errors == 0 ? 1 : 0 }
    return 1 - errors / spread
  }
}
