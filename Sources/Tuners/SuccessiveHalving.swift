import Experiments
import Parts
import Randomness

/// Successive halving: many configurations start on little, and at each rung the best go on (Jamieson and Talwalkar,
/// "Non-stochastic best arm identification and hyperparameter optimization", AISTATS 2016).
///
/// One bracket as large as the budget allows, its first rung as low as units allow.
package struct SuccessiveHalving: Tuner {
  package static let name = "successive-halving"
  package static let revision = 1
  package static let summary = "many configurations start on little, and at each rung the best go on"
  package static let usesPartialRuns = true
  package static let hyperparameters = [
    Hyperparameter.eta
  ]

  private let eta: Int

  package init(_ settings: Settings) { eta = settings.integer("eta") }

  package func search(
    _ space: Space, budget: SearchBudget,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch {
    let bracket = Bracket(
      count: budget.trials * budget.units, rungs: Bracket.deepest(eta: eta, units: budget.units), eta: eta,
      units: budget.units)
    return BracketSearch(budget, eta: eta, source: RandomStarters(space: space, stream: stream)) { _ in
      bracket
    }
  }
}
