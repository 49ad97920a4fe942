import Experiments
import Parts

/// Matrix scaling (Guo et al., ICML 2017, section 4.2): logits mapped by a full matrix and an intercept,
/// at the least cross-entropy with off-diagonal and intercept regularisation (ODIR; Kull et al., NeurIPS 2019,
/// section 3.3).
package struct MatrixScaling: Calibrator {
  package static let name = "matrix-scaling"
  package static let revision = 1
  package static let summary =
    "maps the logits by a full matrix and an intercept, regularised off its diagonal"
  package static let hyperparameters = OffDiagonalRegularisation.declaration

  private let regularisation: OffDiagonalRegularisation

  package init(_ settings: Settings) { regularisation = OffDiagonalRegularisation(settings) }

  package func fit(_ logits: Logits, labels: [Int32]) -> any Calibration {
    MatrixCalibration(
      logits, labels: labels, usesLogProbabilities: false, regularisation: regularisation)
  }
}
