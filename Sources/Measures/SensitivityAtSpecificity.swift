import Experiments
import Parts

/// The share of positive rows that are found where at least a share of the negative rows is left alone: the highest
/// point of the receiver operating characteristic at that specificity.
///
/// A row is called positive where the probability of the positive class reaches a threshold; rows with equal
/// probabilities are called alike, and points between thresholds are not interpolated. Undefined without positive or
/// without negative rows.
package struct SensitivityAtSpecificity: Measure {
  package static let name = "sensitivity-at-specificity"
  package static let revision = 1
  package static let summary =
    "share of positive rows found at a threshold that leaves that share of the others alone"
  package static let hyperparameters = [
    Hyperparameter(
      "specificity", .number(0...1), default: .number(0.9), "least share of negative rows that are left alone"
    ),
    Hyperparameter(
      "positive", .integer(0...9_999), default: .integer(0),
      "number of the positive class, in the data set's order"),
  ]
  package static let predictions = TargetKind.classification
  package static let largerIsBetter = true

  private let specificity: Double
  private let positive: Int

  package init(_ settings: Settings) {
    specificity = settings.number("specificity")
    positive = settings.integer("positive")
  }

  package func value(_ predictions: Predictions) -> Double {
    let rows = Classification(predictions)
    guard positive < rows.classes else { return .nan }
    let scored = (0..<rows.rows).map {
      (score: rows.probability($0, positive), isPositive: rows.labels[$0] == positive)
    }
    .sorted { $0.score > $1.score }
    let positives = scored.count(where: \.isPositive)
    let negatives = scored.count - positives
    guard positives > 0, negatives > 0 else { return .nan }
    // So many false alarms are allowed; the product of whole numbers may miss one by rounding.
    let allowed = Int(((1 - specificity) * Double(negatives) + 1e-9).rounded(.down))
    var (found, alarms, best) = (0, 0, 0)
    var place = 0
    while place < scored.count {
      let score = scored[place].score
      while place < scored.count, scored[place].score == score {
        if scored[place].isPositive { found += 1 } else { alarms += 1 }
        place += 1
      }
      if alarms > allowed { break }
      best = found
    }
    return Double(best) / Double(positives)
  }
}
