import Experiments
import Parts

/// Expected calibration error (Naeini et al., AAAI 2015; Guo et al., ICML 2017, eq. 3): the mean gap between confidence and
/// accuracy over bins of confidence, weighted by their rows, in the norm q (Kumar et al., NeurIPS 2019, def. 2.1).
///
/// Confidence is the largest probability of a row. `CalibrationBins` says where edges and ties go.
package struct ECE: ClassificationMeasure {
  package static let name = "ece"
  package static let revision = 2
  package static let summary =
    "expected calibration error of the most probable class: mean gap between confidence and accuracy over bins"
  package static let hyperparameters = Binning.declaration + [Binning.norm]
  package static let largerIsBetter = false

  private let binning: Binning
  private let norm: Double

  package init(_ settings: Settings) {
    binning = Binning(settings)
    norm = settings.number("norm")
  }

  package func value(_ rows: Classification) -> Double {
    binning.top(rows).error(norm: norm)
  }
}
