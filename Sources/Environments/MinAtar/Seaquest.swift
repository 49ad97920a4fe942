import Experiments
import Parts
import Randomness

/// MinAtar's Seaquest: a submarine shoots fish and submarines for 1 each, collects divers and must surface for air;
/// with six divers aboard surfacing gives up to 10, with none it ends the game. It grows harder with each surfacing.
///
/// Channels: bow, stern, own bullet, trail, enemy bullet, fish, enemy submarine, air gauge, diver gauge, diver.
package struct Seaquest: Environment {
  package static let name = "seaquest"
  package static let revision = 1
  package static let summary = "MinAtar's Seaquest: shoot under water, save divers, surface for air"
  package static let hyperparameters = MinAtarSettings.declaration

  private let settings: MinAtarSettings

  package init(_ settings: Settings) { self.settings = MinAtarSettings(settings) }

  package func start(copies: Int, stream: RandomStream, levels: LevelSet) -> Episodes {
    settings.start(SeaquestGame.self, copies: copies, stream: stream)
  }
}

struct SeaquestGame: MinAtarGame {
  static let channels = 10
  static let moves: [MinAtarMove] = [.none, .left, .up, .right, .down, .fire]
  static let initial = State()

  /// A bullet, fish, submarine or diver, in eight bytes.
  struct Thing: BitwiseCopyable, Sendable {
    /// x, y, the step to the right or left, steps until it moves, steps until it shoots.
    private var numbers: SIMD8<Int8>

    init(x: Int8 = 0, y: Int8 = 0, step: Int8 = -1, moveTimer: Int8 = 0, shotTimer: Int8 = 0) {
      numbers = SIMD8(x, y, step, moveTimer, shotTimer, 0, 0, 0)
    }

    @inline(__always) var x: Int8 {
      get { numbers[0] }
      set { numbers[0] = newValue }
    }
    @inline(__always) var y: Int8 {
      get { numbers[1] }
      set { numbers[1] = newValue }
    }
    @inline(__always) var step: Int8 {
      get { numbers[2] }
      set { numbers[2] = newValue }
    }
    @inline(__always) var moveTimer: Int8 {
      get { numbers[3] }
      set { numbers[3] = newValue }
    }
    @inline(__always) var shotTimer: Int8 {
      get { numbers[4] }
      set { numbers[4] = newValue }
    }

    @inline(__always) var isOutside: Bool { x < 0 || x > 9 }
    @inline(__always) var back: Int { Int(x - step) }
    @inline(__always) mutating func move() { x += step }
    @inline(__always) func meets(_ other: Thing) -> Bool { x == other.x && y == other.y }
  }

  typealias List = MinAtarList<Thing>

  struct State: BitwiseCopyable, Sendable {
    /// The player's submarine.
    var own = Thing(x: 5, y: 0)
    var bullets = List(repeating: Thing())
    var enemyBullets = List(repeating: Thing())
    var fish = List(repeating: Thing())
    var submarines = List(repeating: Thing())
    var divers = List(repeating: Thing())
    var air = 200
    /// −1 right after surfacing with none to spare, as in the published program.
    var diversAboard = 0
    var spawnInterval = 20
    var spawnTimer = 20
    var diverTimer = 30
    var moveInterval = 5
    var ramps = 0
    var shotTimer = 0
    var isAtSurface = true
  }

  let isRamping: Bool

  func begin(_ state: inout State, _ stream: inout RandomStream) { state = State() }

