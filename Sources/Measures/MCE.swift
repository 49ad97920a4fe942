import Experiments
import Parts

/// Maximum calibration error (Naeini et al., AAAI 2015): the largest gap between confidence and accuracy over the bins that hold
/// rows, however few.
package struct MCE: ClassificationMeasure {
  package static let name = "mce"
  package static let revision = 1
  package static let summary =
    "maximum calibration error: the largest gap between confidence and accuracy over bins that hold rows"
  package static let hyperparameters = Binning.declaration
  package static let largerIsBetter = false

  private let binning: Binning

  package init(_ settings: Settings) {
    binning = Binning(settings)
  }

  package func value(_ rows: Classification) -> Double {
    binning.top(rows).gaps.max() ?? 0
  }
}
