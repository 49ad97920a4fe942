import Experiments
import Parts
import Randomness

/// A genetic algorithm: the best members survive, their children mix and mutate (Goldberg, "Genetic algorithms in
/// search, optimization, and machine learning", 1989).
///
/// A child has two parents, each the best of a tournament; every dimension comes from either parent alike, and with a
/// given chance is changed: a number moves by a normal step of a tenth of its range, a choice is redrawn. Each
/// generation of children competes with its parents, and the best of both go on.
package struct Genetic: Tuner {
  package static let name = "genetic"
  package static let revision = 1
  package static let summary =
    "a genetic algorithm: tournaments, uniform crossover, mutation, the best survive"
  package static let hyperparameters = [
    Hyperparameter(
      "population", .integer(2...100_000), default: .integer(20), "members, and size of a batch"),
    Hyperparameter(
      "tournament", .integer(1...100_000), default: .integer(3), "members among which the best is a parent"),
    Hyperparameter(
      "mutation", .number(0...1), default: .number(0.2),
      "the chance of each dimension of a child to be changed"),
  ]

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func search(
    _ space: Space, budget: SearchBudget,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch {
    let rule = GeneticGenerations(
      space: space, size: settings.integer("population"), tournament: settings.integer("tournament"),
      mutation: settings.number("mutation"))
    return PopulationSearch(space, budget, rule: rule, stream: stream)
  }
}

private struct GeneticGenerations: Generations {
  let space: Space
  let size: Int
  let tournament: Int
  let mutation: Double
  /// The best so far, from the best to the worst.
  private var members: [(point: [Double], loss: Double)] = []

  init(space: Space, size: Int, tournament: Int, mutation: Double) {
    self.space = space
    self.size = size
    self.tournament = tournament
    self.mutation = mutation
  }

  func next(_ random: inout RandomStream) -> [[Double]] {
    guard !members.isEmpty else { return firstGeneration(space, count: size, &random) }
    return (0..<size).map { _ in
      let (a, b) = (parent(&random), parent(&random))
      return a.indices.map { j in
        let inherited = random.uniform() < 0.5 ? a[j] : b[j]
        guard random.uniform() < mutation else { return inherited }
        if case .choice = space.dimensions[j].domain { return random.uniform() }
        return Neighbourhood.reflected(inherited + 0.1 * random.normal())
      }
    }
  }

  /// The best of a tournament: members are in order, so the lowest place wins.
  private func parent(_ random: inout RandomStream) -> [Double] {
    var best = members.count - 1
    for _ in 0..<tournament { best = min(best, random.below(members.count)) }
    return members[best].point
  }

  mutating func learn(_ points: [[Double]], losses: [Double]) {
    let all = members + zip(points, losses).map { ($0, $1) }
    let order = all.indices.sorted { all[$0].loss < all[$1].loss || all[$0].loss == all[$1].loss && $0 < $1 }
    members = order.prefix(size).map { all[$0] }
  }
}