  func act(
    _ state: inout State, _ move: MinAtarMove, _ stream: inout RandomStream
  ) -> (reward: Double, end: EpisodeEnd) {
    var turn = Turn()
    if state.spawnTimer == 0 {
      spawnEnemy(&state, &stream)
      state.spawnTimer = state.spawnInterval
    }
    if state.diverTimer == 0 {
      let goesRight = stream.uniform() < 0.5
      let y = Int8(1 + stream.below(8))
      state.divers.append(Thing(x: goesRight ? 0 : 9, y: y, step: goesRight ? 1 : -1, moveTimer: 5))
      state.diverTimer = 30
    }
    steer(&state, move)
    moveBullets(&state, &turn)
    moveDivers(&state)
    moveSubmarines(&state, &turn)
    moveEnemyBullets(&state, &turn)
    moveFish(&state, &turn)
    state.spawnTimer = max(state.spawnTimer - 1, 0)
    state.diverTimer = max(state.diverTimer - 1, 0)
    state.shotTimer = max(state.shotTimer - 1, 0)
    breathe(&state, &turn)
    return (turn.reward, turn.isOver ? .terminated : .goesOn)
  }

  private struct Turn {
    var reward = 0.0
    var isOver = false
  }

  private func steer(_ state: inout State, _ move: MinAtarMove) {
    switch move {
    case .fire where state.shotTimer == 0:
      state.bullets.append(state.own)
      state.shotTimer = 5
    case .left:
      state.own.x = max(0, state.own.x - 1)
      state.own.step = -1
    case .right:
      state.own.x = min(9, state.own.x + 1)
      state.own.step = 1
    case .up: state.own.y = max(0, state.own.y - 1)
    case .down: state.own.y = min(8, state.own.y + 1)
    default: break
    }
  }

  /// Removes the first of `list` where `thing` is; says whether there was one.
  @inline(__always)
  private func hit(_ list: inout List, at thing: Thing) -> Bool {
    for i in 0..<list.count where list[i].meets(thing) {
      list.remove(at: i)
      return true
    }
    return false
  }

  private func moveBullets(_ state: inout State, _ turn: inout Turn) {
    for i in (0..<state.bullets.count).reversed() {
      state.bullets[i].move()
      let bullet = state.bullets[i]
      if bullet.isOutside {
        state.bullets.remove(at: i)
      } else if hit(&state.fish, at: bullet) || hit(&state.submarines, at: bullet) {
        state.bullets.remove(at: i)
        turn.reward += 1
      }
    }
  }

  private func moveDivers(_ state: inout State) {
    for i in (0..<state.divers.count).reversed() {
      if state.divers[i].meets(state.own) && state.diversAboard < 6 {
        state.divers.remove(at: i)
        state.diversAboard += 1
        continue
      }
      if state.divers[i].moveTimer > 0 {
        state.divers[i].moveTimer -= 1
        continue
      }
      state.divers[i].moveTimer = 5
      state.divers[i].move()
      if state.divers[i].isOutside {
        state.divers.remove(at: i)
      } else if state.divers[i].meets(state.own) && state.diversAboard < 6 {
        state.divers.remove(at: i)
        state.diversAboard += 1
      }
    }
  }

  /// Moves one fish or submarine; says whether it is gone.
  @inline(__always)
  private func swim(_ thing: inout Thing, _ state: inout State, _ turn: inout Turn) -> Bool {
    if thing.meets(state.own) { turn.isOver = true }
    if thing.moveTimer > 0 {
      thing.moveTimer -= 1
      return false
    }
    thing.moveTimer = Int8(state.moveInterval)
    thing.move()
    if thing.isOutside { return true }
    if thing.meets(state.own) {
      turn.isOver = true
      return false
    }
    guard hit(&state.bullets, at: thing) else { return false }
    turn.reward += 1
    return true
  }

  private func moveSubmarines(_ state: inout State, _ turn: inout Turn) {
    for i in (0..<state.submarines.count).reversed() {
      var thing = state.submarines[i]
      let isGone = swim(&thing, &state, &turn)
      // One that has just gone shoots all the same.
      if thing.shotTimer == 0 {
        thing.shotTimer = 10
        state.enemyBullets.append(Thing(x: thing.x, y: thing.y, step: thing.step))
      } else {
        thing.shotTimer -= 1
      }
      if isGone { state.submarines.remove(at: i) } else { state.submarines[i] = thing }
    }
  }

