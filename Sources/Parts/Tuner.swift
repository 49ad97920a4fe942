import Experiments
import Randomness

/// A way of searching: suggests configurations, is told their scores, in synchronous batches.
///
/// Suggestion i depends on the space, the budget, the stream, i and the scores of earlier batches, never on which
/// worker finished first.
package protocol Tuner: Part {
  /// Starts a search of at most `trials` configurations.
  ///
  /// - Parameter stream: gives the random stream for a purpose and an index; equal for equal searches.
  func search(
    _ space: Space, trials: Int, stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch
}

/// One search under way.
package protocol TunerSearch {
  /// The next batch of suggestions; empty when the search is over. Each suggestion sets every dimension by name.
  mutating func ask() -> [Settings]
  /// The scores of the batch just asked, in its order, larger is better; nil for a diverged configuration.
  mutating func tell(_ scores: [Double?])
}
