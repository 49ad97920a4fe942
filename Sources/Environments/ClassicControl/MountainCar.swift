import Experiments
import Parts
import Randomness
import Tensors

/// A car in a valley whose motor is too weak for the hill (Moore 1990), as Gymnasium's `MountainCar-v0` has it: reward
/// −1 a step until it stands at 0.5 or beyond.
///
/// Observation: position, velocity. Actions: 0 push left, 1 nothing, 2 push right.
package struct MountainCar: Environment {
  package static let name = "mountain-car"
  package static let revision = 1
  package static let summary = "MountainCar-v0: drive a weak car out of a valley by swinging"
  package static let hyperparameters = [Hyperparameter.stepLimit(200)]

  private let limit: Int

  package init(_ settings: Settings) { limit = settings.integer("step-limit") }

  package func start(copies: Int, stream: RandomStream, levels: LevelSet) -> Episodes {
    startEpisodes(MountainCarRules(stepLimit: limit), copies: copies, stream: stream)
  }
}

package struct MountainCarRules: Rules {
  package typealias State = SIMD2<Double>

  package let form: EnvironmentForm
  package let initial = State(-0.5, 0)

  package init(stepLimit: Int = 200) {
    form = EnvironmentForm(observation: [2], actions: .choices(3), stepLimit: stepLimit)
  }

  package func begin(_ state: inout State, _ stream: inout RandomStream) {
    state = State(0.2 * stream.uniform() - 0.6, 0)
  }

  package func advance(
    _ state: inout State, _ action: Action, _ stream: inout RandomStream
  ) -> (reward: Double, end: EpisodeEnd) {
    var velocity = state.y + Double(action.choice - 1) * 0.001 - 0.0025 * cosine(3 * state.x)
    velocity = min(max(velocity, -0.07), 0.07)
    let position = min(max(state.x + velocity, -1.2), 0.6)
    // The left end is a wall.
    if position == -1.2 && velocity < 0 { velocity = 0 }
    state = State(position, velocity)
    return (-1, position >= 0.5 && velocity >= 0 ? .terminated : .goesOn)
  }

  package func observe(_ state: State, into target: UnsafeMutablePointer<Float>) {
    target[0] = Float(state.x)
    target[1] = Float(state.y)
  }

  package func parts(of state: State) -> [SIMD2<Double>] { [SIMD2(state.x, 0.45 * sine(3 * state.x) + 0.55)] }
}
