import Experiments
import Parts
import Randomness

/// MinAtar's Freeway: a chicken crosses eight lanes of cars for 1 each time; a car sends it back; 2500 steps.
///
/// Channels: chicken, car, and a trail for each of five speeds. The published program calls its limit a terminal
/// state; here it is a truncation, which it is. It has no ramping.
package struct Freeway: Environment {
  package static let name = "freeway"
  package static let revision = 1
  package static let summary = "MinAtar's Freeway: cross eight lanes of cars as often as you can"
  package static let hyperparameters = MinAtarSettings.declarationWithoutRamping

  private let settings: MinAtarSettings

  package init(_ settings: Settings) { self.settings = MinAtarSettings(settings) }

  package func start(copies: Int, stream: RandomStream, levels: LevelSet) -> Episodes {
    settings.start(FreewayGame.self, copies: copies, stream: stream)
  }
}

struct FreewayGame: MinAtarGame {
  static let channels = 7
  static let moves: [MinAtarMove] = [.none, .up, .down]
  static let initial = State()

  struct Car: BitwiseCopyable {
    var x = 0
    var timer = 0
    /// Steps between two moves, minus one; negative to the left.
    var speed = 0
  }

  struct State: BitwiseCopyable, Sendable {
    /// The chicken's row; its column is 4.
    var y = 9
    var moveTimer = 3
    var stepsLeft = 2500
    /// The car of row i + 1.
    var cars = InlineArray<8, Car>(repeating: Car())
  }

  init(isRamping: Bool) {}

  func begin(_ state: inout State, _ stream: inout RandomStream) {
    state = State()
    drawSpeeds(&state, &stream)
  }

  private func drawSpeeds(_ state: inout State, _ stream: inout RandomStream) {
    for i in 0..<8 { state.cars[i].timer = 1 + stream.below(5) }
    for i in 0..<8 {
      state.cars[i].speed = stream.uniform() > 0.5 ? state.cars[i].timer : -state.cars[i].timer
    }
  }

  func act(
    _ state: inout State, _ move: MinAtarMove, _ stream: inout RandomStream
  ) -> (reward: Double, end: EpisodeEnd) {
    var reward = 0.0
    if state.moveTimer == 0 && (move == .up || move == .down) {
      state.moveTimer = 3
      state.y = move == .up ? max(0, state.y - 1) : min(9, state.y + 1)
    }
    if state.y == 0 {
      reward = 1
      drawSpeeds(&state, &stream)
      state.y = 9
    }
    for i in 0..<8 {
      if state.cars[i].x == 4 && i + 1 == state.y { state.y = 9 }
      if state.cars[i].timer > 0 {
        state.cars[i].timer -= 1
        continue
      }
      state.cars[i].timer = state.cars[i].speed.magnitude.signed
      let x = state.cars[i].x + state.cars[i].speed.signum()
      state.cars[i].x = x < 0 ? 9 : x > 9 ? 0 : x
      if state.cars[i].x == 4 && i + 1 == state.y { state.y = 9 }
    }
    if state.moveTimer > 0 { state.moveTimer -= 1 }
    state.stepsLeft -= 1
    return (reward, state.stepsLeft < 0 ? .truncated : .goesOn)
  }

  func draw(_ state: State, _ screen: MinAtarScreen) {
    screen.set(row: state.y, column: 4, 0)
    for i in 0..<8 {
      let car = state.cars[i]
      screen.set(row: i + 1, column: car.x, 1)
      let back = car.x - car.speed.signum()
      screen.set(
        row: i + 1, column: back < 0 ? 9 : back > 9 ? 0 : back, 1 + car.speed.magnitude.signed)
    }
  }
}

extension UInt {
  fileprivate var signed: Int { Int(self) }
}
