import Experiments
import Parts

/// Area under the precision–recall curve as average precision: Σ (Rₖ − Rₖ₋₁) Pₖ over the distinct scores from the highest down,
/// with precision P and recall R of the rows at or above each (scikit-learn's `average_precision_score`; no interpolation).
///
/// Of `classes` it is the mean over the classes that occur; of `correctness` that of confidence for right predictions, 1 where
/// none is right.
package struct AUPRC: ClassificationMeasure {
  package static let name = "auprc"
  package static let revision = 1
  package static let summary =
    "area under the precision–recall curve, as average precision"
  package static let hyperparameters = [
    Hyperparameter(
      "of", .choice(["classes", "correctness"]), default: .text("classes"),
      "each class's probability against the others, averaged; or confidence as a sign that the prediction is right"
    )
  ]
  package static let largerIsBetter = true

  private let isOfCorrectness: Bool

  package init(_ settings: Settings) {
    isOfCorrectness = settings.text("of") == "correctness"
  }

  package func value(_ rows: Classification) -> Double {
    if isOfCorrectness { return Self.averagePrecision(rows.ranked) ?? 1 }
    let areas = (0..<rows.classes).compactMap { Self.averagePrecision(rows.ranked($0)) }
    return areas.reduce(0, +) / Double(areas.count)
  }

  /// The average precision of one ranking; nil without positive rows.
  static func averagePrecision(_ ranked: RankedOutcomes) -> Double? {
    guard ranked.positives > 0 else { return nil }
    let (count, positives) = (ranked.count, Double(ranked.positives))
    var area = 0.0
    var found = 0.0
    for place in stride(from: count - 1, through: 0, by: -1)
    where place == 0 || ranked.scores[place] != ranked.scores[place - 1] {
      let here = positives - ranked.outcomeSums[place]
      area += (here - found) / positives * here / Double(count - place)
      found = here
    }
    return area
  }
}
