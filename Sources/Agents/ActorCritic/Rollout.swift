import Environments
import Experiments
import Learning
import Randomness
import Tensors

/// A stretch of experience of several copies under one policy: what PPO and A2C learn from.
///
/// Row t·copies + i is copy i at the stretch's step t. Truncated episodes are bootstrapped: the value of their last
/// observation stands for what would have come.
final class Rollout {
  let episodes: Episodes
  let horizon: Int
  let rows: Int
  /// rows × observation, as the networks see them.
  let observations: FloatBuffer
  /// One choice a row, or rows × actions numbers as drawn, before they are clipped to the action's bounds.
  let choices: UnsafeMutableBufferPointer<Int32>
  let numbers: FloatBuffer
  /// One number a row: logarithms of the drawn actions' probabilities, the values of the states, and what
  /// `estimate` makes of them.
  let logProbabilities: FloatBuffer
  let values: FloatBuffer
  let advantages: FloatBuffer
  let targets: FloatBuffer
  let normalisation: Normalisation?
  private(set) var log = EpisodeLog()
  private(set) var steps = 0

  private let network: TwinNetwork
  private let actor: Actor
  private let rewards: FloatBuffer
  /// Whether the next row of the copy belongs to another episode, as 0 or 1.
  private let ends: FloatBuffer
  /// The value after the row where that is not the next row's: of the last observation where an episode was cut
  /// off, 0 where it terminated.
  private let afterwards: FloatBuffer
  private let width: Int
  private let copies: Int

  init(_ episodes: Episodes, _ network: TwinNetwork, horizon: Int, normalisation: Normalisation?) {
    self.episodes = episodes
    self.network = network
    self.horizon = horizon
    self.normalisation = normalisation
    copies = episodes.copies
    width = network.inputs
    rows = horizon * copies
    observations = FloatBuffer(zeros: rows * width)
    numbers = FloatBuffer(zeros: rows * max(episodes.form.actions.numbers, 1))
    choices = .allocate(capacity: rows)
    choices.initialize(repeating: 0)
    logProbabilities = FloatBuffer(zeros: rows)
    values = FloatBuffer(zeros: rows)
    advantages = FloatBuffer(zeros: rows)
    targets = FloatBuffer(zeros: rows)
    rewards = FloatBuffer(zeros: rows)
    ends = FloatBuffer(zeros: rows)
    afterwards = FloatBuffer(zeros: rows)
    actor = Actor(network, copies: copies)
  }

  deinit { choices.deallocate() }

  /// Acts for one stretch and estimates its advantages.
  func collect(_ parameters: FloatBuffer, stream: RandomStream, discount: Double, lambda: Double) {
    var stream = stream
    for t in 0..<horizon {
      let first = t * copies
      let seen = observations.base + first * width
      observe(episodes.observations, into: seen, learning: true)
      actor.observations.baseAddress!.update(from: seen, count: copies * width)
      actor.run(parameters)
      (values.base + first).update(from: actor.values.baseAddress!, count: copies)
      draw(first, parameters, &stream)
      episodes.advance()
      steps += copies
      log.record(episodes, at: steps)
      takeIn(first, parameters, discount)
    }
    observe(episodes.observations, into: actor.observations.baseAddress!, learning: false)
    actor.run(parameters)
    estimateAdvantages(
      rewards: rewards.base, values: values.base, ends: ends.base, afterwards: afterwards.base,
      last: actor.values.baseAddress!, copies: copies, horizon: horizon, discount: Float(discount),
      decay: Float(discount * lambda), advantages: advantages.base, targets: targets.base)
  }

  private func observe(
    _ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>, learning: Bool
  ) {
    if let normalisation {
      normalisation.observe(source, rows: copies, into: target, learning: learning)
    } else {
      target.update(from: source, count: copies * width)
    }
  }

  /// Draws each copy's action from the policy.
  private func draw(_ first: Int, _ parameters: FloatBuffer, _ stream: inout RandomStream) {
    switch network.actions {
    case .choices(let count):
      for i in 0..<copies {
        let logits = actor.policy.baseAddress! + i * count
        let (choice, logProbability) = drawChoice(logits, count, stream.uniformFloat())
        choices[first + i] = Int32(choice)
        episodes.choices[i] = Int32(choice)
        logProbabilities.base[first + i] = logProbability
      }
    case .numbers(let count, let bound):
      // The logarithms of the deviations are the last parameters declared.
      let logDeviation = parameters.base + parameters.count - count
      for i in 0..<copies {
        var logProbability: Float = 0
        for j in 0..<count {
          let noise = Float(stream.normal())
          let number = actor.policy[i * count + j] + exponential(logDeviation[j]) * noise
          numbers.base[(first + i) * count + j] = number
          episodes.controls[i * count + j] = min(max(number, Float(-bound)), Float(bound))
          logProbability += -0.5 * noise * noise - logDeviation[j] - 0.9189385
        }
        logProbabilities.base[first + i] = logProbability
      }
    }
  }

  /// Stores what the step gave.
  private func takeIn(_ first: Int, _ parameters: FloatBuffer, _ discount: Double) {
    var isCutOff = false
    for i in 0..<copies {
      rewards.base[first + i] = episodes.rewards[i]
      ends.base[first + i] = episodes.ends[i] == .goesOn ? 0 : 1
      afterwards.base[first + i] = 0
      isCutOff = isCutOff || episodes.ends[i] == .truncated
    }
    normalisation?.scale(rewards.base + first, ends.base + first, discount: discount)
    guard isCutOff else { return }
    observe(episodes.finalObservations, into: actor.observations.baseAddress!, learning: false)
    actor.run(parameters)
    for i in 0..<copies where episodes.ends[i] == .truncated {
      afterwards.base[first + i] = actor.values[i]
    }
  }

  /// Saves or restores the environment and the log; a stretch is never saved half way.
  func exchange(_ archive: StateArchive) throws {
    try archive.exchange("steps", &steps)
    try log.exchange(archive)
    try episodes.exchange { try archive.exchange("environment", $0) }
    if let normalisation { try archive.exchange("normalisation") { try normalisation.exchange(archive) } }
  }
}

/// A choice drawn by inverting the distribution of the softmax of `logits` at `uniform`, with the logarithm of its probability.
@inline(__always)
func drawChoice(
  _ logits: UnsafePointer<Float>, _ count: Int, _ uniform: Float
) -> (choice: Int, logProbability: Float) {
  let highest = logits[indexOfLargest(logits, count: count)]
  var sum: Float = 0
  for j in 0..<count { sum += exponential(logits[j] - highest) }
  var rest = uniform * sum
  var choice = 0
  while choice < count - 1 {
    rest -= exponential(logits[choice] - highest)
    if rest < 0 { break }
    choice += 1
  }
  return (choice, logits[choice] - highest - logarithm(sum))
}
