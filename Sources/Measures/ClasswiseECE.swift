import Experiments
import Parts

/// Classwise calibration error (Kull et al., NeurIPS 2019, eq. 3; static calibration error of Nixon et al., CVPR workshops
/// 2019): for each class the error of its own probabilities against how often it is the true class, averaged over classes.
///
/// A class without rows counts like any other. In a norm above 1 each class's error is rooted before the average.
package struct ClasswiseECE: ClassificationMeasure {
  package static let name = "classwise-ece"
  package static let revision = 1
  package static let summary =
    "calibration error of each class's probability, averaged over the classes"
  package static let hyperparameters = Binning.declaration + [Binning.norm]
  package static let largerIsBetter = false

  private let binning: Binning
  private let norm: Double

  package init(_ settings: Settings) {
    binning = Binning(settings)
    norm = settings.number("norm")
  }

  package func value(_ rows: Classification) -> Double {
    var total = 0.0
    for label in 0..<rows.classes { total += binning.column(label, rows).error(norm: norm) }
    return total / Double(rows.classes)
  }
}
