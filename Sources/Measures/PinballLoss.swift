import Experiments
import Parts

/// The pinball or quantile loss (Koenker, Bassett 1978): the mean of (y − q)τ where the target y lies above the predicted
/// τ-quantile q, and of (q − y)(1 − τ) elsewhere. At τ = ½ it is half the mean absolute error.
package struct PinballLoss: Measure {
  package static let name = "pinball-loss"
  package static let revision = 1
  package static let summary =
    "mean quantile loss of the predicted quantile at a level, in the target's unit"
  package static let hyperparameters = [
    Hyperparameter("level", .number(1e-6...0.999999), default: .number(0.5), "the quantile's level τ")
  ]
  package static let predictions = TargetKind.regression
  package static let largerIsBetter = false

  private let level: Double

  package init(_ settings: Settings) {
    level = settings.number("level")
  }

  package func value(_ predictions: Predictions) -> Double {
    let rows = PredictedQuantiles(predictions)
    var total = 0.0
    for row in 0..<rows.rows {
      let residual = rows.targets[row] - rows.quantile(row, level)
      total += residual >= 0 ? level * residual : (level - 1) * residual
    }
    return total / Double(rows.rows)
  }
}
