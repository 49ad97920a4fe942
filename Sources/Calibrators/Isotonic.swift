import Experiments
import Parts
import Statistics

/// Isotonic regression (Zadrozny, Elkan, KDD 2002) of each class's probability against the others: the non-decreasing steps
/// nearest to the truth, linear between the calibration rows and constant beyond them.
package struct Isotonic: Calibrator {
  package static let name = "isotonic"
  package static let revision = 1
  package static let summary =
    "the nearest non-decreasing map of each class's probability, one class against the others"
  package static let hyperparameters: [Hyperparameter] = []

  package init(_ settings: Settings) {}

  package func fit(_ logits: Logits, labels: [Int32]) -> any Calibration {
    OneVersusRest(logits, labels: labels) { probabilities, isTrue in
      guard let fitted = isotonicFit(probabilities, isTrue.map { $0 ? 1.0 : 0 }) else { return { $0 } }
      var points: [(x: Double, y: Double)] = []
      for place in probabilities.indices.sorted(by: { probabilities[$0] < probabilities[$1] })
      where points.last?.x != probabilities[place] { points.append((probabilities[place], fitted[place])) }
      let knots = points
      return { value in
        // The first knot at or above the value.
        var (low, high) = (0, knots.count)
        while low < high {
          let middle = (low + high) / 2
          if knots[middle].x < value { low = middle + 1 } else { high = middle }
        }
        if low == knots.count { return knots[low - 1].y }
        if low == 0 || knots[low].x == value { return knots[low].y }
        let (a, b) = (knots[low - 1], knots[low])
        return a.y + (value - a.x) / (b.x - a.x) * (b.y - a.y)
      }
    }
  }
}
