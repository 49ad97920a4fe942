import Experiments
import Parts
import Randomness

/// Tree-structured Parzen estimator: what the best configurations look like against what the others do (Bergstra,
/// Bardenet, Bengio and Kégl, "Algorithms for hyper-parameter optimization", NeurIPS 2011), with joint kernels over all
/// dimensions (Falkner, Klein and Hutter, "BOHB", ICML 2018).
///
/// The best 15 % of the configurations (at most 25) give one mixture, in which each weighs as much as it is better than
/// the best of the others (Watanabe, "Tree-structured Parzen estimator: understanding its algorithm components", arXiv
/// 2304.11127, 2023); the others give another; candidates are drawn from the first, and the one with the largest ratio of
/// densities is asked for. Both mixtures are over the whole tree:
/// see `ParzenMixture`. A kernel is as wide as the larger of the gaps to the next points of its mixture on both sides,
/// the ends of the range standing in for one that is alone, but at least 1/min(100, n + 2); and each mixture has a uniform
/// component that weighs as much as one configuration on average. In a space with branches every fourth configuration, on
/// average, is sought within one structure drawn at random, told apart from those of that structure alone. Among the
/// others all but the last 25 weigh less the older they are.
package struct TPE: Tuner {
  package static let name = "tpe"
  package static let revision = 2
  package static let summary =
    "tree-structured Parzen estimator: where good configurations are dense and bad ones rare"
  package static let hyperparameters = [
    Hyperparameter.initial,
    Hyperparameter(
      "candidates", .integer(1...100_000), default: .integer(32), "draws among which the best is asked for"),
    Hyperparameter.batch,
  ]

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func search(
    _ space: Space, budget: SearchBudget,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch {
    SequentialSearch(
      space, budget, initial: settings.integer("initial"), batch: settings.integer("batch"),
      model: ParzenProposer(space, candidates: settings.integer("candidates")), stream: stream)
  }
}

/// The model of `TPE`, also used by `BOHB`. One proposer serves one history, which may grow.
struct ParzenProposer: Proposer {
  private let space: Space
  private let candidates: Int
  private let options: [Int]
  /// Per numeric dimension, places in the history by ascending position, of those that have the dimension.
  private var orders: [[Int]]
  private var orderedCount = 0
  private let structures: Structures

  init(_ space: Space, candidates: Int) {
    self.space = space
    self.candidates = candidates
    options = space.dimensions.map { if case .choice(let options) = $0.domain { options.count } else { 0 } }
    orders = [[Int]](repeating: [], count: options.count)
    structures = Structures(space, limit: 32)
  }

  mutating func propose(
    _ count: Int, after history: History, fixed: [Int: Setting], random: inout RandomStream
  ) -> [Settings] {
    for place in orderedCount..<history.count { order(place, history) }
    orderedCount = history.count
    var fixed = fixed
    if fixed.isEmpty, !structures.all.isEmpty, random.uniform() < 0.25 {
      fixed = structures.all[random.below(structures.all.count)]
    }
    // Within a structure its own configurations are told apart, where there are enough.
    var members =
      fixed.isEmpty
      ? history.ranking
      : history.ranking.filter { place in
        structures.holds(fixed, history.configurations[place])
      }
    if members.count < 4 { members = history.ranking }
    let bestCount = min((15 * members.count + 99) / 100, 25)
    let losses = history.finiteLosses
    let bound = losses[members[min(bestCount, members.count - 1)]]
    var side = [Int](repeating: 0, count: history.count)
    for (rank, place) in members.enumerated() { side[place] = rank < bestCount ? 1 : -1 }
    let better = mixture(history, gain: { bound - losses[$0] }) { side[$0] == 1 }
    let worse = mixture(history) { side[$0] == -1 }
    var chosen: [Settings] = []
    for _ in 0..<count {
      var drawn: [(configuration: Settings, point: [Double])] = []
      // Draws that are forbidden or known do not count, up to a point.
      var draws = 0
      while drawn.count < candidates, draws < 4 * candidates {
        draws += 1
        let configuration = draw(from: better, fixed, &random)
        guard space.allows(configuration), !history.contains(configuration), !chosen.contains(configuration)
        else { continue }
        drawn.append((configuration, space.point(configuration)))
      }
      let points = drawn.map(\.point)
      let ratios = zip(better.densities(points), worse.densities(points)).map { $0 / $1 }
      guard var best = ratios.indices.first else { continue }
      for i in ratios.indices where ratios[i] > ratios[best] { best = i }
      chosen.append(drawn[best].configuration)
    }
    return chosen
  }

  private func draw(
    from mixture: ParzenMixture, _ fixed: [Int: Setting], _ random: inout RandomStream
  ) -> Settings {
    let component = mixture.component(&random)
    return space.configuration { dimension in
      fixed[dimension]
        ?? space.dimensions[dimension].value(at: mixture.position(dimension, of: component, &random))
    }
  }

  private mutating func order(_ new: Int, _ history: History) {
    for (dimension, position) in history.points[new].enumerated()
    where options[dimension] == 0 && !position.isNaN {
      let place = place(of: position, in: orders[dimension]) { history.points[$0][dimension] }
      orders[dimension].insert(new, at: place)
    }
  }

  /// The mixture over a part of the history.
  ///
  /// - Parameter gain: what a place weighs in proportion to; without it, or where no place gains, by age.
  private func mixture(
    _ history: History, gain: ((Int) -> Double)? = nil, _ isMember: (Int) -> Bool
  ) -> ParzenMixture {
    var points: [[Double]] = []
    var gains: [Double] = []
    var numbers = [Int](repeating: -1, count: history.count)
    for place in 0..<history.count where isMember(place) {
      numbers[place] = points.count
      points.append(history.points[place])
      if let gain { gains.append(gain(place)) }
    }
    let count = points.count
    var weights = [Double](repeating: 1, count: count + 1)
    let total = gains.reduce(0, +)
    if total > 0, total.isFinite {
      for i in 0..<count { weights[i] = gains[i] / total * Double(count) }
    } else {
      // A ramp from 1/n to 1 over all but the last 25.
      let ramp = count - 25
      for i in 0..<max(0, ramp) {
        let share = ramp > 1 ? Double(i) / Double(ramp - 1) : 0
        weights[i] = 1 / Double(count) + share * (1 - 1 / Double(count))
      }
    }
    let least = 1 / Double(min(100, count + 2))
    let widths = orders.enumerated().map { dimension, order in
      var widths = [Double](repeating: 1, count: count)
      // Gaps to the neighbours on both sides; the ends of the range stand in where the point is alone.
      let sorted = order.filter { numbers[$0] >= 0 }.map { numbers[$0] }
      for (k, number) in sorted.enumerated() {
        let position = points[number][dimension]
        let isAlone = sorted.count == 1
        let left = k > 0 ? position - points[sorted[k - 1]][dimension] : isAlone ? position : 0
        let right =
          k + 1 < sorted.count ? points[sorted[k + 1]][dimension] - position : isAlone ? 1 - position : 0
        widths[number] = max(least, left, right)
      }
      return widths
    }
    return ParzenMixture(
      points, weights: weights, options: options, widths: widths, mixing: 1 / Double(count + 1))
  }
}
