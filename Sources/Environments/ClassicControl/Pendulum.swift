import Experiments
import Parts
import Randomness
import Tensors

/// A pendulum to be swung up and held by a weak torque, as Gymnasium's `Pendulum-v1` has it: steps of 0.05 s, gravity
/// 10 m/s², mass and length 1; it never terminates.
///
/// Reward: −(θ² + 0.1·θ̇² + 0.001·torque²) with θ in −π … π from upright, before the step. Observation: cos θ, sin θ, θ̇.
/// Action: one torque in −2 … 2.
package struct Pendulum: Environment {
  package static let name = "pendulum"
  package static let revision = 1
  package static let summary = "Pendulum-v1: swing a pendulum up and hold it by a weak torque"
  package static let hyperparameters = [Hyperparameter.stepLimit(200)]

  private let limit: Int

  package init(_ settings: Settings) { limit = settings.integer("step-limit") }

  package func start(copies: Int, stream: RandomStream, levels: LevelSet) -> Episodes {
    startEpisodes(PendulumRules(stepLimit: limit), copies: copies, stream: stream)
  }
}

package struct PendulumRules: Rules {
  /// θ, not wrapped, and θ̇.
  package typealias State = SIMD2<Double>

  package let form: EnvironmentForm
  package let initial = State()

  package init(stepLimit: Int = 200) {
    form = EnvironmentForm(
      observation: [3], actions: .numbers(count: 1, bound: 2), stepLimit: stepLimit)
  }

  package func begin(_ state: inout State, _ stream: inout RandomStream) {
    state.x = (2 * stream.uniform() - 1) * .pi
    state.y = 2 * stream.uniform() - 1
  }

  package func advance(
    _ state: inout State, _ action: Action, _ stream: inout RandomStream
  ) -> (reward: Double, end: EpisodeEnd) {
    let torque = min(max(Double(action.numbers[0]), -2), 2)
    let turns = ((state.x + .pi) / (2 * .pi)).rounded(.down)
    let angle = state.x - 2 * .pi * turns
    let cost = angle * angle + 0.1 * state.y * state.y + 0.001 * torque * torque
    let speed = state.y + (15 * sine(state.x) + 3 * torque) * 0.05
    state.y = min(max(speed, -8), 8)
    state.x += state.y * 0.05
    return (-cost, .goesOn)
  }

  package func observe(_ state: State, into target: UnsafeMutablePointer<Float>) {
    target[0] = Float(cosine(state.x))
    target[1] = Float(sine(state.x))
    target[2] = Float(state.y)
  }

  package func parts(of state: State) -> [SIMD2<Double>] {
    [SIMD2(), SIMD2(sine(state.x), cosine(state.x))]
  }
}
