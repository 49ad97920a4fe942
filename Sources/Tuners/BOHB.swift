import Experiments
import Parts
import Randomness

/// Hyperband whose configurations come from a Parzen estimator (Falkner, Klein and Hutter, "BOHB: robust and efficient
/// hyperparameter optimization at scale", ICML 2018).
///
/// The estimator is that of `tpe` over the runs of the largest budget that has more than dimensions + 2 of them; a
/// third of the configurations are independent draws. Deviations: widths and shares are those of `tpe`; promoted
/// configurations go on from their checkpoints.
package struct BOHB: Tuner {
  package static let name = "bohb"
  package static let revision = 2
  package static let summary = "hyperband whose configurations come from a tree-structured Parzen estimator"
  package static let usesPartialRuns = true
  package static let hyperparameters = [
    Hyperparameter.eta,
    Hyperparameter(
      "random-share", .number(0...1), default: .number(1.0 / 3),
      "share of configurations that are independent draws"),
    Hyperparameter(
      "candidates", .integer(1...100_000), default: .integer(64), "draws among which the best is asked for"),
  ]

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func search(
    _ space: Space, budget: SearchBudget,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch {
    let eta = settings.integer("eta")
    let source = ParzenStarters(
      space: space, stream: stream, randomShare: settings.number("random-share"),
      candidates: settings.integer("candidates"))
    return BracketSearch(
      budget, eta: eta, source: source, bracket: Hyperband.brackets(eta: eta, units: budget.units))
  }
}

private struct ParzenStarters: Starters {
  let space: Space
  let stream: @Sendable (String, Int) -> RandomStream
  let randomShare: Double
  let candidates: Int
  /// What was scored at each budget, by ascending budget.
  private var histories: [(budget: Int, history: History, model: ParzenProposer)] = []

  init(
    space: Space, stream: @escaping @Sendable (String, Int) -> RandomStream, randomShare: Double,
    candidates: Int
  ) {
    self.space = space
    self.stream = stream
    self.randomShare = randomShare
    self.candidates = candidates
  }

  mutating func start(_ count: Int, number: Int) -> [Settings] {
    let known = histories.lastIndex { $0.history.count > space.dimensions.count + 2 }
    return (number..<number + count).map { i in
      var random = stream("suggestion", i)
      guard let known, random.uniform() >= randomShare else { return space.draw(&random) }
      return histories[known].model.propose(1, after: histories[known].history, fixed: [:], random: &random)
        .first
        ?? space.draw(&random)
    }
  }

  mutating func learn(_ configurations: [Settings], budget: Int, losses: [Double]) {
    if !histories.contains(where: { $0.budget == budget }) {
      let place = histories.firstIndex { $0.budget > budget } ?? histories.count
      histories.insert((budget, History(space), ParzenProposer(space, candidates: candidates)), at: place)
    }
    let place = histories.firstIndex { $0.budget == budget }!
    for (configuration, loss) in zip(configurations, losses) {
      histories[place].history.add(configuration, score: loss.isFinite ? -loss : nil)
    }
  }
}
