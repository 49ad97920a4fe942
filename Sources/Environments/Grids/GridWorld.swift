import Experiments
import Parts
import Randomness

/// Mazes drawn from seeds: find the goal of a square room with random walls; some levels are for training, others for
/// testing (after Cobbe et al., ICML 2020, who show what a few levels are worth).
///
/// A level is a pure function of its number: walls are drawn cell by cell, start and goal in two random cells,
/// until a way leads from one to the other. Training levels are numbered from 0, testing levels from 2³¹. Reward 1 at the
/// goal, −0.01 for every other step; cut off after 4·size² steps. Observation: three planes (agent, goal, wall), row-major. States are
/// numbered by level and cell. Actions: up, right, down, left.
package struct GridWorld: Environment {
  package static let name = "gridworld"
  package static let revision = 1
  package static let summary = "seeded mazes: find the goal; levels for training and others for testing"
  package static let hyperparameters = [
    Hyperparameter("size", .integer(3...15), default: .integer(7), "cells along a side"),
    Hyperparameter("walls", .number(0...0.6), default: .number(0.25), "probability that a cell is a wall"),
    Hyperparameter("slip", .number(0...1), default: .number(0), "probability of a random move instead"),
    Hyperparameter("levels", .integer(1...1_000_000), default: .integer(1), "training levels"),
    Hyperparameter(
      "test-levels", .integer(0...1_000_000), default: .integer(0),
      "levels seen in evaluation only; with 0 the training levels are evaluated"),
  ]

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func start(copies: Int, stream: RandomStream, levels: LevelSet) -> Episodes {
    let rules = GridWorldRules(
      size: settings.integer("size"), walls: settings.number("walls"), slip: settings.number("slip"),
      levels: settings.integer("levels"), testLevels: settings.integer("test-levels"), showing: levels)
    return startEpisodes(rules, copies: copies, stream: stream)
  }
}

package struct GridWorldRules: Rules {
  package struct State: BitwiseCopyable, Sendable {
    var level = 0
    package fileprivate(set) var place: Int16 = 0
    package fileprivate(set) var goal: Int16 = 0
    /// Rows of cells, column 0 the lowest bit; set where a wall is.
    fileprivate var walls = InlineArray<16, UInt16>(repeating: 0)
  }

  package let form: EnvironmentForm
  package let initial = State()
  private let size: Int
  private let wallShare: Double
  private let slip: Double
  private let shown: (first: Int, count: Int)
  /// The number of the first level of the shown set among those that are numbered.
  private let offset: Int

  package init(
    size: Int, walls: Double, slip: Double = 0, levels: Int = 1, testLevels: Int = 0,
    showing set: LevelSet = .training
  ) {
    self.size = size
    wallShare = walls
    self.slip = slip
    let showsTests = set == .testing && testLevels > 0
    shown = showsTests ? (1 << 31, testLevels) : (0, levels)
    offset = showsTests ? levels : 0
    form = EnvironmentForm(
      observation: [3, size, size], actions: .choices(4), states: (levels + testLevels) * size * size,
      stepLimit: 4 * size * size)
  }

  package func begin(_ state: inout State, _ stream: inout RandomStream) {
    state.level = shown.count == 1 ? 0 : stream.below(shown.count)
    build(&state)
  }

  private func build(_ state: inout State) {
    var stream = RandomStream(
      seed: UInt64(shown.first + state.level), role: "level", purpose: "gridworld")
    let cells = size * size
    repeat {
      for row in 0..<size {
        var bits: UInt16 = 0
        for column in 0..<size where stream.uniform() < wallShare { bits |= 1 << UInt16(column) }
        state.walls[row] = bits
      }
      state.place = Int16(stream.below(cells))
      let other = stream.below(cells - 1)
      let start = Int(state.place)
      state.goal = Int16(other >= start ? other + 1 : other)
      clear(&state, start)
      clear(&state, Int(state.goal))
    } while !isConnected(state)
  }

  private func clear(_ state: inout State, _ cell: Int) {
    state.walls[cell / size] &= ~(1 << UInt16(cell % size))
  }

  /// Whether a way leads from the start to the goal: cells reached spread until nothing is added.
  private func isConnected(_ state: State) -> Bool {
    var reached = InlineArray<16, UInt16>(repeating: 0)
    let all = UInt16(truncatingIfNeeded: (1 << size) - 1)
    let (start, goal) = (Int(state.place), Int(state.goal))
    reached[start / size] |= 1 << UInt16(start % size)
    var grew = true
    while grew {
      grew = false
      for row in 0..<size {
        var bits = reached[row] | reached[row] << 1 | reached[row] >> 1
        if row > 0 { bits |= reached[row - 1] }
        if row < size - 1 { bits |= reached[row + 1] }
        bits &= all & ~state.walls[row]
        if bits != reached[row] {
          reached[row] = bits
          grew = true
        }
      }
    }
    return reached[goal / size] >> UInt16(goal % size) & 1 == 1
  }

  package func advance(
    _ state: inout State, _ action: Action, _ stream: inout RandomStream
  ) -> (reward: Double, end: EpisodeEnd) {
    var direction = action.choice
    if slip > 0 && stream.uniform() < slip { direction = stream.below(4) }
    let place = Int(state.place)
    var (row, column) = (place / size, place % size)
    switch direction {
    case 0: row = max(row - 1, 0)
    case 1: column = min(column + 1, size - 1)
    case 2: row = min(row + 1, size - 1)
    default: column = max(column - 1, 0)
    }
    if state.walls[row] >> UInt16(column) & 1 == 0 { state.place = Int16(row * size + column) }
    return state.place == state.goal ? (1, .terminated) : (-0.01, .goesOn)
  }

  package func observe(_ state: State, into target: UnsafeMutablePointer<Float>) {
    let cells = size * size
    target.update(repeating: 0, count: 2 * cells)
    target[Int(state.place)] = 1
    target[cells + Int(state.goal)] = 1
    for row in 0..<size {
      for column in 0..<size {
        target[2 * cells + row * size + column] = Float(state.walls[row] >> UInt16(column) & 1)
      }
    }
  }

  package func number(_ state: State) -> Int {
    (offset + state.level) * size * size + Int(state.place)
  }

  package func parts(of state: State) -> [SIMD2<Double>] {
    [state.goal, state.place].map { SIMD2(Double(Int($0) % size), -Double(Int($0) / size)) }
  }
}
