import Experiments
import Parts
import Randomness

/// Differential evolution rand/1/bin (Storn and Price, "Differential evolution: a simple and efficient heuristic",
/// J. Global Optimization 11, 1997).
///
/// Every member of the population is challenged once a generation: three others a, b, c give the mutant a + F·(b − c),
/// the challenger takes each coordinate from the mutant with probability CR (one at least), and replaces the member
/// where it is not worse. Coordinates are positions in the unit cube, those of choices read as shares of the range;
/// one outside is drawn anew.
package struct DifferentialEvolution: Tuner {
  package static let name = "differential-evolution"
  package static let revision = 1
  package static let summary = "differential evolution: members move by the differences of others"
  package static let hyperparameters = [
    Hyperparameter(
      "population", .integer(4...100_000), default: .integer(20), "members, and size of a batch"),
    Hyperparameter("weight", .number(0...2), default: .number(0.5), "F: how much of a difference is added"),
    Hyperparameter(
      "crossover", .number(0...1), default: .number(0.9),
      "CR: the chance of each coordinate to be the mutant's"),
  ]

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func search(
    _ space: Space, budget: SearchBudget,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch {
    let rule = DifferentialGenerations(
      space: space, size: settings.integer("population"), weight: settings.number("weight"),
      crossover: settings.number("crossover"))
    return PopulationSearch(space, budget, rule: rule, stream: stream)
  }
}

private struct DifferentialGenerations: Generations {
  let space: Space
  let size: Int
  let weight: Double
  let crossover: Double
  private var members: [[Double]] = []
  private var losses: [Double] = []

  init(space: Space, size: Int, weight: Double, crossover: Double) {
    self.space = space
    self.size = size
    self.weight = weight
    self.crossover = crossover
  }

  func next(_ random: inout RandomStream) -> [[Double]] {
    guard !members.isEmpty else { return firstGeneration(space, count: size, &random) }
    return members.indices.map { i in
      let others = differentPlaces(3, among: members.count, except: i, &random)
      let mutant = differentialMutant(
        members[others[0]], members[others[1]], members[others[2]], weight: weight, &random)
      return binomialCrossover(members[i], mutant, rate: crossover, &random)
    }
  }

  mutating func learn(_ points: [[Double]], losses: [Double]) {
    if members.isEmpty {
      (members, self.losses) = (points, losses)
      return
    }
    for (i, loss) in losses.enumerated() where loss <= self.losses[i] {
      members[i] = points[i]
      self.losses[i] = loss
    }
  }
}

/// `count` different places below `bound`, none of them `except`; `bound` exceeds `count`.
func differentPlaces(
  _ count: Int, among bound: Int, except: Int, _ random: inout RandomStream
) -> [Int] {
  var places: [Int] = []
  while places.count < count {
    let place = random.below(bound)
    if place != except, !places.contains(place) { places.append(place) }
  }
  return places
}

/// a + weight·(b − c); a coordinate outside [0, 1] is drawn uniformly.
package func differentialMutant(
  _ a: [Double], _ b: [Double], _ c: [Double], weight: Double, _ random: inout RandomStream
) -> [Double] {
  a.indices.map { j in
    let moved = a[j] + weight * (b[j] - c[j])
    return moved >= 0 && moved <= 1 ? moved : random.uniform()
  }
}

/// The parent with each coordinate replaced by the mutant's with probability `rate`, one at least.
package func binomialCrossover(
  _ parent: [Double], _ mutant: [Double], rate: Double, _ random: inout RandomStream
) -> [Double] {
  guard !parent.isEmpty else { return parent }
  let certain = random.below(parent.count)
  return parent.indices.map { j in random.uniform() < rate || j == certain ? mutant[j] : parent[j] }
}
