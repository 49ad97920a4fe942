import Experiments
import Parts
import Randomness

/// A Latin hypercube: with n trials each dimension's distribution is cut into n equal shares, and each share is used
/// once (McKay, Beckman and Conover, "A comparison of three methods for selecting values of input variables",
/// Technometrics 21, 1979).
///
/// The shares of different dimensions are matched by independent permutations. A forbidden configuration is replaced
/// by an independent draw, so that with forbidden combinations some shares stay empty. Suggestion i depends on the
/// number of trials too.
package struct LatinHypercube: Tuner {
  package static let name = "latin-hypercube"
  package static let revision = 1
  package static let summary =
    "each dimension cut into as many equal shares as there are trials, each used once"
  package static let hyperparameters: [Hyperparameter] = []

  package init(_ settings: Settings) {}

  package func search(
    _ space: Space, budget: SearchBudget,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch {
    let count = budget.trials
    let shares = space.dimensions.indices.map { dimension in
      var random = stream("shares", dimension)
      return random.permutation(count)
    }
    return BatchSearch(
      budget,
      (0..<count).map { i in
        var random = stream("suggestion", i)
        let quantiles = shares.map { (Double($0[i]) + random.uniform()) / Double(count) }
        let configuration = space.configuration { space.dimensions[$0].value(atQuantile: quantiles[$0]) }
        return space.allows(configuration) ? configuration : space.draw(&random)
      })
  }
}
