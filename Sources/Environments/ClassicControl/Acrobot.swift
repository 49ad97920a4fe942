import Experiments
import Parts
import Randomness
import Tensors

/// Two links that hang from a fixed joint, with a torque at the joint between them, to be swung up (Sutton 1996), as
/// Gymnasium's `Acrobot-v1` has it: the book's equations, Runge–Kutta steps of 0.2 s, reward −1 a step and 0 for the
/// one that reaches the height.
///
/// Observation: cos and sin of both angles, both angular velocities. Actions: torque −1, 0, 1.
package struct Acrobot: Environment {
  package static let name = "acrobot"
  package static let revision = 1
  package static let summary = "Acrobot-v1: swing two links up by a torque between them"
  package static let hyperparameters = [Hyperparameter.stepLimit(500)]

  private let limit: Int

  package init(_ settings: Settings) { limit = settings.integer("step-limit") }

  package func start(copies: Int, stream: RandomStream, levels: LevelSet) -> Episodes {
    startEpisodes(AcrobotRules(stepLimit: limit), copies: copies, stream: stream)
  }
}

package struct AcrobotRules: Rules {
  /// θ₁ (from hanging down), θ₂ (relative to the first link) and their velocities.
  package typealias State = SIMD4<Double>

  package let form: EnvironmentForm
  package let initial = State()

  package init(stepLimit: Int = 500) {
    form = EnvironmentForm(observation: [6], actions: .choices(3), stepLimit: stepLimit)
  }

  package func begin(_ state: inout State, _ stream: inout RandomStream) {
    // Single precision, as the original draws it.
    for i in 0..<4 { state[i] = Double(Float(0.2 * stream.uniform() - 0.1)) }
  }

  package func advance(
    _ state: inout State, _ action: Action, _ stream: inout RandomStream
  ) -> (reward: Double, end: EpisodeEnd) {
    let torque = Double(action.choice - 1)
    let step = 0.2
    let k1 = derivative(state, torque)
    let k2 = derivative(state + step / 2 * k1, torque)
    let k3 = derivative(state + step / 2 * k2, torque)
    let k4 = derivative(state + step * k3, torque)
    state += step / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    state[0] = wrapped(state[0])
    state[1] = wrapped(state[1])
    state[2] = min(max(state[2], -4 * .pi), 4 * .pi)
    state[3] = min(max(state[3], -9 * .pi), 9 * .pi)
    let isUp = -cosine(state[0]) - cosine(state[1] + state[0]) > 1
    return (isUp ? 0 : -1, isUp ? .terminated : .goesOn)
  }

  /// The time derivative of a state: both links have mass, length and moment of inertia 1, centred at 0.5.
  private func derivative(_ s: State, _ torque: Double) -> State {
    let (sin2, cos2) = (sine(s[1]), cosine(s[1]))
    let d1 = 0.25 + (1 + 0.25 + cos2) + 2
    let d2 = (0.25 + 0.5 * cos2) + 1
    // cos(x − π/2) is sin x.
    let phi2 = 0.5 * 9.8 * sine(s[0] + s[1])
    let phi1 =
      -0.5 * s[3] * s[3] * sin2 - s[3] * s[2] * sin2 + 1.5 * 9.8 * sine(s[0]) + phi2
    let acceleration2 =
      (torque + d2 / d1 * phi1 - 0.5 * s[2] * s[2] * sin2 - phi2) / (0.25 + 1 - d2 * d2 / d1)
    return State(s[2], s[3], -(d2 * acceleration2 + phi1) / d1, acceleration2)
  }

  private func wrapped(_ angle: Double) -> Double {
    var angle = angle
    while angle > .pi { angle -= 2 * .pi }
    while angle < -.pi { angle += 2 * .pi }
    return angle
  }

  package func observe(_ state: State, into target: UnsafeMutablePointer<Float>) {
    target[0] = Float(cosine(state[0]))
    target[1] = Float(sine(state[0]))
    target[2] = Float(cosine(state[1]))
    target[3] = Float(sine(state[1]))
    target[4] = Float(state[2])
    target[5] = Float(state[3])
  }

  package func parts(of state: State) -> [SIMD2<Double>] {
    let elbow = SIMD2(sine(state[0]), -cosine(state[0]))
    return [SIMD2(), elbow, elbow + SIMD2(sine(state[0] + state[1]), -cosine(state[0] + state[1]))]
  }
}
