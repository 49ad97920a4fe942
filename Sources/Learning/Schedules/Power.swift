import Experiments
import Parts

/// The power scheduler (Shen et al. 2024, arXiv 2408.13359, eq. 6): the rate min(η, B·a·n^b) after n examples in
/// batches of B, η being the procedure's learning rate; over the last steps it falls linearly from there to 0.
///
/// Deviations: n counts examples where the paper counts tokens, and the last fall is linear. Rises belong to
/// `warm-up`.
package struct Power: Schedule {
  package static let name = "power"
  package static let revision = 1
  package static let summary =
    "the learning rate follows a power of the examples seen, times the batch size, and falls at the end"
  package static let hyperparameters = [
    Hyperparameter(
      "amplitude", .number(1e-9...1e6), default: .number(0.01), "a, the rate for one example a step after one"
    ),
    Hyperparameter("exponent", .number(-2...0), default: .number(-0.51), "b, of the examples seen"),
    Hyperparameter("decay-share", .number(0...1), default: .number(0.1), "share of the steps spent falling"),
  ]

  private let amplitude: Double
  private let exponent: Double
  private let decayShare: Double

  package init(_ settings: Settings) {
    amplitude = settings.number("amplitude")
    exponent = settings.number("exponent")
    decayShare = settings.number("decay-share")
  }

  package func start(_ span: TrainingSpan) -> any ScheduleCourse {
    let fall = Fall(over: span.steps, share: decayShare)
    let (amplitude, exponent) = (amplitude, exponent)
    return FormulaCourse { step in
      let batch = Double(span.batchSize)
      let examples = Double(min(step, fall.start) + 1) * batch
      let rate = batch * amplitude * power(examples, exponent)
      return min(1, rate / span.learningRate) * (1 - fall.progress(at: step))
    }
  }
}
