import Experiments
import Parts
import Randomness

/// MinAtar's Space Invaders: a cannon shoots at a block of aliens for 1 each; they shoot back, and come down at the
/// borders. Each new block may move faster than the one before.
///
/// Channels: cannon, alien, alien going left, alien going right, own bullet, enemy bullet. Nothing is random but
/// sticky actions.
package struct SpaceInvaders: Environment {
  package static let name = "space-invaders"
  package static let revision = 1
  package static let summary = "MinAtar's Space Invaders: shoot aliens before they come down"
  package static let hyperparameters = MinAtarSettings.declaration

  private let settings: MinAtarSettings

  package init(_ settings: Settings) { self.settings = MinAtarSettings(settings) }

  package func start(copies: Int, stream: RandomStream, levels: LevelSet) -> Episodes {
    settings.start(SpaceInvadersGame.self, copies: copies, stream: stream)
  }
}

struct SpaceInvadersGame: MinAtarGame {
  static let channels = 6
  static let moves: [MinAtarMove] = [.none, .left, .right, .fire]
  static let initial = State()

  /// Ten rows of ten bits, column 0 the lowest.
  typealias Grid = InlineArray<10, UInt16>

  struct State: BitwiseCopyable, Sendable {
    var x = 5
    var moveInterval = 12
    var moveTimer = 12
    var shotTimer = 0
    var alienShotTimer = 10
    var own = Grid(repeating: 0)
    var enemy = Grid(repeating: 0)
    var aliens = SpaceInvadersGame.block
    var goesRight = false
  }

  /// Four rows of six aliens.
  static let block: Grid = {
    var grid = Grid(repeating: 0)
    for row in 0..<4 { grid[row] = 0b00_1111_1100 }
    return grid
  }()

  let isRamping: Bool

  func begin(_ state: inout State, _ stream: inout RandomStream) { state = State() }

  func act(
    _ state: inout State, _ move: MinAtarMove, _ stream: inout RandomStream
  ) -> (reward: Double, end: EpisodeEnd) {
    var isOver = false
    switch move {
    case .fire where state.shotTimer == 0:
      state.own[9] |= 1 << UInt16(state.x)
      state.shotTimer = 5
    case .left: state.x = max(0, state.x - 1)
    case .right: state.x = min(9, state.x + 1)
    default: break
    }
    for row in 0..<9 { state.own[row] = state.own[row + 1] }
    state.own[9] = 0
    for row in (1..<10).reversed() { state.enemy[row] = state.enemy[row - 1] }
    state.enemy[0] = 0
    let cannon = UInt16(1) << UInt16(state.x)
    if (state.enemy[9] | state.aliens[9]) & cannon != 0 { isOver = true }
    if state.moveTimer == 0 {
      state.moveTimer = min(count(state.aliens), state.moveInterval)
      if moveAliens(&state) || state.aliens[9] & cannon != 0 { isOver = true }
    }
    if state.alienShotTimer == 0 {
      state.alienShotTimer = 10
      shoot(&state)
    }
    var hits = 0
    for row in 0..<10 {
      let hit = state.aliens[row] & state.own[row]
      hits += hit.nonzeroBitCount
      state.aliens[row] &= ~hit
      state.own[row] &= ~hit
    }
    if state.shotTimer > 0 { state.shotTimer -= 1 }
    state.moveTimer -= 1
    state.alienShotTimer -= 1
    if count(state.aliens) == 0 {
      if state.moveInterval > 6 && isRamping { state.moveInterval -= 1 }
      for row in 0..<4 { state.aliens[row] = Self.block[row] }
    }
    return (Double(hits), isOver ? .terminated : .goesOn)
  }

  /// Moves the block sideways, or at a border down; says whether an alien had already reached the bottom row.
  private func moveAliens(_ state: inout State) -> Bool {
    var columns: UInt16 = 0
    for row in 0..<10 { columns |= state.aliens[row] }
    guard columns & (state.goesRight ? 1 << 9 : 1) != 0 else {
      for row in 0..<10 {
        state.aliens[row] = state.goesRight ? state.aliens[row] << 1 : state.aliens[row] >> 1
      }
      return false
    }
    state.goesRight.toggle()
    let bottom = state.aliens[9]
    for row in (1..<10).reversed() { state.aliens[row] = state.aliens[row - 1] }
    state.aliens[0] = bottom
    return bottom != 0
  }

  /// The lowest alien of the column nearest to the cannon, the left one of two as near, shoots.
  private func shoot(_ state: inout State) {
    var columns: UInt16 = 0
    for row in 0..<10 { columns |= state.aliens[row] }
    for distance in 0..<10 {
      if shoot(from: state.x - distance, columns, &state) || shoot(from: state.x + distance, columns, &state)
      {
        return
      }
    }
  }

  /// Lets the lowest alien of a column shoot; false where there is none.
  private func shoot(from column: Int, _ columns: UInt16, _ state: inout State) -> Bool {
    guard column >= 0 && column <= 9 && columns >> UInt16(column) & 1 == 1 else { return false }
    var row = 9
    while state.aliens[row] >> UInt16(column) & 1 == 0 { row -= 1 }
    state.enemy[row] |= 1 << UInt16(column)
    return true
  }

  private func count(_ grid: Grid) -> Int {
    var count = 0
    for row in 0..<10 { count += grid[row].nonzeroBitCount }
    return count
  }

  func draw(_ state: State, _ screen: MinAtarScreen) {
    screen.set(row: 9, column: state.x, 0)
    for row in 0..<10 {
      screen.set(row: row, bits: state.aliens[row], 1)
      screen.set(row: row, bits: state.aliens[row], state.goesRight ? 3 : 2)
      screen.set(row: row, bits: state.own[row], 4)
      screen.set(row: row, bits: state.enemy[row], 5)
    }
  }
}
