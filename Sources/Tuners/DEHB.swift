import Experiments
import Parts
import Randomness

/// Hyperband with differential evolution between rungs (Awad, Mallik and Hutter, "DEHB: evolutionary Hyperband for
/// scalable, robust and efficient hyperparameter optimization", IJCAI 2021).
///
/// Each number of units has a population of its own. The first bracket is successive halving over independent draws,
/// promoted ones going on from their checkpoints. In later brackets every rung evolves its population: mutants are
/// a + F·(b − c) of that population on a bracket's first rung, and of the best of the rung below on later ones; a child
/// replaces the member it challenges where it is not worse. Members not scored yet are replaced by any child that did
/// not diverge. Each rung is one batch; children start afresh. Deviation: where fewer than three parents are there,
/// drawn ones join them.
package struct DEHB: Tuner {
  package static let name = "dehb"
  package static let revision = 1
  package static let summary = "hyperband with differential evolution between its rungs"
  package static let usesPartialRuns = true
  package static let hyperparameters = [
    Hyperparameter.eta,
    Hyperparameter("weight", .number(0...2), default: .number(0.5), "F: how much of a difference is added"),
    Hyperparameter(
      "crossover", .number(0...1), default: .number(0.5),
      "CR: the chance of each coordinate to be the mutant's"),
  ]

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func search(
    _ space: Space, budget: SearchBudget,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch {
    EvolvingBrackets(
      space, budget, eta: settings.integer("eta"), weight: settings.number("weight"),
      crossover: settings.number("crossover"), stream: stream)
  }
}

private struct EvolvingBrackets: TunerSearch {
  private struct Member {
    var point: [Double]
    var loss: Double?
    var suggestion: Int?
  }

  private let space: Space
  private let weight: Double
  private let crossover: Double
  private let eta: Int
  private let stream: @Sendable (String, Int) -> RandomStream
  private let bracketNumber: (Int) -> Bracket
  /// Members by units, made when first needed.
  private var populations: [Int: [Member]] = [:]
  /// Where the next child's challenge falls, by units.
  private var next: [Int: Int] = [:]
  private var left: Int
  private var opened = 0
  private var bracket: Bracket?
  private var rung = 0
  private var count = 0
  private var batches = 0
  private var asked: [(place: Int, point: [Double])] = []

  init(
    _ space: Space, _ budget: SearchBudget, eta: Int, weight: Double, crossover: Double,
    stream: @escaping @Sendable (String, Int) -> RandomStream
  ) {
    self.space = space
    self.eta = eta
    self.weight = weight
    self.crossover = crossover
    self.stream = stream
    bracketNumber = Hyperband.brackets(eta: eta, units: budget.units)
    left = budget.trials * budget.units
  }

  mutating func ask() -> [Suggestion] {
    if bracket == nil {
      guard let opening = bracketNumber(opened).fitted(to: left, eta: eta) else { return [] }
      bracket = opening
      opened += 1
      rung = 0
    }
    let bracket = bracket!
    let budget = bracket.budgets[rung]
    var random = stream("generation", batches)
    batches += 1
    let isFirst = opened == 1
    if isFirst && rung > 0 {
      return promoted(from: bracket.budgets[rung - 1], to: budget, bracket.counts[rung])
    }
    grow(budget, to: max(4, bracket.counts[rung]), &random)
    let population = populations[budget]!
    asked = (0..<bracket.counts[rung]).map { i in
      if isFirst { return (i, population[i].point) }
      let place = (next[budget, default: 0] + i) % population.count
      let parents = self.parents(population, at: place, below: rung > 0 ? rung - 1 : nil, &random)
      let mutant = differentialMutant(parents[0], parents[1], parents[2], weight: weight, &random)
      return (place, binomialCrossover(population[place].point, mutant, rate: crossover, &random))
    }
    next[budget] = (next[budget, default: 0] + asked.count) % population.count
    left -= asked.count * budget
    return asked.indices.map { i in
      var configuration = space.configuration(at: asked[i].point)
      if !space.allows(configuration) {
        configuration = space.draw(&random)
        for (dimension, position) in space.point(configuration).enumerated() where !position.isNaN {
          asked[i].point[dimension] = position
        }
      }
      return Suggestion(configuration, budget: budget)
    }
  }

  mutating func tell(_ scores: [Double?]) {
    guard let bracket else { return }
    let budget = bracket.budgets[rung]
    for (i, (entry, score)) in zip(asked, scores).enumerated() {
      let loss = loss(score)
      let current = populations[budget]![entry.place].loss ?? .infinity
      if loss.isFinite, loss <= current {
        populations[budget]![entry.place] = Member(point: entry.point, loss: loss, suggestion: count + i)
      }
    }
    count += scores.count
    rung += 1
    let isDone = rung == bracket.budgets.count
    if isDone || opened == 1 && best(of: budget).isEmpty { self.bracket = nil }
  }

  /// The scored members at a budget, best first.
  private func best(of budget: Int) -> [Member] {
    let scored = (populations[budget] ?? []).filter { $0.loss != nil }
    let order = scored.indices.sorted {
      scored[$0].loss! < scored[$1].loss! || scored[$0].loss! == scored[$1].loss! && $0 < $1
    }
    return order.map { scored[$0] }
  }

  /// The best of a rung, going on from their checkpoints; they become the members of the next rung's population.
  private mutating func promoted(from lower: Int, to budget: Int, _ wanted: Int) -> [Suggestion] {
    let going = Array(best(of: lower).prefix(wanted))
    populations[budget] = going.map { Member(point: $0.point, loss: nil, suggestion: nil) }
    asked = going.enumerated().map { ($0, $1.point) }
    left -= going.count * (budget - lower)
    return going.map {
      Suggestion(space.configuration(at: $0.point), budget: budget, continues: $0.suggestion)
    }
  }

  private mutating func grow(_ budget: Int, to size: Int, _ random: inout RandomStream) {
    var members = populations[budget] ?? []
    if members.isEmpty {
      members = firstGeneration(space, count: size, &random).map { Member(point: $0) }
    }
    while members.count < size { members.append(Member(point: drawn(&random))) }
    populations[budget] = members
  }

  /// Three parents of a mutant.
  private func parents(
    _ population: [Member], at place: Int, below rung: Int?, _ random: inout RandomStream
  ) -> [[Double]] {
    guard let rung, let bracket else {
      return differentPlaces(3, among: population.count, except: place, &random).map { population[$0].point }
    }
    var pool = best(of: bracket.budgets[rung]).prefix(bracket.counts[rung + 1]).map(\.point)
    while pool.count < 3 { pool.append(drawn(&random)) }
    return differentPlaces(3, among: pool.count, except: -1, &random).map { pool[$0] }
  }

  private func drawn(_ random: inout RandomStream) -> [Double] {
    space.dimensions.map { dimension in
      dimension.position(of: dimension.value(atQuantile: random.uniform()))
    }
  }
}
