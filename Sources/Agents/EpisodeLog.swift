import Environments
import Learning

/// The episodes that ended while an agent learned: the step each ended at, over all copies, and its return.
package struct EpisodeLog: Sendable {
  package private(set) var steps: [Double] = []
  package private(set) var returns: [Double] = []

  package init() {
    // So that recording seldom allocates while something is learned.
    steps.reserveCapacity(4096)
    returns.reserveCapacity(4096)
  }

  /// Takes in the episodes that ended in the last step.
  mutating func record(_ episodes: Episodes, at step: Int) {
    for i in 0..<episodes.copies where episodes.ends[i] != .goesOn {
      steps.append(Double(step))
      returns.append(episodes.returns[i])
    }
  }

  /// The first step at which the mean return of the last `window` episodes is at least `threshold`.
  package func steps(to threshold: Double, window: Int = 100) -> Int? {
    var sum = 0.0
    for i in returns.indices {
      sum += returns[i]
      if i >= window { sum -= returns[i - window] }
      if i >= window - 1 && sum / Double(window) >= threshold { return Int(steps[i]) }
    }
    return nil
  }

  mutating func exchange(_ archive: StateArchive) throws {
    var count = steps.count
    try archive.exchange("episodes", &count)
    if archive.isRestoring {
      steps = [Double](repeating: 0, count: count)
      returns = steps
    }
    try archive.exchange("episode-steps", &steps)
    try archive.exchange("episode-returns", &returns)
  }
}
