import Experiments
import Parts
import Randomness

/// Hyperband: brackets of successive halving from daring to careful, over and over (Li, Jamieson, DeSalvo, Rostamizadeh
/// and Talwalkar, "Hyperband: a novel bandit-based approach to hyperparameter optimization", JMLR 18, 2018, algorithm 1).
///
/// Deviation: a promoted configuration goes on from its checkpoint, and is charged for the rest only.
package struct Hyperband: Tuner {
  package static let name = "hyperband"
  package static let revision = 1
  package static let summary =
    "brackets of successive halving, from many configurations on little to few on all"
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
    let source = RandomStarters(space: space, stream: stream)
    return BracketSearch(
      budget, eta: eta, source: source, bracket: Self.brackets(eta: eta, units: budget.units))
  }

  /// The bracket of each number: the lowest first rung first, and around again.
  package static func brackets(eta: Int, units: Int) -> (Int) -> Bracket {
    let deepest = Bracket.deepest(eta: eta, units: units)
    return { number in
      .hyperband(deepest - number % (deepest + 1), deepest: deepest, eta: eta, units: units)
    }
  }
}
