import Experiments
import Parts

/// Adaptive calibration error (Nixon et al., CVPR workshops 2019, eq. 4): the gap between mean probability and frequency,
/// averaged over bins of equal mass of every class's probabilities, all alike.
///
/// It is `classwise-ece` with bins of equal mass: these have equal weights. Deviation: a bin holds exactly n/B rows, sharing
/// those that an edge cuts, where the paper rounds down.
package struct AdaptiveECE: ClassificationMeasure {
  package static let name = "adaptive-ece"
  package static let revision = 1
  package static let summary =
    "adaptive calibration error: mean gap over bins of equal mass, over all classes"
  package static let hyperparameters = [
    Hyperparameter("bins", .integer(1...10_000), default: .integer(15), "number of bins of each class")
  ]
  package static let largerIsBetter = false

  private let bins: Int

  package init(_ settings: Settings) {
    bins = settings.integer("bins")
  }

  package func value(_ rows: Classification) -> Double {
    var total = 0.0
    for label in 0..<rows.classes { total += CalibrationBins(mass: bins, rows.ranked(label)).error(norm: 1) }
    return total / Double(rows.classes)
  }
}
