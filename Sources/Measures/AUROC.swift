import Experiments
import Parts

/// Area under the ROC curve, as Mann and Whitney's statistic: the share of pairs of a positive and a negative row in which the
/// positive one has the higher score, ties counting a half.
///
/// Of `classes` it is the mean over the classes of one-versus-rest areas, those without both kinds of rows left out
/// (scikit-learn's `ovr` and `macro`); of two classes both areas are equal. Of `correctness` it says how well confidence tells
/// right from wrong predictions. Where no pair exists none is in the wrong order, and the area is 1.
package struct AUROC: ClassificationMeasure {
  package static let name = "auroc"
  package static let revision = 1
  package static let summary =
    "area under the ROC curve: how often a positive row has the higher score, ties as a half"
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
    if isOfCorrectness { return Self.area(rows.ranked) ?? 1 }
    let areas = (0..<rows.classes).compactMap { Self.area(rows.ranked($0)) }
    return areas.isEmpty ? 1 : areas.reduce(0, +) / Double(areas.count)
  }

  /// The area of one ranking; nil where it has no pairs.
  package static func area(_ ranked: RankedOutcomes) -> Double? {
    let negatives = ranked.count - ranked.positives
    guard ranked.positives > 0, negatives > 0 else { return nil }
    var below = 0.0
    var pairs = 0.0
    for outcome in ranked.outcomes {
      pairs += outcome * (below + 0.5 * (1 - outcome))
      below += 1 - outcome
    }
    return pairs / (Double(ranked.positives) * Double(negatives))
  }
}
