import Experiments
import Parts
import Randomness

/// Points of a Sobol sequence scrambled by the seed: they fill the space more evenly than independent draws.
///
/// Each dimension takes one coordinate of every point, whether it exists or not, as a quantile of its distribution.
/// Suggestion i depends on the space, the stream and i alone.
package struct SobolSearch: Tuner {
  package static let name = "sobol"
  package static let revision = 1
  package static let summary = "an even spread over the space: a Sobol sequence scrambled by the seed"
  package static let hyperparameters: [Hyperparameter] = []

  package init(_ settings: Settings) {}

  package func search(
    _ space: Space, budget: SearchBudget,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch {
    let sequence = SobolSequence(dimensions: space.dimensions.count, scrambledBy: stream)
    return BatchSearch(budget, sequence.configurations(space, count: budget.trials))
  }
}
