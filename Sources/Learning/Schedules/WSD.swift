import Experiments
import Parts

/// Warm-up, stable, decay (Hu et al., "MiniCPM", 2024, §4.2): a linear rise, a plateau at 1, and a fall to the
/// floor over the last steps, after one of two curves (Hägele et al., NeurIPS 2024, §3): 1 − p or 1 − √p, p being
/// the share of the fall that is over.
package struct WSD: Schedule {
  package static let name = "wsd"
  package static let revision = 1
  package static let summary =
    "warm-up, stable, decay: a linear rise, a plateau, and a fall over the last steps"
  package static let hyperparameters = [
    Hyperparameter(
      "warm-up-share", .number(0...1), default: .number(0.05), "share of all steps spent rising"),
    Hyperparameter(
      "decay-share", .number(0...1), default: .number(0.1), "share of the steps after the rise spent falling"),
    Hyperparameter(
      "shape", .choice(["linear", "square-root"]), default: .text("linear"), "how the rate falls"),
    floorDeclaration,
  ]

  private let warmUpShare: Double
  private let decayShare: Double
  private let isLinear: Bool
  private let floor: Double

  package init(_ settings: Settings) {
    warmUpShare = settings.number("warm-up-share")
    decayShare = settings.number("decay-share")
    isLinear = settings.text("shape") == "linear"
    floor = settings.number("floor")
  }

  package func start(_ span: TrainingSpan) -> any ScheduleCourse {
    let rise = Int((warmUpShare * Double(span.steps)).rounded())
    let fall = Fall(over: span.steps - rise, share: decayShare)
    let (isLinear, floor) = (isLinear, floor)
    return RisingCourse(
      rise: rise,
      then: FormulaCourse { step in
        let p = fall.progress(at: step)
        return floor + (1 - floor) * (1 - (isLinear ? p : p.squareRoot()))
      })
  }
}

/// The last part of a training, over which a rate falls.
struct Fall {
  /// The first step of it.
  let start: Int
  private let steps: Int

  /// - Parameters:
  ///   - total: steps of the training.
  ///   - share: how many of them, the last ones, fall.
  init(over total: Int, share: Double) {
    steps = Int((share * Double(total)).rounded())
    start = total - steps
  }

  /// The share of the fall that is over when a step is taken: 0 before it, and below 1 at the last step.
  func progress(at step: Int) -> Double {
    step <= start ? 0 : Double(step - start) / Double(steps)
  }
}
