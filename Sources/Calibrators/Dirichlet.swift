import Experiments
import Parts

/// Dirichlet calibration (Kull et al., NeurIPS 2019, eq. 2, linear parametrisation): the logarithms of the
/// probabilities mapped by a full matrix and an intercept, at the least cross-entropy with their off-diagonal and
/// intercept regularisation (ODIR, section 3.3 there).
package struct Dirichlet: Calibrator {
  package static let name = "dirichlet"
  package static let revision = 1
  package static let summary =
    "maps the logarithms of the probabilities by a full matrix and an intercept, regularised off its diagonal"
  package static let hyperparameters = OffDiagonalRegularisation.declaration

  private let regularisation: OffDiagonalRegularisation

  package init(_ settings: Settings) { regularisation = OffDiagonalRegularisation(settings) }

  package func fit(_ logits: Logits, labels: [Int32]) -> any Calibration {
    MatrixCalibration(
      logits, labels: labels, usesLogProbabilities: true, regularisation: regularisation)
  }
}
