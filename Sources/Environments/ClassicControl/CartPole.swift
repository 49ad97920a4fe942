import Experiments
import Parts
import Randomness
import Tensors

/// A pole on a cart that is pushed left or right so that the pole stays up (Barto, Sutton & Anderson 1983), as
/// Gymnasium's `CartPole-v1` has it: explicit Euler steps of 0.02 s, reward 1 a step, the last included.
///
/// Observation: position (m), velocity, angle (rad), angular velocity. Actions: 0 left, 1 right.
package struct CartPole: Environment {
  package static let name = "cartpole"
  package static let revision = 1
  package static let summary = "CartPole-v1: keep a pole upright by pushing its cart left or right"
  package static let hyperparameters = [Hyperparameter.stepLimit(500)]

  private let limit: Int

  package init(_ settings: Settings) { limit = settings.integer("step-limit") }

  package func start(copies: Int, stream: RandomStream, levels: LevelSet) -> Episodes {
    startEpisodes(CartPoleRules(stepLimit: limit), copies: copies, stream: stream)
  }
}

package struct CartPoleRules: Rules {
  package struct State: BitwiseCopyable, Sendable {
    package var position, velocity, angle, angularVelocity: Double

    package init(_ position: Double, _ velocity: Double, _ angle: Double, _ angularVelocity: Double) {
      (self.position, self.velocity) = (position, velocity)
      (self.angle, self.angularVelocity) = (angle, angularVelocity)
    }
  }

  package let form: EnvironmentForm
  package let initial = State(0, 0, 0, 0)

  package init(stepLimit: Int = 500) {
    form = EnvironmentForm(observation: [4], actions: .choices(2), stepLimit: stepLimit)
  }

  package func begin(_ state: inout State, _ stream: inout RandomStream) {
    func draw() -> Double { 0.1 * stream.uniform() - 0.05 }
    state = State(draw(), draw(), draw(), draw())
  }

  package func advance(
    _ state: inout State, _ action: Action, _ stream: inout RandomStream
  ) -> (reward: Double, end: EpisodeEnd) {
    // Masses 1 kg and 0.1 kg, half the pole's length 0.5 m; the equations are Florian's (2007, eq. 23 and 24) without friction.
    let (sin, cos) = (sine(state.angle), cosine(state.angle))
    let force = action.choice == 1 ? 10.0 : -10.0
    let push = (force + 0.05 * state.angularVelocity * state.angularVelocity * sin) / 1.1
    let angular = (9.8 * sin - cos * push) / (0.5 * (4.0 / 3.0 - 0.1 * cos * cos / 1.1))
    let linear = push - 0.05 * angular * cos / 1.1
    state = State(
      state.position + 0.02 * state.velocity, state.velocity + 0.02 * linear,
      state.angle + 0.02 * state.angularVelocity, state.angularVelocity + 0.02 * angular)
    let hasFallen = state.position.magnitude > 2.4 || state.angle.magnitude > 12 * 2 * Double.pi / 360
    return (1, hasFallen ? .terminated : .goesOn)
  }

  package func observe(_ state: State, into target: UnsafeMutablePointer<Float>) {
    target[0] = Float(state.position)
    target[1] = Float(state.velocity)
    target[2] = Float(state.angle)
    target[3] = Float(state.angularVelocity)
  }

  package func parts(of state: State) -> [SIMD2<Double>] {
    let cart = SIMD2(state.position, 0)
    return [cart, cart + SIMD2(sine(state.angle), cosine(state.angle))]
  }
}
