import Environments
import Learning
import Tensors

/// The last transitions, from which batches are drawn: the memory of DQN and SAC.
///
/// A transition leads from an observation by an action to a sum of rewards and a following observation, whose value
/// counts with a weight: the discount to the power of the steps between, 0 where the episode terminated.
final class Replay {
  let capacity: Int
  private(set) var count = 0
  /// Where the next transition goes.
  private(set) var next = 0
  let observations: FloatBuffer
  let following: FloatBuffer
  let rewards: FloatBuffer
  let weights: FloatBuffer
  /// A number of a choice, or the numbers of a continuous action.
  let actions: FloatBuffer
  let width: Int
  let actionWidth: Int

  init(capacity: Int, _ form: EnvironmentForm) {
    self.capacity = capacity
    width = form.observationCount
    actionWidth = max(form.actions.numbers, 1)
    observations = FloatBuffer(zeros: capacity * width)
    following = FloatBuffer(zeros: capacity * width)
    rewards = FloatBuffer(zeros: capacity)
    weights = FloatBuffer(zeros: capacity)
    actions = FloatBuffer(zeros: capacity * actionWidth)
  }

  /// Adds a transition in place of the oldest; gives its place.
  @discardableResult
  func add(
    _ observation: UnsafePointer<Float>, action: UnsafePointer<Float>, reward: Float, weight: Float,
    _ follower: UnsafePointer<Float>
  ) -> Int {
    let place = next
    (observations.base + place * width).update(from: observation, count: width)
    (following.base + place * width).update(from: follower, count: width)
    (actions.base + place * actionWidth).update(from: action, count: actionWidth)
    rewards.base[place] = reward
    weights.base[place] = weight
    next = next + 1 == capacity ? 0 : next + 1
    count = min(count + 1, capacity)
    return place
  }

  func exchange(_ archive: StateArchive) throws {
    try archive.exchange("count", &count)
    try archive.exchange("next", &next)
    guard count <= capacity, next < capacity else { throw StateArchiveError.unlike(entry: "replay") }
    // Only what is filled; the places are filled in order.
    func part(_ name: String, _ buffer: FloatBuffer, _ width: Int) throws {
      let bytes = UnsafeMutableRawBufferPointer(
        start: buffer.base, count: count * width * MemoryLayout<Float>.stride)
      try archive.exchange(name, bytes)
    }
    try part("observations", observations, width)
    try part("following", following, width)
    try part("actions", actions, actionWidth)
    try part("rewards", rewards, 1)
    try part("weights", weights, 1)
  }
}
