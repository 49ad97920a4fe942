import Experiments
import Parts
import Randomness

/// Walk along a cliff (Sutton & Barto 2018, example 6.6), as Gymnasium's `CliffWalking-v1` has it: 4 × 12 cells, −1 a
/// step; stepping off gives −100 and leads back to the start without ending the episode.
///
/// States are numbered row by row and observed one-hot. Actions: up, right, down, left. Gymnasium sets no step limit;
/// here one of 1000 keeps a policy that never arrives from being measured for ever.
package struct CliffWalking: Environment {
  package static let name = "cliff-walking"
  package static let revision = 1
  package static let summary = "CliffWalking-v1: reach a goal along a cliff"
  package static let hyperparameters = [
    Hyperparameter("slippery", .flag, default: .flag(false), "whether moves may go to either side"),
    Hyperparameter.stepLimit(1000),
  ]

  private let rules: CliffWalkingRules

  package init(_ settings: Settings) {
    rules = CliffWalkingRules(
      isSlippery: settings.flag("slippery"), stepLimit: settings.integer("step-limit"))
  }

  package func start(copies: Int, stream: RandomStream, levels: LevelSet) -> Episodes {
    startEpisodes(rules, copies: copies, stream: stream)
  }
}

package struct CliffWalkingRules: Rules {
  package let form: EnvironmentForm
  package let initial = 36
  private let isSlippery: Bool

  package init(isSlippery: Bool = false, stepLimit: Int = 1000) {
    self.isSlippery = isSlippery
    form = EnvironmentForm(observation: [48], actions: .choices(4), states: 48, stepLimit: stepLimit)
  }

  package func begin(_ state: inout Int, _ stream: inout RandomStream) { state = initial }

  package func advance(
    _ state: inout Int, _ action: Action, _ stream: inout RandomStream
  ) -> (reward: Double, end: EpisodeEnd) {
    let direction = isSlippery ? (action.choice + stream.below(3) + 3) & 3 : action.choice
    let (row, column) = (state / 12, state % 12)
    switch direction {
    case 0: state = max(row - 1, 0) * 12 + column
    case 1: state = row * 12 + min(column + 1, 11)
    case 2: state = min(row + 1, 3) * 12 + column
    default: state = row * 12 + max(column - 1, 0)
    }
    if state == 47 { return (-1, .terminated) }
    if state > 36 {
      state = 36
      return (-100, .goesOn)
    }
    return (-1, .goesOn)
  }

  package func observe(_ state: Int, into target: UnsafeMutablePointer<Float>) {
    target.update(repeating: 0, count: 48)
    target[state] = 1
  }

  package func number(_ state: Int) -> Int { state }

  package func parts(of state: Int) -> [SIMD2<Double>] {
    [SIMD2(11, -3), SIMD2(Double(state % 12), -Double(state / 12))]
  }
}
