import Experiments
import Parts
import Tensors

/// The learning rate descends its own gradient (Baydin et al., ICLR 2018): with g the gradient of a step and u the
/// direction of the step before, wₜ₋₁ − wₜ = η·u, the loss's derivative with respect to η is −g·u.
///
/// `additive` is eq. 7, η ← η + β·g·u; `multiplicative` eq. 8, η ← η·(1 + β·g·u/(‖g‖·‖u‖)). For `sgd`, u is the
/// gradient before, as in the paper; for other optimizers it is the step they took, weight decay included. The
/// rate never falls below 0 and starts as the procedure's.
package struct Hypergradient: Schedule {
  package static let name = "hypergradient"
  package static let revision = 1
  package static let summary =
    "the learning rate follows the inner product of each gradient with the step before"
  package static let hyperparameters = [
    Hyperparameter(
      "rule", .choice(["additive", "multiplicative"]), default: .text("multiplicative"),
      "whether the inner product is added to the rate, or its cosine changes it in proportion"),
    Hyperparameter("rate", .number(0...1), default: .number(0.02), "β, the learning rate's learning rate"),
  ]

  private let isAdditive: Bool
  private let rate: Double

  package init(_ settings: Settings) {
    isAdditive = settings.text("rule") == "additive"
    rate = settings.number("rate")
  }

  package func start(_ span: TrainingSpan) -> any ScheduleCourse {
    HypergradientCourse(isAdditive: isAdditive, rate: rate, learningRate: span.learningRate)
  }
}

private final class HypergradientCourse: ScheduleCourse {
  private let isAdditive: Bool
  private let rate: Double
  private let learningRate: Double
  private var current = 1.0
  /// The parameters the step before started from, and then the step itself; empty before the first step.
  private var before: FloatBuffer?
  private var step: FloatBuffer?
  private var heard = 0

  init(isAdditive: Bool, rate: Double, learningRate: Double) {
    self.isAdditive = isAdditive
    self.rate = rate
    self.learningRate = learningRate
  }

  func factor(at step: Int) -> Double { current }

  func hear(gradient: UnsafePointer<Float>, parameters: UnsafePointer<Float>, count: Int) {
    let (before, step) = memory(count)
    if heard > 0, current > 0 {
      for i in 0..<count { step.base[i] = before.base[i] - parameters[i] }
      let product = innerProduct(gradient, step.base, count: count)
      if isAdditive {
        current += rate * product / (learningRate * current) / learningRate
      } else {
        let lengths = norm(gradient, count: count) * norm(step.base, count: count)
        if lengths != 0 { current *= 1 + rate * product / lengths }
      }
      current = max(current, 0)
    }
    before.base.update(from: parameters, count: count)
    heard += 1
  }

  /// Both buffers, made at the first step and when restoring.
  private func memory(_ count: Int) -> (FloatBuffer, FloatBuffer) {
    if let before, let step { return (before, step) }
    let made = (FloatBuffer(zeros: count), FloatBuffer(zeros: count))
    (before, step) = made
    return made
  }

  func exchange(_ archive: StateArchive) throws {
    var count = before?.count ?? 0
    try archive.exchange("factor", &current)
    try archive.exchange("heard", &heard)
    try archive.exchange("count", &count)
    if count > 0 { try archive.exchange("before", memory(count).0) }
  }
}
