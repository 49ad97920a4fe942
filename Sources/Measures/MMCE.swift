import Experiments
import Parts
import Tensors

/// Maximum mean calibration error (Kumar, Sarawagi, Jain, ICML 2018, eq. 4): √(Σᵢⱼ dᵢ dⱼ k(rᵢ, rⱼ)) / n over all pairs of
/// rows, a row with itself included, with d = correct − confidence r and the kernel k = e^(−|r − r′| / w).
///
/// Exact in a time proportional to the rows once they are sorted: the kernel of a sum of distances is a product, so what the
/// rows below contribute shrinks by one factor from each row to the next.
package struct MMCE: ClassificationMeasure {
  package static let name = "mmce"
  package static let revision = 1
  package static let summary =
    "maximum mean calibration error of the most probable class, with the Laplacian kernel"
  package static let hyperparameters = [
    Hyperparameter(
      "width", .number(1e-3...1e3), default: .number(0.4), "width w of the kernel e^(−|r − r′| / w)")
  ]
  package static let largerIsBetter = false

  private let width: Double

  package init(_ settings: Settings) {
    width = settings.number("width")
  }

  package func value(_ rows: Classification) -> Double {
    let ranked = rows.ranked
    var total = 0.0
    var below = 0.0
    for place in 0..<ranked.count {
      let residual = ranked.outcomes[place] - ranked.scores[place]
      if place > 0 { below *= exponential((ranked.scores[place - 1] - ranked.scores[place]) / width) }
      total += residual * residual + 2 * residual * below
      below += residual
    }
    return max(0, total).squareRoot() / Double(ranked.count)
  }
}
