import Estimators
import Experiments
import Parts
import Tensors

/// The settings kernel machines share: which kernel, and how wide.
struct KernelSettings: Sendable {
  static let declaration = [
    Hyperparameter(
      "kernel", .choice(["rbf", "laplace", "polynomial", "linear"]), default: .text("rbf"),
      "exp(-s|x-y|^2), exp(-s|x-y|_1), (s x.y + offset)^degree or x.y"),
    Hyperparameter(
      "width-factor", .number(1e-6...1e6), default: .number(1),
      "s in units of 1 / (columns * variance of the features), for laplace of 1 / (columns * deviation)"),
    Hyperparameter("degree", .integer(1...10), default: .integer(3), "exponent of the polynomial kernel"),
    Hyperparameter("offset", .number(0...1e6), default: .number(1), "offset of the polynomial kernel"),
  ]

  private let kind: String
  private let factor: Double
  private let degree: Int
  private let offset: Double

  init(_ settings: Settings) {
    kind = settings.text("kernel")
    factor = settings.number("width-factor")
    degree = settings.integer("degree")
    offset = settings.number("offset")
  }

  /// The kernel for these fit rows.
  func kernel(_ features: Matrix) -> Kernel {
    let scale = naturalKernelScale(features)
    return switch kind {
    case "laplace": .laplace(scale: factor * (scale / Double(features.columns)).squareRoot())
    case "polynomial": .polynomial(degree: degree, scale: factor * scale, offset: offset)
    case "linear": .linear
    default: .rbf(scale: factor * scale)
    }
  }
}
