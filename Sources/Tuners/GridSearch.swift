import Experiments
import Parts
import Randomness

/// A full grid over the space, as fine as the budget allows.
///
/// Every numeric dimension has the same resolution, the largest with which the grid fits the budget (an integer
/// dimension has fewer points where its range is shorter); a choice takes part with all its options. What does not
/// exist under a choice adds no points, and forbidden combinations are left out. Row-major order, parents first and
/// then by name: the last dimension varies fastest. Where the choices alone exceed the budget, a subset is taken in
/// which every option of a choice that always exists occurs as often as the others, give or take what the budget
/// leaves over (and but for what is forbidden).
package struct GridSearch: Tuner {
  package static let name = "grid"
  package static let revision = 1
  package static let summary = "a full grid, as fine as the budget allows, ends of ranges included"
  package static let hyperparameters: [Hyperparameter] = []

  package init(_ settings: Settings) {}

  package func search(
    _ space: Space, budget: SearchBudget,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch {
    let grid = Grid(space: space, limit: budget.trials)
    return BatchSearch(budget, grid.configurations)
  }
}
