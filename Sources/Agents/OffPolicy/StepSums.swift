import Environments
import Learning
import Tensors

/// Makes n-step transitions of one copy's steps (Sutton & Barto 2018, eq. 7.1): rewards of n steps summed with their
/// discounts, then the observation n steps on. What is left when an episode ends becomes shorter transitions.
package final class StepSums {
  private let length: Int
  private let discount: Float
  private let width: Int
  private let actionWidth: Int
  /// A ring of the last `length` steps of the episode.
  private let observations: FloatBuffer
  private let actions: FloatBuffer
  private let rewards: FloatBuffer
  private var first = 0
  private var count = 0

  package init(steps: Int, discount: Double, _ form: EnvironmentForm) {
    length = steps
    self.discount = Float(discount)
    width = form.observationCount
    actionWidth = max(form.actions.numbers, 1)
    observations = FloatBuffer(zeros: steps * width)
    actions = FloatBuffer(zeros: steps * actionWidth)
    rewards = FloatBuffer(zeros: steps)
  }

  /// Takes in one step of a copy; hands over every transition that is complete.
  ///
  /// - Parameters:
  ///   - follower: what was observed after the step, before any new episode.
  ///   - add: receives observation, action, reward, weight and following observation.
  package func take(
    _ observation: UnsafePointer<Float>, _ action: UnsafePointer<Float>, reward: Float,
    _ follower: UnsafePointer<Float>, _ end: EpisodeEnd,
    add: (UnsafePointer<Float>, UnsafePointer<Float>, Float, Float, UnsafePointer<Float>) -> Void
  ) {
    let place = (first + count) % length
    (observations.base + place * width).update(from: observation, count: width)
    (actions.base + place * actionWidth).update(from: action, count: actionWidth)
    rewards.base[place] = reward
    count += 1
    while count == length || (end != .goesOn && count > 0) {
      var (sum, factor) = (Float(0), Float(1))
      for k in 0..<count {
        sum += factor * rewards.base[(first + k) % length]
        factor *= discount
      }
      add(
        observations.base + first * width, actions.base + first * actionWidth, sum,
        end == .terminated ? 0 : factor, follower)
      first = (first + 1) % length
      count -= 1
    }
  }

  func exchange(_ archive: StateArchive) throws {
    try archive.exchange("first", &first)
    try archive.exchange("count", &count)
    try archive.exchange("observations", observations)
    try archive.exchange("actions", actions)
    try archive.exchange("rewards", rewards)
  }
}
