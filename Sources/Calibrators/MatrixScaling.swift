import Experiments
import Parts

/// Matrix scaling (Guo et al., ICML 2017, section 4.2): logits mapped by a full matrix and an intercept,
/// at the least cross-entropy with their off-diagonal and intercept regularisation (ODIR; Kull et al., NeurIPS 2019, section 3.3).
package struct MatrixScaling: Calibrator {
  package static let name = "matrix-scaling"
  package static let revision = 1
  package static let summary =
    "maps the logits by a full matrix and an intercept, regularised off its diagonal"
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
      logits, labels: labels, usesLogProbabilities: false, offDiagonal: offDiagonal, intercept: intercept)
  }
}
