import Experiments
import Parts
import Randomness

/// MinAtar's Breakout: a ball breaks bricks for 1 each and must be kept up by a paddle; three new rows come when all
/// are broken.
///
/// Channels: paddle, ball, trail, brick. It has no ramping.
package struct Breakout: Environment {
  package static let name = "breakout"
  package static let revision = 1
  package static let summary = "MinAtar's Breakout: break bricks with a ball, keep it up with a paddle"
  package static let hyperparameters = MinAtarSettings.declarationWithoutRamping

  private let settings: MinAtarSettings

  package init(_ settings: Settings) { self.settings = MinAtarSettings(settings) }

  package func start(copies: Int, stream: RandomStream, levels: LevelSet) -> Episodes {
    settings.start(BreakoutGame.self, copies: copies, stream: stream)
  }
}

struct BreakoutGame: MinAtarGame {
  static let channels = 4
  static let moves: [MinAtarMove] = [.none, .left, .right]
  static let initial = State()

  struct State: BitwiseCopyable, Sendable {
    var paddle = 4
    var x = 0
    var y = 3
    var lastX = 0
    var lastY = 3
    /// Rows of ten bits.
    var bricks = InlineArray<10, UInt16>(repeating: 0)
    var goesRight = true
    var goesDown = true
    /// Whether the ball is among bricks, of which it breaks only the first.
    var isStriking = false
  }

  init(isRamping: Bool) {}

  private func build(_ state: inout State) {
    for row in 1..<4 { state.bricks[row] = 0x3FF }
  }

  func begin(_ state: inout State, _ stream: inout RandomStream) {
    state = State()
    if stream.below(2) == 1 { (state.x, state.goesRight) = (9, false) }
    state.lastX = state.x
    build(&state)
  }

  func act(
    _ state: inout State, _ move: MinAtarMove, _ stream: inout RandomStream
  ) -> (reward: Double, end: EpisodeEnd) {
    var (reward, isOver) = (0.0, false)
    switch move {
    case .left: state.paddle = max(0, state.paddle - 1)
    case .right: state.paddle = min(9, state.paddle + 1)
    default: break
    }
    (state.lastX, state.lastY) = (state.x, state.y)
    var x = state.x + (state.goesRight ? 1 : -1)
    var y = state.y + (state.goesDown ? 1 : -1)
    if x < 0 || x > 9 {
      x = min(max(x, 0), 9)
      state.goesRight.toggle()
    }
    var touches = false
    if y < 0 {
      y = 0
      state.goesDown.toggle()
    } else if state.bricks[y] >> UInt16(x) & 1 == 1 {
      touches = true
      if !state.isStriking {
        reward = 1
        state.isStriking = true
        state.bricks[y] &= ~(1 << UInt16(x))
        y = state.lastY
        state.goesDown.toggle()
      }
    } else if y == 9 {
      var left: UInt16 = 0
      for row in 0..<10 { left |= state.bricks[row] }
      if left == 0 { build(&state) }
      if state.x == state.paddle {
        state.goesDown.toggle()
        y = state.lastY
      } else if x == state.paddle {
        // Hit at the corner: it goes back where it came from.
        state.goesDown.toggle()
        state.goesRight.toggle()
        y = state.lastY
      } else {
        isOver = true
      }
    }
    if !touches { state.isStriking = false }
    (state.x, state.y) = (x, y)
    return (reward, isOver ? .terminated : .goesOn)
  }

  func draw(_ state: State, _ screen: MinAtarScreen) {
    screen.set(row: 9, column: state.paddle, 0)
    screen.set(row: state.y, column: state.x, 1)
    screen.set(row: state.lastY, column: state.lastX, 2)
    for row in 0..<10 { screen.set(row: row, bits: state.bricks[row], 3) }
  }
}
