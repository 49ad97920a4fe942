import Experiments
import Parts

/// The Kolmogorov–Smirnov calibration error (Gupta et al., ICLR 2021, eq. 6): the largest |Σ (correct − confidence)| / n over
/// the rows up to any confidence.
///
/// Sums are compared only where the confidence changes, so that the order of tied rows does not matter.
package struct KSError: ClassificationMeasure {
  package static let name = "ks-error"
  package static let revision = 1
  package static let summary =
    "largest gap between cumulative accuracy and cumulative confidence, by confidence; without bins"
  package static let hyperparameters: [Hyperparameter] = []
  package static let largerIsBetter = false

  package init(_ settings: Settings) {}

  package func value(_ rows: Classification) -> Double {
    let ranked = rows.ranked
    var largest = 0.0
    for place in 1...ranked.count
    where place == ranked.count || ranked.scores[place] != ranked.scores[place - 1] {
      largest = max(largest, abs(ranked.outcomeSums[place] - ranked.scoreSums[place]))
    }
    return largest / Double(ranked.count)
  }
}
