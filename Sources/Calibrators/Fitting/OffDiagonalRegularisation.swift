import Experiments

/// Off-diagonal and intercept regularisation (ODIR; Kull et al., NeurIPS 2019, section 3.3), as a calibrator declares it.
struct OffDiagonalRegularisation: Sendable {
  static let declaration = [
    Hyperparameter(
      "off-diagonal", .number(0...1e6), default: .number(1e-2),
      "strength λ of the pull of entries off the diagonal to 0, each as λ / (K(K − 1)) of its square"),
    Hyperparameter(
      "intercept", .number(0...1e6), default: .number(1e-2),
      "strength μ of the pull of intercepts to 0, each as μ / K of its square"),
  ]

  /// λ.
  let offDiagonal: Double
  /// μ.
  let intercept: Double

  init(_ settings: Settings) {
    offDiagonal = settings.number("off-diagonal")
    intercept = settings.number("intercept")
  }
}
