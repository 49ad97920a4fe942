import Experiments
import Parts
import Randomness
import Tensors

/// The mountain car with a motor of any strength, as Gymnasium's `MountainCarContinuous-v0` has it: reward 100 for
/// arriving at 0.45, minus a tenth of the squared action each step.
///
/// The state is kept in single precision, as there. Observation: position, velocity. Action: one number in −1 … 1;
/// the price is of the number as given, even beyond the bound.
package struct MountainCarContinuous: Environment {
  package static let name = "mountain-car-continuous"
  package static let revision = 1
  package static let summary = "MountainCarContinuous-v0: drive a weak car out of a valley, sparing fuel"
  package static let hyperparameters = [Hyperparameter.stepLimit(999)]

  private let limit: Int

  package init(_ settings: Settings) { limit = settings.integer("step-limit") }

  package func start(copies: Int, stream: RandomStream, levels: LevelSet) -> Episodes {
    startEpisodes(MountainCarContinuousRules(stepLimit: limit), copies: copies, stream: stream)
  }
}

package struct MountainCarContinuousRules: Rules {
  package typealias State = SIMD2<Float>

  package let form: EnvironmentForm
  package let initial = State(-0.5, 0)

  package init(stepLimit: Int = 999) {
    form = EnvironmentForm(
      observation: [2], actions: .numbers(count: 1, bound: 1), stepLimit: stepLimit)
  }

  package func begin(_ state: inout State, _ stream: inout RandomStream) {
    state = State(Float(0.2 * stream.uniform() - 0.6), 0)
  }

  package func advance(
    _ state: inout State, _ action: Action, _ stream: inout RandomStream
  ) -> (reward: Double, end: EpisodeEnd) {
    let given = Double(action.numbers[0])
    let force = min(max(given, -1), 1)
    var velocity = Double(state.y) + force * 0.0015 - 0.0025 * cosine(3 * Double(state.x))
    velocity = min(max(velocity, -0.07), 0.07)
    let position = min(max(Double(state.x) + velocity, -1.2), 0.6)
    if position == -1.2 && velocity < 0 { velocity = 0 }
    state = State(Float(position), Float(velocity))
    let hasArrived = position >= 0.45 && velocity >= 0
    return ((hasArrived ? 100 : 0) - 0.1 * given * given, hasArrived ? .terminated : .goesOn)
  }

  package func observe(_ state: State, into target: UnsafeMutablePointer<Float>) {
    target[0] = state.x
    target[1] = state.y
  }

  package func parts(of state: State) -> [SIMD2<Double>] {
    [SIMD2(Double(state.x), 0.45 * sine(3 * Double(state.x)) + 0.55)]
  }
}
