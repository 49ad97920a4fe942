import Experiments
import Parts

/// The debiased calibration error in the norm 2 (Kumar, Liang, Ma, NeurIPS 2019, def. 5.1): the root of
/// Σ (w/n) · [gap² − ȳ(1−ȳ)/(w−1)] over bins of equal mass, 0 where the sum is negative.
///
/// ȳ is the accuracy in a bin of w rows. Deviation: bins hold exactly n/B rows (`CalibrationBins`), so that w need not be
/// whole.
package struct DebiasedECE: ClassificationMeasure {
  package static let name = "debiased-ece"
  package static let revision = 1
  package static let summary =
    "root of the debiased squared calibration error of the most probable class, over bins of equal mass"
  package static let hyperparameters = [
    Hyperparameter(
      "bins", .integer(1...10_000), default: .integer(15),
      "number of bins; at most half as many as rows are used")
  ]
  package static let largerIsBetter = false

  private let bins: Int

  package init(_ settings: Settings) {
    bins = settings.integer("bins")
  }

  package func value(_ rows: Classification) -> Double {
    let bins = CalibrationBins(mass: max(1, min(bins, rows.rows / 2)), rows.ranked)
    var sum = 0.0
    for bin in bins.weights.indices {
      let weight = bins.weights[bin]
      let accuracy = bins.outcomes[bin] / weight
      let gap = accuracy - bins.scores[bin] / weight
      let bias = weight > 1 ? accuracy * (1 - accuracy) / (weight - 1) : 0
      sum += weight / Double(rows.rows) * (gap * gap - bias)
    }
    return max(0, sum).squareRoot()
  }
}
