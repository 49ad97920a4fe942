import Experiments
import Parts
import Randomness

/// Asynchronous successive halving in a form that does not depend on who finishes first (Li et al., "A system for
/// massively parallel hyperparameter tuning", MLSys 2020, algorithm 2).
///
/// Steps of `batch` slots. Each slot promotes the best configuration of the highest rung that has one among its best
/// 1/eta and not promoted yet; without any it starts a new one on the lowest rung. What other slots of the same step
/// will come to is not known to it. While no whole run is there, enough is held back to carry the best configuration of
/// the highest rung to one at the end.
package struct ASHA: Tuner {
  package static let name = "asha"
  package static let revision = 1
  package static let summary =
    "successive halving that promotes as soon as it can, in steps of a declared batch"
  package static let usesPartialRuns = true
  package static let hyperparameters = [
    Hyperparameter.eta,
    Hyperparameter("batch", .integer(1...10_000), default: .integer(4), "slots of a step, decided at once"),
  ]

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func search(
    _ space: Space, budget: SearchBudget,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch {
    PromotingSearch(
      space, budget, eta: settings.integer("eta"), batch: settings.integer("batch"), stream: stream)
  }
}

private struct PromotingSearch: TunerSearch {
  private struct Runner {
    let configuration: Settings
    let suggestion: Int
    let loss: Double
    var isPromoted = false
  }

  private let space: Space
  private let eta: Int
  private let batch: Int
  private let stream: @Sendable (String, Int) -> RandomStream
  private let budgets: [Int]
  private var left: Int
  private var started = 0
  private var count = 0
  private var rungs: [[Runner]]
  private var asked: [(configuration: Settings, rung: Int)] = []

  init(
    _ space: Space, _ budget: SearchBudget, eta: Int, batch: Int,
    stream: @escaping @Sendable (String, Int) -> RandomStream
  ) {
    self.space = space
    self.eta = eta
    self.batch = batch
    self.stream = stream
    left = budget.trials * budget.units
    // As many rungs as leave a bracket that ends in a whole run within the budget.
    let bracket = Bracket(
      count: left, rungs: Bracket.deepest(eta: eta, units: budget.units), eta: eta, units: budget.units)
    budgets = bracket.fitted(to: left, eta: eta)?.budgets ?? [budget.units]
    rungs = [[Runner]](repeating: [], count: budgets.count)
  }

  mutating func ask() -> [Suggestion] {
    asked = []
    var suggestions: [Suggestion] = []
    while suggestions.count < batch, let suggestion = next() { suggestions.append(suggestion) }
    if suggestions.isEmpty, let last = carried() { suggestions.append(last) }
    return suggestions
  }

  mutating func tell(_ scores: [Double?]) {
    for (entry, score) in zip(asked, scores) {
      rungs[entry.rung].append(
        Runner(configuration: entry.configuration, suggestion: count, loss: loss(score)))
      count += 1
    }
  }

  private var top: Int { budgets.count - 1 }

  private mutating func next() -> Suggestion? {
    for rung in stride(from: top - 1, through: 0, by: -1) {
      let order = self.order(rung)
      guard let place = order.prefix(rungs[rung].count / eta).first(where: { !rungs[rung][$0].isPromoted })
      else { continue }
      return promote(place, of: rung, to: rung + 1)
    }
    guard left - budgets[0] >= reserve else { return nil }
    var random = stream("suggestion", started)
    started += 1
    left -= budgets[0]
    let configuration = space.draw(&random)
    asked.append((configuration, 0))
    return Suggestion(configuration, budget: budgets[0])
  }

  private mutating func promote(_ place: Int, of rung: Int, to target: Int) -> Suggestion? {
    let cost = budgets[target] - budgets[rung]
    guard left - cost >= (hasWholeRun || target == top ? 0 : budgets[top] - budgets[target]) else {
      return nil
    }
    rungs[rung][place].isPromoted = true
    left -= cost
    asked.append((rungs[rung][place].configuration, target))
    return Suggestion(
      rungs[rung][place].configuration, budget: budgets[target], continues: rungs[rung][place].suggestion)
  }

  /// The runners of a rung that did not diverge, best first.
  private func order(_ rung: Int) -> [Int] {
    let losses = rungs[rung].map(\.loss)
    return losses.indices.filter { losses[$0].isFinite }
      .sorted { losses[$0] < losses[$1] || losses[$0] == losses[$1] && $0 < $1 }
  }

  private var hasWholeRun: Bool { !rungs[top].isEmpty || asked.contains { $0.rung == top } }

  /// What a whole run of the furthest configuration still costs, a new one where there is none.
  private var reserve: Int {
    if hasWholeRun { return 0 }
    let furthest = (0..<top).last { rung in rungs[rung].contains { $0.loss.isFinite } }
    return budgets[top] - budgets[furthest ?? 0]
  }

  /// The best of the furthest, carried to a whole run where there is none.
  private mutating func carried() -> Suggestion? {
    guard rungs[top].isEmpty else { return nil }
    for rung in stride(from: top - 1, through: 0, by: -1) {
      if let place = order(rung).first(where: { !rungs[rung][$0].isPromoted }) ?? order(rung).first {
        return promote(place, of: rung, to: top)
      }
    }
    return nil
  }
}
