import Randomness

/// What one copy of an environment does: its states, how an episode begins, and what an action leads to.
package protocol Rules: Sendable {
  /// All that a copy remembers, as plain bytes, so that it can be saved and restored. Its fields leave no gaps between
  /// them (large ones first), so that equal states have equal bytes.
  associatedtype State: BitwiseCopyable & Sendable

  var form: EnvironmentForm { get }
  /// A state before any episode.
  var initial: State { get }

  /// Begins an episode.
  func begin(_ state: inout State, _ stream: inout RandomStream)

  /// Takes one step and says its reward and whether the episode is over.
  func advance(
    _ state: inout State, _ action: Action, _ stream: inout RandomStream
  ) -> (reward: Double, end: EpisodeEnd)

  /// Writes what is observed of a state, `form.observationCount` numbers.
  func observe(_ state: State, into target: UnsafeMutablePointer<Float>)

  /// Where the moving parts are, from the fixed to the loose end, for pictures: at most three; none where there is no
  /// such picture.
  func parts(of state: State) -> [SIMD2<Double>]

  /// The state's number in 0 ..< `form.states`, where states are numbered.
  func number(_ state: State) -> Int
}

extension Rules {
  package func number(_ state: State) -> Int { 0 }
  package func parts(of state: State) -> [SIMD2<Double>] { [] }
}

/// An action of one copy: the number of a choice, or numbers.
package struct Action {
  package let choice: Int
  package let numbers: UnsafePointer<Float>

  package init(choice: Int, numbers: UnsafePointer<Float>) {
    self.choice = choice
    self.numbers = numbers
  }
}

/// The actions an environment takes.
package enum ActionSpace: Hashable, Sendable {
  /// One of that many, numbered from 0.
  case choices(Int)
  /// So many numbers in −bound … bound; those beyond are taken as the bound.
  case numbers(count: Int, bound: Double)

  /// The size of a continuous action; 0 for choices.
  package var numbers: Int {
    switch self {
    case .choices: 0
    case .numbers(let count, _): count
    }
  }
}

/// What an environment looks like from outside.
package struct EnvironmentForm: Hashable, Sendable {
  /// How the numbers observed are arranged, row-major; one number for plain vectors.
  package let observation: [Int]
  package let actions: ActionSpace
  /// The number of states where they are numbered, as tabular agents need.
  package let states: Int?
  /// The steps after which an episode is cut off; nil for none.
  package let stepLimit: Int?

  package init(observation: [Int], actions: ActionSpace, states: Int? = nil, stepLimit: Int?) {
    self.observation = observation
    self.actions = actions
    self.states = states
    self.stepLimit = stepLimit
  }

  package var observationCount: Int { observation.reduce(1, *) }
}
