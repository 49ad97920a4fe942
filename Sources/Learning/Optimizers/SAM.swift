import Experiments
import Parts
import Tensors

/// Sharpness-aware minimisation (Foret et al., ICLR 2021, algorithm 1 with p = 2): the step of another optimizer
/// with the gradient taken at w + ρ·g/‖g‖, the worst point of a ball around w to first order.
///
/// Each step evaluates the gradient twice on its batch, and counted cost says so. A gradient of zero moves
/// nothing. Clipping and weight decay concern the second gradient, at w. A base that is `sam` itself only gives its
/// own base's step.
package struct SAM: Optimizer {
  package static let name = "sam"
  package static let revision = 1
  package static let summary =
    "sharpness-aware minimisation: another optimizer's step with the gradient from the worst point nearby"
  package static let hyperparameters = [
    Hyperparameter("radius", .number(0...100), default: .number(0.05), "ρ, how far the gradient is taken"),
    Hyperparameter(
      "base", .part(.optimizer), default: .part("momentum", Settings(["momentum": .number(0.9)])),
      "the optimizer that takes the step"),
  ]

  package var decay: WeightDecay { base.decay }
  private let radius: Double
  private let base: any Optimizer

  package init(_ settings: Settings) {
    radius = settings.number("radius")
    base = optimizer(settings, "base")
  }

  package func start(_ layout: ParameterLayout) -> any Optimization {
    SharpnessAwareDescent(radius: radius, base: base.start(layout), count: layout.count)
  }
}

/// The optimizer that checked settings name.
package func optimizer(_ settings: Settings, _ name: String) -> any Optimizer {
  let (part, inner) = settings.part(name)
  guard let type = optimizerRegistry[part] else {
    preconditionFailure("settings were checked against the registries before")
  }
  return type.init(inner)
}

private final class SharpnessAwareDescent: Optimization {
  private let radius: Double
  private let base: any Optimization
  /// The parameters the step starts from, while the gradient is taken elsewhere.
  private let start: FloatBuffer
  private var isElsewhere = false

  init(radius: Double, base: any Optimization, count: Int) {
    self.radius = radius
    self.base = base
    start = FloatBuffer(zeros: count)
  }

  func movesForGradient(
    _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>
  ) -> Bool {
    let count = start.count
    isElsewhere.toggle()
    guard isElsewhere else {
      parameters.update(from: start.base, count: count)
      return false
    }
    start.base.update(from: parameters, count: count)
    let length = norm(gradient, count: count)
    let factor = length == 0 ? 0 : Float(radius / length)
    for i in 0..<count { parameters[i] += factor * gradient[i] }
    return true
  }

  func step(
    _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, learningRate: Double
  ) {
    base.step(parameters, gradient: gradient, learningRate: learningRate)
  }

  func exchange(_ archive: StateArchive) throws {
    try archive.exchange("base") { try base.exchange(archive) }
  }
}
