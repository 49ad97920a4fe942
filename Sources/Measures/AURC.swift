import Experiments
import Parts

/// Area under the risk–coverage curve (Geifman, El-Yaniv, NeurIPS 2017; Geifman, Uziel, El-Yaniv, ICLR 2019 for the excess): the
/// error rate of the k most confident rows, averaged over k = 1 … n.
///
/// Tied rows count by their mean (`RankedOutcomes`). Deviation: the best area is computed from the rows, where the paper
/// approximates it by r + (1 − r) ln(1 − r).
package struct AURC: ClassificationMeasure {
  package static let name = "aurc"
  package static let revision = 1
  package static let summary =
    "area under the risk–coverage curve: mean error rate of the k most confident rows, over k"
  package static let hyperparameters = [
    Hyperparameter(
      "excess", .flag, default: .flag(false),
      "less the area of the best order, which has every right row before every wrong one")
  ]
  package static let largerIsBetter = false

  private let isExcess: Bool

  package init(_ settings: Settings) {
    isExcess = settings.flag("excess")
  }

  package func value(_ rows: Classification) -> Double {
    let ranked = rows.ranked
    let count = ranked.count
    var area = 0.0
    for place in stride(from: count - 1, through: 0, by: -1) {
      let kept = Double(count - place)
      area += (kept - (Double(ranked.positives) - ranked.outcomeSums[place])) / kept
    }
    if isExcess {
      for kept in ranked.positives..<count { area -= Double(kept + 1 - ranked.positives) / Double(kept + 1) }
    }
    return area / Double(count)
  }
}
