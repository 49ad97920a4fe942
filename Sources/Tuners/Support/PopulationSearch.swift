import Experiments
import Parts
import Randomness

/// How a population makes its next generation from all that was scored: the rule in an evolutionary search.
protocol Generations {
  /// Positions of the next generation in the unit cube, one coordinate a dimension, whether it exists or not.
  mutating func next(_ random: inout RandomStream) -> [[Double]]
  /// The losses of the generation just made, in its order; infinite for diverged ones.
  mutating func learn(_ points: [[Double]], losses: [Double])
}

/// A search by generations of a fixed rule. Each generation is one batch; the last may be cut off by the budget.
///
/// A forbidden configuration is replaced by an independent draw, at whose positions the rule then learns.
struct PopulationSearch<Rule: Generations>: TunerSearch {
  private let space: Space
  private let budget: SearchBudget
  private let stream: @Sendable (String, Int) -> RandomStream
  private var rule: Rule
  private var generation = 0
  private var asked: [[Double]] = []
  private var count = 0

  init(
    _ space: Space, _ budget: SearchBudget, rule: Rule,
    stream: @escaping @Sendable (String, Int) -> RandomStream
  ) {
    self.space = space
    self.budget = budget
    self.rule = rule
    self.stream = stream
  }

  mutating func ask() -> [Suggestion] {
    guard count < budget.trials else { return [] }
    var random = stream("generation", generation)
    generation += 1
    asked = Array(rule.next(&random).prefix(budget.trials - count))
    return asked.indices.map { place in
      var configuration = space.configuration(at: asked[place])
      if !space.allows(configuration) {
        configuration = space.draw(&random)
        for (dimension, position) in space.point(configuration).enumerated() where !position.isNaN {
          asked[place][dimension] = position
        }
      }
      return Suggestion(configuration, budget: budget.units)
    }
  }

  mutating func tell(_ scores: [Double?]) {
    rule.learn(asked, losses: scores.map(loss))
    count += scores.count
  }
}

/// What is minimised: the score's negative, infinite for a diverged configuration or a score that is not a number.
func loss(_ score: Double?) -> Double {
  guard let score, !score.isNaN else { return .infinity }
  return max(-score, -.greatestFiniteMagnitude)
}

/// The positions that a population starts from: the space's start, where declared, then independent draws.
func firstGeneration(_ space: Space, count: Int, _ random: inout RandomStream) -> [[Double]] {
  (0..<count).map { i in
    let drawn = space.dimensions.map { dimension in
      dimension.position(of: dimension.value(atQuantile: random.uniform()))
    }
    guard i == 0, let start = space.start else { return drawn }
    return zip(space.point(start), drawn).map { $0.isNaN ? $1 : $0 }
  }
}
