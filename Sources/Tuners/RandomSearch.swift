import Experiments
import Parts
import Randomness

/// Independent draws from the space (Bergstra and Bengio, "Random search for hyper-parameter optimization",
/// JMLR 2012).
///
/// Suggestion i depends on the space, the stream and i alone: a search of 4 trials is the beginning of one of
/// 64.
package struct RandomSearch: Tuner {
  package static let name = "random"
  package static let revision = 1
  package static let summary = "independent draws from the space"
  package static let hyperparameters: [Hyperparameter] = []

  package init(_ settings: Settings) {}

  package func search(
    _ space: Space, budget: SearchBudget,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch {
    BatchSearch(
      budget,
      (0..<budget.trials).map { i in
        var random = stream("suggestion", i)
        return space.draw(&random)
      })
  }
}
