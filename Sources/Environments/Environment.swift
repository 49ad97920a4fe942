import Experiments
import Parts
import Randomness

/// What a study writes under `environment`: a world that answers actions with observations and rewards.
package protocol Environment: Part {
  /// Starts `copies` of it; copy i draws all its randomness from `stream` with index i.
  ///
  /// - Parameter levels: which levels, where it has any.
  func start(copies: Int, stream: RandomStream, levels: LevelSet) -> Episodes
}

/// Whether an environment of many levels shows those for training or the others.
package enum LevelSet: Sendable {
  case training, testing
}

extension Hyperparameter {
  /// The setting by which environments choose their step limit.
  static func stepLimit(_ steps: Int) -> Hyperparameter {
    Hyperparameter(
      "step-limit", .integer(1...1_000_000), default: .integer(steps),
      "steps after which an episode is cut off")
  }
}
