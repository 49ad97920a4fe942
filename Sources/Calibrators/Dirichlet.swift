import Experiments
import Parts

/// Dirichlet calibration (Kull et al., NeurIPS 2019, eq. 2, linear parametrisation): the logarithms of the probabilities mapped by a full matrix and an intercept,
/// at the least cross-entropy with their off-diagonal and intercept regularisation (ODIR, section 3.3 there).
package struct Dirichlet: Calibrator {
  package static let name = "dirichlet"
  package static let revision = 1
  package static let summary =
    "maps the logarithms of the probabilities by a full matrix and an intercept, regularised off its diagonal"
  package static let hyperparameters = [
    Hyperparameter(
      "off-diagonal", .number(0...1e6), default: .number(1e-2),
      "strength λ of the pull of entries off the diagonal to 0, each as λ / (K(K − 1)) of its square"),
    Hyperparameter(
      "intercept", .number(0...1e6), default: .number(1e-2),
      "strength μ of the pull of intercepts to 0, each as μ / K of its square"),
  ]

  private let offDiagonal: Double
  private let intercept: Double

  package init(_ settings: Settings) {
    offDiagonal = settings.number("off-diagonal")
    intercept = settings.number("intercept")
  }

  package func fit(_ logits: Logits, labels: [Int32]) -> any Calibration {
    MatrixCalibration(
      logits, labels: labels, usesLogProbabilities: true, offDiagonal: offDiagonal, intercept: intercept)
  }
}
