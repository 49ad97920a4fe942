import Randomness
import Tensors

/// How an episode ended in the last step.
package enum EpisodeEnd: UInt8, Sendable {
  case goesOn
  /// The rules ended it: nothing comes after, so the value of what follows is 0.
  case terminated
  /// A limit on its steps cut it off: what would have followed still has a value.
  case truncated
}

/// Several copies of an environment that step together; a copy whose episode ended starts the next one in the same step.
///
/// The caller writes `choices` or `controls`, calls `advance`, and reads the other arrays, which are the
/// environment's own memory and are overwritten by the next step. A step allocates nothing.
package final class Episodes {
  package let form: EnvironmentForm
  package let copies: Int
  /// What the copies observe now, copies × observation; of the new episode where one ended.
  package let observations: UnsafeMutablePointer<Float>
  /// The last observation of the episode that ended in the last step, copies × observation; meaningless elsewhere.
  package let finalObservations: UnsafeMutablePointer<Float>
  /// Environments of numbered states: the state each copy is in now, and where its ended episode stopped.
  package let states: UnsafeMutablePointer<Int32>
  package let finalStates: UnsafeMutablePointer<Int32>
  /// For each copy, of the last step.
  package let rewards: UnsafeMutablePointer<Float>
  package let ends: UnsafeMutablePointer<EpisodeEnd>
  /// The undiscounted return and the steps of the episode that ended in the last step; meaningless elsewhere.
  package let returns: UnsafeMutablePointer<Double>
  package let lengths: UnsafeMutablePointer<Int>
  /// To be written before a step, one a copy: the number of the chosen action …
  package let choices: UnsafeMutablePointer<Int32>
  /// … or copies × actions numbers.
  package let controls: UnsafeMutablePointer<Float>

  private let memory: UnsafeMutableRawBufferPointer
  private let move: (Episodes, UnsafeMutableRawPointer) -> Void
  private let rewrite: (Episodes, UnsafeMutableRawPointer) -> Void

  fileprivate init(
    _ form: EnvironmentForm, copies: Int, memory: UnsafeMutableRawBufferPointer,
    rewrite: @escaping (Episodes, UnsafeMutableRawPointer) -> Void,
    move: @escaping (Episodes, UnsafeMutableRawPointer) -> Void
  ) {
    self.form = form
    self.copies = copies
    self.memory = memory
    self.move = move
    self.rewrite = rewrite
    func zeros<Element: ExpressibleByIntegerLiteral>(_ count: Int) -> UnsafeMutablePointer<Element> {
      let start = UnsafeMutablePointer<Element>.allocate(capacity: max(count, 1))
      start.initialize(repeating: 0, count: max(count, 1))
      return start
    }
    observations = zeros(copies * form.observationCount)
    finalObservations = zeros(copies * form.observationCount)
    states = zeros(copies)
    finalStates = zeros(copies)
    rewards = zeros(copies)
    returns = zeros(copies)
    lengths = zeros(copies)
    choices = zeros(copies)
    controls = zeros(copies * form.actions.numbers)
    ends = .allocate(capacity: copies)
    ends.initialize(repeating: .goesOn, count: copies)
    rewrite(self, memory.baseAddress!)
  }

  deinit {
    memory.deallocate()
    for block in [observations, finalObservations, rewards, controls] { block.deallocate() }
    for block in [states, finalStates, choices] { block.deallocate() }
    ends.deallocate()
    returns.deallocate()
    lengths.deallocate()
  }

  /// One step of every copy.
  @inline(__always)
  package func advance() { move(self, memory.baseAddress!) }

  /// The bytes of all that later steps depend on, to be saved, or overwritten with saved ones.
  package func exchange(_ body: (UnsafeMutableRawBufferPointer) throws -> Void) rethrows {
    try body(memory)
    rewrite(self, memory.baseAddress!)
  }
}

/// One copy of an environment and its episode so far.
private struct Copy<State: BitwiseCopyable>: BitwiseCopyable {
  var state: State
  var stream: RandomStream
  var steps = 0
  var episodeReturn = 0.0
}

/// Starts copies that follow `rules`; copy i draws from `stream` with index i.
///
/// Inlined where the rules are known, so that the loop over the copies is compiled for them.
@inline(__always)
func startEpisodes<Game: Rules>(_ rules: Game, copies: Int, stream: RandomStream) -> Episodes {
  precondition(copies > 0, "an environment needs at least one copy")
  let form = rules.form
  let bytes = copies * MemoryLayout<Copy<Game.State>>.stride
  let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes, alignment: 16)
  memory.initializeMemory(as: UInt8.self, repeating: 0)
  let first = memory.baseAddress!.bindMemory(to: Copy<Game.State>.self, capacity: copies)
  for i in 0..<copies {
    var copy = Copy(state: rules.initial, stream: stream.indexed(i))
    rules.begin(&copy.state, &copy.stream)
    first[i] = copy
  }
  let width = form.observationCount
  let numbers = form.actions.numbers
  let limit = form.stepLimit ?? .max
  return Episodes(form, copies: copies, memory: memory) { episodes, memory in
    let all = memory.assumingMemoryBound(to: Copy<Game.State>.self)
    for i in 0..<episodes.copies {
      rules.observe(all[i].state, into: episodes.observations + i * width)
      episodes.states[i] = Int32(truncatingIfNeeded: rules.number(all[i].state))
    }
  } move: { episodes, memory in
    let all = memory.assumingMemoryBound(to: Copy<Game.State>.self)
    for i in 0..<episodes.copies {
      let copy = all + i
      let action = Action(
        choice: Int(episodes.choices[i]), numbers: UnsafePointer(episodes.controls + i &* numbers))
      let (reward, end) = rules.advance(&copy.pointee.state, action, &copy.pointee.stream)
      copy.pointee.steps &+= 1
      copy.pointee.episodeReturn += reward
      episodes.rewards[i] = Float(reward)
      let isCutOff = end == .goesOn && copy.pointee.steps >= limit
      episodes.ends[i] = isCutOff ? .truncated : end
      if end != .goesOn || isCutOff {
        rules.observe(copy.pointee.state, into: episodes.finalObservations + i &* width)
        episodes.finalStates[i] = Int32(truncatingIfNeeded: rules.number(copy.pointee.state))
        episodes.returns[i] = copy.pointee.episodeReturn
        episodes.lengths[i] = copy.pointee.steps
        copy.pointee.steps = 0
        copy.pointee.episodeReturn = 0
        rules.begin(&copy.pointee.state, &copy.pointee.stream)
      }
      rules.observe(copy.pointee.state, into: episodes.observations + i &* width)
      episodes.states[i] = Int32(truncatingIfNeeded: rules.number(copy.pointee.state))
    }
  }
}