  private func moveEnemyBullets(_ state: inout State, _ turn: inout Turn) {
    for i in (0..<state.enemyBullets.count).reversed() {
      if state.enemyBullets[i].meets(state.own) { turn.isOver = true }
      state.enemyBullets[i].move()
      if state.enemyBullets[i].isOutside {
        state.enemyBullets.remove(at: i)
      } else if state.enemyBullets[i].meets(state.own) {
        turn.isOver = true
      }
    }
  }

  private func moveFish(_ state: inout State, _ turn: inout Turn) {
    for i in (0..<state.fish.count).reversed() {
      var thing = state.fish[i]
      if swim(&thing, &state, &turn) { state.fish.remove(at: i) } else { state.fish[i] = thing }
    }
  }

  private func breathe(_ state: inout State, _ turn: inout Turn) {
    if state.air <= 0 { turn.isOver = true }
    if state.own.y > 0 {
      state.air -= 1
      state.isAtSurface = false
    } else if !state.isAtSurface {
      if state.diversAboard == 0 { turn.isOver = true } else { surface(&state, &turn) }
    }
  }

  private func surface(_ state: inout State, _ turn: inout Turn) {
    state.isAtSurface = true
    if state.diversAboard == 6 {
      state.diversAboard = 0
      // Rounded down, also below 0.
      turn.reward += (Double(state.air * 10) / 200).rounded(.down)
    }
    state.air = 200
    state.diversAboard -= 1
    guard isRamping && (state.spawnInterval > 1 || state.moveInterval > 2) else { return }
    if state.moveInterval > 2 && state.ramps % 2 == 1 { state.moveInterval -= 1 }
    if state.spawnInterval > 1 { state.spawnInterval -= 1 }
    state.ramps += 1
  }

  private func spawnEnemy(_ state: inout State, _ stream: inout RandomStream) {
    let step: Int8 = stream.uniform() < 0.5 ? 1 : -1
    let isSubmarine = stream.uniform() < 1.0 / 3.0
    let y = Int8(1 + stream.below(8))
    // None comes the other way in a row that is taken.
    for i in 0..<state.submarines.count
    where state.submarines[i].y == y && state.submarines[i].step != step { return }
    for i in 0..<state.fish.count where state.fish[i].y == y && state.fish[i].step != step {
      return
    }
    let thing = Thing(
      x: step > 0 ? 0 : 9, y: y, step: step, moveTimer: Int8(state.moveInterval), shotTimer: 10)
    if isSubmarine { state.submarines.append(thing) } else { state.fish.append(thing) }
  }

  func draw(_ state: State, _ screen: MinAtarScreen) {
    let (x, y) = (Int(state.own.x), Int(state.own.y))
    screen.set(row: y, column: x, 0)
    // Always inside: a boat turns with the move that takes it from a border.
    screen.set(row: y, column: state.own.back, 1)
    for column in 0..<max(0, state.air) * 10 / 200 { screen.set(row: 9, column: column, 7) }
    if state.diversAboard > 0 {
      for column in 9 - state.diversAboard..<9 { screen.set(row: 9, column: column, 8) }
    }
    for i in 0..<state.bullets.count { draw(state.bullets[i], 2, screen) }
    for i in 0..<state.enemyBullets.count { draw(state.enemyBullets[i], 4, screen) }
    for i in 0..<state.fish.count { draw(state.fish[i], 5, screen, hasTrail: true) }
    for i in 0..<state.submarines.count { draw(state.submarines[i], 6, screen, hasTrail: true) }
    for i in 0..<state.divers.count { draw(state.divers[i], 9, screen, hasTrail: true) }
  }

  @inline(__always)
  private func draw(_ thing: Thing, _ channel: Int, _ screen: MinAtarScreen, hasTrail: Bool = false) {
    screen.set(row: Int(thing.y), column: Int(thing.x), channel)
    if hasTrail && thing.back >= 0 && thing.back <= 9 { screen.set(row: Int(thing.y), column: thing.back, 3) }
  }
}
