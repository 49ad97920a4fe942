import Experiments
import Parts
import Randomness

/// A game of MinAtar (Young & Tian 2019, arXiv 1903.03176): 10 × 10 cells seen as on-off channels.
///
/// Where the paper leaves rules open, the published program (version 1.0.15) decides; random numbers are drawn in
/// its order. Actions are those the game has a use for, in the order none, left, up, right, down, fire.
protocol MinAtarGame: Sendable {
  associatedtype State: BitwiseCopyable & Sendable

  static var channels: Int { get }
  static var moves: [MinAtarMove] { get }
  /// A state before any episode.
  static var initial: State { get }

  init(isRamping: Bool)
  func begin(_ state: inout State, _ stream: inout RandomStream)
  func act(
    _ state: inout State, _ move: MinAtarMove, _ stream: inout RandomStream
  ) -> (reward: Double, end: EpisodeEnd)
  func draw(_ state: State, _ screen: MinAtarScreen)
}

enum MinAtarMove: UInt8, Sendable {
  case none, left, up, right, down, fire
}

/// The channels of an observation, row-major: rows × columns × channels.
struct MinAtarScreen {
  let target: UnsafeMutablePointer<Float>
  let channels: Int

  @inline(__always)
  func set(row: Int, column: Int, _ channel: Int) { target[(row &* 10 &+ column) &* channels &+ channel] = 1 }

  /// Sets the cells of a row whose bits are set, column 0 first.
  @inline(__always)
  func set(row: Int, bits: UInt16, _ channel: Int) {
    var rest = bits
    while rest != 0 {
      set(row: row, column: rest.trailingZeroBitCount, channel)
      rest &= rest &- 1
    }
  }
}

/// A game with sticky actions: with that probability the last action is taken again (also across episodes).
struct MinAtarRules<Game: MinAtarGame>: Rules {
  struct State: BitwiseCopyable, Sendable {
    var game: Game.State
    var last = MinAtarMove.none
  }

  let form: EnvironmentForm
  let initial = State(game: Game.initial)
  private let game: Game
  private let moves = Game.moves
  private let stickiness: Double

  init(stickiness: Double, isRamping: Bool, stepLimit: Int) {
    form = EnvironmentForm(
      observation: [10, 10, Game.channels], actions: .choices(Game.moves.count), stepLimit: stepLimit)
    game = Game(isRamping: isRamping)
    self.stickiness = stickiness
  }

  func begin(_ state: inout State, _ stream: inout RandomStream) { game.begin(&state.game, &stream) }

  @inline(__always)
  func advance(
    _ state: inout State, _ action: Action, _ stream: inout RandomStream
  ) -> (reward: Double, end: EpisodeEnd) {
    if stream.uniform() >= stickiness { state.last = moves[action.choice] }
    return game.act(&state.game, state.last, &stream)
  }

  @inline(__always)
  func observe(_ state: State, into target: UnsafeMutablePointer<Float>) {
    target.update(repeating: 0, count: 100 * Game.channels)
    game.draw(state.game, MinAtarScreen(target: target, channels: Game.channels))
  }
}

/// The settings the games share, and how a game is started with them.
struct MinAtarSettings: Sendable {
  private static let sticky = Hyperparameter(
    "sticky-actions", .number(0...1), default: .number(0.1),
    "probability that the last action is repeated instead of the chosen one")
  private static let ramping = Hyperparameter(
    "difficulty-ramping", .flag, default: .flag(true), "whether the game grows harder while it lasts")
  /// The published program sets none; it serves agents that learn to stay safe for ever.
  private static let limit = Hyperparameter.stepLimit(5000)

  /// Of a game that grows harder.
  static let declaration = [sticky, ramping, limit]
  /// Of a game that stays as it is.
  static let declarationWithoutRamping = [sticky, limit]

  private let stickiness: Double
  private let isRamping: Bool
  private let stepLimit: Int

  init(_ settings: Settings) {
    stickiness = settings.number("sticky-actions")
    isRamping = settings[Self.ramping.name] != nil && settings.flag(Self.ramping.name)
    stepLimit = settings.integer("step-limit")
  }

  func start<Game: MinAtarGame>(_ game: Game.Type, copies: Int, stream: RandomStream) -> Episodes {
    startEpisodes(
      MinAtarRules<Game>(stickiness: stickiness, isRamping: isRamping, stepLimit: stepLimit),
      copies: copies, stream: stream)
  }
}

/// Up to 64 moving things of one kind, in the order of their appearance.
struct MinAtarList<Element: BitwiseCopyable & Sendable>: BitwiseCopyable, Sendable {
  private var elements: InlineArray<64, Element>
  private(set) var count = 0

  init(repeating element: Element) { elements = InlineArray(repeating: element) }

  @inline(__always)
  subscript(i: Int) -> Element {
    get { elements[i] }
    set { elements[i] = newValue }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    precondition(count < 64, "no game has that many things of a kind at once")
    elements[count] = element
    count += 1
  }

  @inline(__always)
  mutating func remove(at place: Int) {
    count -= 1
    for i in place..<count { elements[i] = elements[i + 1] }
  }

  @inline(__always)
  mutating func removeAll() { count = 0 }
}
