import Experiments
import Parts
import Randomness

/// The tuner to take where nothing speaks for another: picks by space and budget.
///
/// A space with no more configurations than trials is tried out whole (`grid`). Otherwise an even design, then a
/// Gaussian process as in `bayesian`; from 400 scored configurations on, where that becomes slow, a Parzen estimator as
/// in `tpe`.
package struct DefaultSearch: Tuner {
  package static let name = "default"
  package static let revision = 2
  package static let summary =
    "picks by space and budget: all of a small space, else a Gaussian process, then tpe"
  package static let hyperparameters = [
    Hyperparameter(
      "batch", .integer(1...10_000), default: .integer(1), "configurations asked for at once after the design"
    )
  ]

  private let batch: Int

  package init(_ settings: Settings) { batch = settings.integer("batch") }

  package func search(
    _ space: Space, budget: SearchBudget,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch {
    if let all = Grid(space: space, limit: budget.trials).everything { return BatchSearch(budget, all) }
    return SequentialSearch(
      space, budget, initial: 10, batch: batch, model: PickedProposer(space), stream: stream)
  }
}

/// The model of `DefaultSearch`.
private struct PickedProposer: Proposer {
  private var gaussian: GaussianProposer
  private var parzen: ParzenProposer

  private let gaussianCount = 400

  init(_ space: Space) {
    gaussian = GaussianProposer(space)
    parzen = ParzenProposer(space, candidates: 32)
  }

  mutating func propose(
    _ count: Int, after history: History, fixed: [Int: Setting], random: inout RandomStream
  ) -> [Settings] {
    history.count < gaussianCount
      ? gaussian.propose(count, after: history, fixed: fixed, random: &random)
      : parzen.propose(count, after: history, fixed: fixed, random: &random)
  }
}
