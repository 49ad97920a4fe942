import Experiments
import Parts
import Randomness

/// Cross a frozen lake without falling into a hole, as Gymnasium's `FrozenLake-v1` has it: on slippery ice each move
/// goes, with equal chance, the way meant or to either side of it. Reward 1 at the goal.
///
/// States are numbered row by row and observed one-hot. Actions: left, down, right, up. The step limit is 100 on the
/// small map and 200 on the large one.
package struct FrozenLake: Environment {
  package static let name = "frozen-lake"
  package static let revision = 1
  package static let summary = "FrozenLake-v1: reach a goal over slippery ice with holes"
  package static let hyperparameters = [
    Hyperparameter("map", .choice(["4x4", "8x8"]), default: .text("4x4"), "the lake"),
    Hyperparameter("slippery", .flag, default: .flag(true), "whether moves may go to either side"),
  ]

  private let rules: FrozenLakeRules

  package init(_ settings: Settings) {
    rules = FrozenLakeRules(isLarge: settings.text("map") == "8x8", isSlippery: settings.flag("slippery"))
  }

  package func start(copies: Int, stream: RandomStream, levels: LevelSet) -> Episodes {
    startEpisodes(rules, copies: copies, stream: stream)
  }
}

package struct FrozenLakeRules: Rules {
  package let form: EnvironmentForm
  package let initial = 0
  private let size: Int
  private let holes: UInt64
  private let isSlippery: Bool

  package init(isLarge: Bool, isSlippery: Bool) {
    size = isLarge ? 8 : 4
    // Row and column of every hole.
    let places =
      isLarge
      ? [(2, 3), (3, 5), (4, 3), (5, 1), (5, 2), (5, 6), (6, 1), (6, 4), (6, 6), (7, 3)]
      : [(1, 1), (1, 3), (2, 3), (3, 0)]
    var holes: UInt64 = 0
    for (row, column) in places { holes |= 1 << UInt64(row * size + column) }
    self.holes = holes
    self.isSlippery = isSlippery
    form = EnvironmentForm(
      observation: [size * size], actions: .choices(4), states: size * size, stepLimit: isLarge ? 200 : 100)
  }

  package func begin(_ state: inout Int, _ stream: inout RandomStream) { state = 0 }

  package func advance(
    _ state: inout Int, _ action: Action, _ stream: inout RandomStream
  ) -> (reward: Double, end: EpisodeEnd) {
    let direction = isSlippery ? (action.choice + stream.below(3) + 3) & 3 : action.choice
    state = neighbour(of: state, direction)
    if state == size * size - 1 { return (1, .terminated) }
    return (0, holes >> UInt64(state) & 1 == 1 ? .terminated : .goesOn)
  }

  /// The state beside one: left, down, right, up; itself at the shore.
  package func neighbour(of state: Int, _ direction: Int) -> Int {
    let (row, column) = (state / size, state % size)
    switch direction {
    case 0: return row * size + max(column - 1, 0)
    case 1: return min(row + 1, size - 1) * size + column
    case 2: return row * size + min(column + 1, size - 1)
    default: return max(row - 1, 0) * size + column
    }
  }

  package func observe(_ state: Int, into target: UnsafeMutablePointer<Float>) {
    target.update(repeating: 0, count: size * size)
    target[state] = 1
  }

  package func number(_ state: Int) -> Int { state }

  package func parts(of state: Int) -> [SIMD2<Double>] {
    [SIMD2(Double(size - 1), Double(1 - size)), SIMD2(Double(state % size), -Double(state / size))]
  }
}
