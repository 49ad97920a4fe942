import Experiments
import Parts
import Randomness
import Tensors

/// Covariance matrix adaptation (Hansen, "The CMA evolution strategy: a tutorial", arXiv 1604.00772, 2016), with
/// restarts in which the population doubles (Auger and Hansen, "A restart CMA evolution strategy with increasing
/// population size", CEC 2005).
///
/// Positions in the unit cube, those of choices read as shares of the range; a sample outside is drawn again, at most
/// 100 times, and then cut off at the ends. The first mean is the space's start or the middle of the cube, later ones
/// are drawn; the first step is 0.3. A run ends when its steps fall below 10⁻¹¹ of the range, when its best losses
/// of the last 10 + 30·dimensions/λ generations are equal within 10⁻¹², or when its covariance is near singular.
/// Deviations: no active update (negative weights).
package struct CMAES: Tuner {
  package static let name = "cma-es"
  package static let revision = 1
  package static let summary = "evolution strategy that learns the shape of the valley: CMA-ES with restarts"
  package static let hyperparameters = [
    Hyperparameter(
      "population", .integer(0...100_000), default: .integer(0),
      "members of a generation at first, and size of a batch; 0 for 4 + 3·ln(dimensions)"),
    Hyperparameter(
      "step", .number(1e-6...1), default: .number(0.3), "first deviation, as a share of each range"),
  ]

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func search(
    _ space: Space, budget: SearchBudget,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch {
    let rule = CovarianceGenerations(
      space, population: settings.integer("population"), step: settings.number("step"))
    return PopulationSearch(space, budget, rule: rule, stream: stream)
  }
}

/// The rule of `CMAES`: restarts of `CovarianceAdaptation` within the unit cube.
private struct CovarianceGenerations: Generations {
  private let space: Space
  private let step: Double
  private var population: Int
  private var strategy: CovarianceAdaptation?
  private var isFirst = true
  private var bests: [Double] = []

  init(_ space: Space, population: Int, step: Double) {
    self.space = space
    self.step = step
    let size = Double(max(1, space.dimensions.count))
    self.population = population > 0 ? max(2, population) : 4 + Int(3 * naturalLogarithm(size))
  }

  mutating func next(_ random: inout RandomStream) -> [[Double]] {
    if strategy == nil {
      var mean = [Double](repeating: 0.5, count: space.dimensions.count)
      if !isFirst {
        for i in mean.indices { mean[i] = random.uniform() }
      } else if let start = space.start {
        for (i, position) in space.point(start).enumerated() where !position.isNaN { mean[i] = position }
      }
      isFirst = false
      bests = []
      strategy = CovarianceAdaptation(mean: mean, step: step, population: population)
    }
    return strategy!.sample(&random) { point in point.allSatisfy { $0 >= 0 && $0 <= 1 } }
  }

  mutating func learn(_ points: [[Double]], losses: [Double]) {
    // A last generation that the budget cut off teaches nothing.
    guard var strategy, losses.count == strategy.population else { return }
    strategy.update(points, losses: losses)
    bests.append(losses.min()!)
    let window = 10 + 30 * points[0].count / losses.count
    let recent = bests.suffix(window)
    let isFlat = recent.count == window && !(recent.max()! - recent.min()! > 1e-12)
    if isFlat || strategy.hasEnded {
      population *= 2
      self.strategy = nil
    } else {
      self.strategy = strategy
    }
  }
}
