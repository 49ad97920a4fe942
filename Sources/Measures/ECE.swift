import Experiments
import Parts

/// Expected calibration error (Naeini et al., AAAI 2015; Guo et al., ICML 2017, eq. 3): the mean gap between
/// confidence and accuracy over bins of confidence, weighted by their rows.
///
/// Confidence is the largest probability of a row. Of B bins of equal width, bin b = 1 … B holds confidences
/// in ((b−1)/B, b/B]: a confidence on an edge belongs to the lower bin, and 0 to the first. In floating point
/// the bin is ⌈confidence · B⌉.
package struct ECE: Measure {
  package static let name = "ece"
  package static let revision = 1
  package static let summary =
    "expected calibration error of the most probable class, over bins of equal width"
  package static let hyperparameters = [
    Hyperparameter("bins", .integer(1...10_000), default: .integer(15), "number of bins between 0 and 1")
  ]
  package static let predictions = TargetKind.classification
  package static let largerIsBetter = false

  private let bins: Int

  package init(_ settings: Settings) {
    bins = settings.integer("bins")
  }

  package func value(_ predictions: Predictions) -> Double {
    let rows = Classification(predictions)
    var confidence = [Double](repeating: 0, count: bins)
    var correct = [Double](repeating: 0, count: bins)
    for row in 0..<rows.rows {
      let label = rows.predicted(row)
      let largest = rows.probability(row, label)
      let bin = min(bins, max(1, Int((largest * Double(bins)).rounded(.up)))) - 1
      confidence[bin] += largest
      if label == Int(rows.labels[row]) { correct[bin] += 1 }
    }
    var gap = 0.0
    for bin in 0..<bins { gap += abs(correct[bin] - confidence[bin]) }
    return gap / Double(rows.rows)
  }
}
