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

  /// What the copies remember: their states, streams, steps and returns so far.
  private let memory: CopyMemory
  private let picture: (UnsafeRawPointer, Int) -> [SIMD2<Double>]
  private let move: (Episodes, UnsafeMutableRawPointer) -> Void
  private let rewrite: (Episodes, UnsafeRawPointer) -> Void
  fileprivate let streams: UnsafeMutablePointer<RandomStream>
  fileprivate let steps: UnsafeMutablePointer<Int>
  fileprivate let sums: UnsafeMutablePointer<Double>

  fileprivate init(
    _ form: EnvironmentForm, copies: Int, memory: CopyMemory, stream: RandomStream,
    begin: (Episodes, UnsafeMutableRawPointer) -> Void,
    picture: @escaping (UnsafeRawPointer, Int) -> [SIMD2<Double>],
    rewrite: @escaping (Episodes, UnsafeRawPointer) -> Void,
    move: @escaping (Episodes, UnsafeMutableRawPointer) -> Void
  ) {
    self.form = form
    self.copies = copies
    self.memory = memory
    self.move = move
    self.picture = picture
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
    steps = zeros(copies)
    sums = zeros(copies)
    streams = .allocate(capacity: copies)
    for i in 0..<copies { (streams + i).initialize(to: stream.indexed(i)) }
    ends = .allocate(capacity: copies)
    ends.initialize(repeating: .goesOn, count: copies)
    begin(self, memory.start)
    rewrite(self, memory.start)
  }

  deinit {
    memory.start.deallocate()
    for block in [observations, finalObservations, rewards, controls] { block.deallocate() }
    for block in [states, finalStates, choices] { block.deallocate() }
    for block in [returns, sums] { block.deallocate() }
    for block in [lengths, steps] { block.deallocate() }
    ends.deallocate()
    streams.deallocate()
  }

  /// One step of every copy.
  @inline(__always)
  package func advance() { move(self, memory.start) }

  /// Where the moving parts of a copy are; for pictures.
  package func parts(ofCopy copy: Int) -> [SIMD2<Double>] { picture(memory.start, copy) }

  /// The bytes of all that later steps depend on, to be saved, or overwritten with saved ones.
  package func exchange(_ body: (UnsafeMutableRawBufferPointer) throws -> Void) rethrows {
    // One by one: what lies between two states or two streams is nobody's.
    let blocks = (0..<copies).flatMap { i in
      [
        UnsafeMutableRawBufferPointer(start: memory.start + i * memory.stride, count: memory.size),
        UnsafeMutableRawBufferPointer(start: streams + i, count: MemoryLayout<RandomStream>.size),
        UnsafeMutableRawBufferPointer(start: steps + i, count: MemoryLayout<Int>.size),
        UnsafeMutableRawBufferPointer(start: sums + i, count: MemoryLayout<Double>.size),
      ]
    }
    var bytes = blocks.flatMap { Array($0) }
    try bytes.withUnsafeMutableBytes { try body($0) }
    var place = 0
    for block in blocks {
      block.copyBytes(from: bytes[place..<place + block.count])
      place += block.count
    }
    rewrite(self, memory.start)
  }
}

/// Memory for the states of all copies.
private struct CopyMemory {
  let start: UnsafeMutableRawPointer
  let size: Int
  let stride: Int

  init<State>(for type: State.Type, copies: Int) {
    (size, stride) = (MemoryLayout<State>.size, MemoryLayout<State>.stride)
    start = .allocate(byteCount: copies * stride, alignment: max(MemoryLayout<State>.alignment, 16))
  }
}

/// Starts copies that follow `rules`; copy i draws from `stream` with index i.
///
/// Inlined where the rules are known, so that the loop over the copies is compiled for them.
@inline(__always)
func startEpisodes<Game: Rules>(_ rules: Game, copies: Int, stream: RandomStream) -> Episodes {
  precondition(copies > 0, "an environment needs at least one copy")
  let form = rules.form
  let width = form.observationCount
  let numbers = form.actions.numbers
  let limit = form.stepLimit ?? .max
  return Episodes(
    form, copies: copies, memory: CopyMemory(for: Game.State.self, copies: copies), stream: stream
  ) { episodes, memory in
    let all = memory.bindMemory(to: Game.State.self, capacity: episodes.copies)
    for i in 0..<episodes.copies {
      (all + i).initialize(to: rules.initial)
      rules.begin(&all[i], &episodes.streams[i])
    }
  } picture: { memory, copy in
    rules.parts(of: memory.assumingMemoryBound(to: Game.State.self)[copy])
  } rewrite: { episodes, memory in
    let all = memory.assumingMemoryBound(to: Game.State.self)
    for i in 0..<episodes.copies {
      rules.observe(all[i], into: episodes.observations + i * width)
      episodes.states[i] = Int32(truncatingIfNeeded: rules.number(all[i]))
    }
  } move: { episodes, memory in
    let all = memory.assumingMemoryBound(to: Game.State.self)
    for i in 0..<episodes.copies {
      let state = all + i
      let action = Action(
        choice: Int(episodes.choices[i]), numbers: UnsafePointer(episodes.controls + i &* numbers))
      let (reward, end) = rules.advance(&state.pointee, action, &episodes.streams[i])
      episodes.steps[i] &+= 1
      episodes.sums[i] += reward
      episodes.rewards[i] = Float(reward)
      let isCutOff = end == .goesOn && episodes.steps[i] >= limit
      episodes.ends[i] = isCutOff ? .truncated : end
      if end != .goesOn || isCutOff {
        rules.observe(state.pointee, into: episodes.finalObservations + i &* width)
        episodes.finalStates[i] = Int32(truncatingIfNeeded: rules.number(state.pointee))
        episodes.returns[i] = episodes.sums[i]
        episodes.lengths[i] = episodes.steps[i]
        episodes.steps[i] = 0
        episodes.sums[i] = 0
        rules.begin(&state.pointee, &episodes.streams[i])
      }
      rules.observe(state.pointee, into: episodes.observations + i &* width)
      episodes.states[i] = Int32(truncatingIfNeeded: rules.number(state.pointee))
    }
  }
}
