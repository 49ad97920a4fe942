import Experiments
import Parts
import Randomness

/// Where the configurations of a bracket's first rung come from.
protocol Starters {
  /// - Parameter number: the first one's number among all that start.
  mutating func start(_ count: Int, number: Int) -> [Settings]
  /// What a rung came to.
  mutating func learn(_ configurations: [Settings], budget: Int, losses: [Double])
}

/// Independent draws from the space.
struct RandomStarters: Starters {
  let space: Space
  let stream: @Sendable (String, Int) -> RandomStream

  func start(_ count: Int, number: Int) -> [Settings] {
    (number..<number + count).map { i in
      var random = stream("suggestion", i)
      return space.draw(&random)
    }
  }

  func learn(_ configurations: [Settings], budget: Int, losses: [Double]) {}
}

/// A search by brackets, one after another until the budget is spent; each rung is one batch.
///
/// The best of a rung go on to the next from their checkpoints, ties to the earlier; diverged ones never do. The last
/// bracket is cut to what is left.
struct BracketSearch<Source: Starters>: TunerSearch {
  private struct Runner {
    let configuration: Settings
    let suggestion: Int
  }

  private let eta: Int
  private let bracketNumber: (Int) -> Bracket
  private var source: Source
  private var left: Int
  private var opened = 0
  private var started = 0
  private var asked = 0
  private var bracket: Bracket?
  private var rung = 0
  private var runners: [Runner] = []

  /// - Parameter bracket: the bracket of each number.
  init(_ budget: SearchBudget, eta: Int, source: Source, bracket: @escaping (Int) -> Bracket) {
    self.eta = eta
    self.source = source
    bracketNumber = bracket
    left = budget.trials * budget.units
  }

  mutating func ask() -> [Suggestion] {
    if bracket == nil {
      guard let next = bracketNumber(opened).fitted(to: left, eta: eta) else { return [] }
      bracket = next
      opened += 1
      rung = 0
      let configurations = source.start(next.counts[0], number: started)
      started += configurations.count
      runners = configurations.enumerated().map { Runner(configuration: $1, suggestion: asked + $0) }
      asked += runners.count
      left -= runners.count * next.budgets[0]
      return runners.map { Suggestion($0.configuration, budget: next.budgets[0]) }
    }
    let bracket = bracket!
    let suggestions = runners.map {
      Suggestion($0.configuration, budget: bracket.budgets[rung], continues: $0.suggestion)
    }
    left -= runners.count * (bracket.budgets[rung] - bracket.budgets[rung - 1])
    runners = runners.enumerated().map { Runner(configuration: $1.configuration, suggestion: asked + $0) }
    asked += runners.count
    return suggestions
  }

  mutating func tell(_ scores: [Double?]) {
    guard let bracket else { return }
    let losses = scores.map(loss)
    source.learn(runners.map(\.configuration), budget: bracket.budgets[rung], losses: losses)
    rung += 1
    let survivors = losses.indices.filter { losses[$0].isFinite }
      .sorted { losses[$0] < losses[$1] || losses[$0] == losses[$1] && $0 < $1 }
    let count = rung < bracket.counts.count ? bracket.counts[rung] : 0
    runners = survivors.prefix(count).map { runners[$0] }
    if runners.isEmpty { self.bracket = nil }
  }
}
