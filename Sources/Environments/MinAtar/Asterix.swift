import Experiments
import Parts
import Randomness

/// MinAtar's Asterix: enemies and treasure cross the screen; treasure gives 1, an enemy ends the game. Spawning and
/// moving grow faster in turn, every 100 steps or so.
///
/// Channels: player, enemy, trail, gold.
package struct Asterix: Environment {
  package static let name = "asterix"
  package static let revision = 1
  package static let summary = "MinAtar's Asterix: collect treasure, avoid enemies"
  package static let hyperparameters = MinAtarSettings.declaration

  private let settings: MinAtarSettings

  package init(_ settings: Settings) { self.settings = MinAtarSettings(settings) }

  package func start(copies: Int, stream: RandomStream, levels: LevelSet) -> Episodes {
    settings.start(AsterixGame.self, copies: copies, stream: stream)
  }
}

struct AsterixGame: MinAtarGame {
  static let channels = 4
  static let moves: [MinAtarMove] = [.none, .left, .up, .right, .down]
  static let initial = State()

  struct Entity: BitwiseCopyable {
    var exists = false
    var x: Int8 = 0
    var goesRight = false
    var isGold = false
  }

  struct State: BitwiseCopyable, Sendable {
    var x = 5
    var y = 5
    /// The entity of slot i is in row i + 1.
    var entities = InlineArray<8, Entity>(repeating: Entity())
    var spawnInterval = 10
    var spawnTimer = 10
    var moveInterval = 5
    var moveTimer = 5
    var rampTimer = 100
    var ramps = 0
  }

  let isRamping: Bool

  func begin(_ state: inout State, _ stream: inout RandomStream) { state = State() }

  func act(
    _ state: inout State, _ move: MinAtarMove, _ stream: inout RandomStream
  ) -> (reward: Double, end: EpisodeEnd) {
    var (reward, isOver) = (0.0, false)
    if state.spawnTimer == 0 {
      spawn(&state, &stream)
      state.spawnTimer = state.spawnInterval
    }
    switch move {
    case .left: state.x = max(0, state.x - 1)
    case .right: state.x = min(9, state.x + 1)
    case .up: state.y = max(1, state.y - 1)
    case .down: state.y = min(8, state.y + 1)
    default: break
    }
    /// What happens when the entity of the player's row is met.
    func meet(_ state: inout State, _ slot: Int) {
      guard state.entities[slot].exists, slot + 1 == state.y, Int(state.entities[slot].x) == state.x else {
        return
      }
      if state.entities[slot].isGold {
        state.entities[slot].exists = false
        reward += 1
      } else {
        isOver = true
      }
    }
    for slot in 0..<8 { meet(&state, slot) }
    if state.moveTimer == 0 {
      state.moveTimer = state.moveInterval
      for slot in 0..<8 where state.entities[slot].exists {
        state.entities[slot].x += state.entities[slot].goesRight ? 1 : -1
        if state.entities[slot].x < 0 || state.entities[slot].x > 9 { state.entities[slot].exists = false }
        meet(&state, slot)
      }
    }
    state.spawnTimer -= 1
    state.moveTimer -= 1
    if isRamping && (state.spawnInterval > 1 || state.moveInterval > 1) { ramp(&state) }
    return (reward, isOver ? .terminated : .goesOn)
  }

  private func ramp(_ state: inout State) {
    if state.rampTimer >= 0 {
      state.rampTimer -= 1
      return
    }
    if state.moveInterval > 1 && state.ramps % 2 == 1 { state.moveInterval -= 1 }
    if state.spawnInterval > 1 { state.spawnInterval -= 1 }
    state.ramps += 1
    state.rampTimer = 100
  }

  private func spawn(_ state: inout State, _ stream: inout RandomStream) {
    let goesRight = stream.uniform() < 0.5
    let isGold = stream.uniform() < 1.0 / 3.0
    var free = 0
    for slot in 0..<8 where !state.entities[slot].exists { free += 1 }
    guard free > 0 else { return }
    var rank = stream.below(free)
    for slot in 0..<8 where !state.entities[slot].exists {
      if rank == 0 {
        state.entities[slot] = Entity(
          exists: true, x: goesRight ? 0 : 9, goesRight: goesRight, isGold: isGold)
        return
      }
      rank -= 1
    }
  }

  func draw(_ state: State, _ screen: MinAtarScreen) {
    screen.set(row: state.y, column: state.x, 0)
    for slot in 0..<8 where state.entities[slot].exists {
      let entity = state.entities[slot]
      let x = Int(entity.x)
      screen.set(row: slot + 1, column: x, entity.isGold ? 3 : 1)
      let back = entity.goesRight ? x - 1 : x + 1
      if back >= 0 && back <= 9 { screen.set(row: slot + 1, column: back, 2) }
    }
  }
}
