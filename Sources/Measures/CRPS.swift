import Experiments
import Parts

/// The continuous ranked probability score (Gneiting, Raftery, JASA 2007, eq. 21): E|X − y| − ½ E|X − X′| with X and X′ drawn
/// from the predicted quantiles, each as likely as the others.
///
/// It is exact for a sample of the prediction, and for quantiles at the levels (i − ½)/K twice their mean pinball loss. A
/// point prediction's is its absolute error.
package struct CRPS: Measure {
  package static let name = "crps"
  package static let revision = 1
  package static let summary =
    "continuous ranked probability score of the predicted quantiles, in the target's unit"
  package static let hyperparameters: [Hyperparameter] = []
  package static let predictions = TargetKind.regression
  package static let largerIsBetter = false

  package init(_ settings: Settings) {}

  package func value(_ predictions: Predictions) -> Double {
    let rows = PredictedQuantiles(predictions)
    let levels = rows.levels.count
    var total = 0.0
    for row in 0..<rows.rows {
      var distance = 0.0
      var spread = 0.0
      for (place, value) in rows.values[row * levels..<(row + 1) * levels].enumerated() {
        distance += abs(value - rows.targets[row])
        // Of ascending values Σ |x − x′| over all pairs is 2 Σ (2i − K + 1) xᵢ.
        spread += 2 * Double(2 * place - levels + 1) * value
      }
      total += distance / Double(levels) - 0.5 * spread / Double(levels * levels)
    }
    return total / Double(rows.rows)
  }
}
