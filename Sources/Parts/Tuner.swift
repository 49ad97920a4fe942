import Experiments
import Randomness

/// A way of searching: suggests configurations, is told their scores, in synchronous batches.
///
/// Suggestion i depends on the space, the budget, the stream, i and the scores of earlier batches, never on which
/// worker finished first.
package protocol Tuner: Part {
  /// Whether its suggestions may stop before a whole run or continue one another. With `SearchBudget.units` of 1 such
  /// a tuner asks for whole runs alone.
  static var usesPartialRuns: Bool { get }

  /// Starts a search.
  ///
  /// - Parameter stream: gives the random stream for a purpose and an index; equal for equal searches.
  func search(
    _ space: Space, budget: SearchBudget,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch
}

extension Tuner {
  package static var usesPartialRuns: Bool { false }
}

/// What a search may spend: `trials` whole runs, each of `units`, so `trials` × `units` in all.
///
/// A suggestion costs its own budget, less that of the suggestion it continues; diverged ones count alike.
package struct SearchBudget: Hashable, Sendable {
  /// Whole runs, at least 1.
  package let trials: Int
  /// Units of the declared resource, such as epochs, in a whole run; 1 where a run cannot stop early.
  package let units: Int

  package init(trials: Int, units: Int = 1) {
    precondition(trials >= 1 && units >= 1, "a search has a budget")
    self.trials = trials
    self.units = units
  }
}

/// A configuration to be scored, on how much of a run, from where.
///
/// How it is run: one trial a tuning seed, until the run has used `budget` units in all. Where `continues` names a
/// suggestion, the trial of each seed starts from the checkpoint (weights, optimiser state, units used) that the same
/// seed's trial of that suggestion left at its budget, and goes on with this configuration; so a changed configuration
/// changes hyperparameters in mid-run. Following `continues` back gives the schedule a suggestion stands for. Only
/// suggestions whose budget is the whole run can be selected.
package struct Suggestion: Hashable, Sendable {
  /// A value for every dimension that is active, by name.
  package let configuration: Settings
  /// Where the run stops, in units from the run's very start: 1 ... `SearchBudget.units`.
  package let budget: Int
  /// The number of an earlier batch's suggestion, counted from 0 over the whole search, that did not diverge and whose
  /// budget is smaller; nil starts afresh. Several suggestions may continue the same one.
  package let continues: Int?
  /// The place in a population that is trained side by side, from 0; nil for tuners without one.
  package let member: Int?

  package init(_ configuration: Settings, budget: Int, continues: Int? = nil, member: Int? = nil) {
    self.configuration = configuration
    self.budget = budget
    self.continues = continues
    self.member = member
  }
}

/// One search under way.
package protocol TunerSearch {
  /// The next batch of suggestions; empty when the search is over.
  mutating func ask() -> [Suggestion]
  /// The scores of the batch just asked, in its order, each at its suggestion's budget, larger is better; nil for a
  /// diverged configuration.
  mutating func tell(_ scores: [Double?])
}
