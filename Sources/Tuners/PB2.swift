import Estimators
import Experiments
import Parts
import Randomness
import Tensors

/// Population based bandits: like `pbt`, but a follower's new hyperparameters are those whose next interval a Gaussian
/// process expects most of (Parker-Holder, Nguyen and Roberts, "Provably efficient online hyperparameter optimization
/// with population-based bandits", NeurIPS 2020).
///
/// The process predicts the gain of an interval from its number and the numeric hyperparameters; the largest upper
/// confidence bound among random draws wins, and is added to the process at its mean before the next follower chooses.
/// Choices that may change are drawn anew with a chance of a quarter. Deviation: time is one more column with a length
/// of its own, in place of the paper's factor (1 − ω)^(|t − t′|/2).
package struct PB2: Tuner {
  package static let name = "pb2"
  package static let revision = 1
  package static let summary = "population based training whose changes a Gaussian process chooses"
  package static let usesPartialRuns = true
  package static let hyperparameters = [
    Hyperparameter(
      "population", .integer(1...100_000), default: .integer(8), "members that train side by side"),
    Hyperparameter("intervals", .integer(1...100_000), default: .integer(10), "equal parts of a run"),
    Hyperparameter(
      "share", .number(0...0.5), default: .number(0.25), "of the population that follows, and is followed"),
    Hyperparameter(
      "exploration", .number(0...1000), default: .number(1.5), "deviations above the mean in the bound"),
  ]

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func search(
    _ space: Space, budget: SearchBudget,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch {
    PopulationTraining(
      space, budget, size: settings.integer("population"), intervals: settings.integer("intervals"),
      share: settings.number("share"), exploitation: .truncation, copiesSettings: true,
      rule: BanditExploration(space: space, exploration: settings.number("exploration")), stream: stream)
  }
}

private struct BanditExploration: Exploration {
  let space: Space
  let exploration: Double
  private let model: ModelSpace
  private var rows: [[Double]] = []
  private var gains: [Double] = []
  private var process: GaussianProcess?

  private let draws = 500
  /// Rows remembered: the latest, for old intervals say little of the next.
  private let memory = 200

  init(space: Space, exploration: Double) {
    self.space = space
    self.exploration = exploration
    model = ModelSpace(space)
  }

  mutating func learn(_ configurations: [Settings], gains: [Double], interval: Int) {
    for (configuration, gain) in zip(configurations, gains) {
      rows.append(row(configuration, interval))
      self.gains.append(gain)
    }
    rows = rows.suffix(memory)
    self.gains = self.gains.suffix(memory)
    process = nil
  }

  mutating func explored(_ configuration: Settings, interval: Int, _ random: inout RandomStream) -> Settings {
    let fixed = fixedPlaces(space)
    func drawn() -> Settings {
      space.configuration { place in
        let dimension = space.dimensions[place]
        guard let value = configuration[dimension.name] else {
          return dimension.value(atQuantile: random.uniform())
        }
        if fixed.contains(place) { return value }
        if case .choice = dimension.domain, random.uniform() >= 0.25 { return value }
        return dimension.value(atQuantile: random.uniform())
      }
    }
    let candidates = (0..<draws).map { _ in drawn() }.filter(space.allows)
    guard let first = candidates.first else { return configuration }
    if process == nil { process = fit(random.indexed(interval)) }
    guard let process else { return first }
    let points = candidates.map { row($0, interval) }
    let (means, variances) = process.predict(
      Matrix(rows: points.count, columns: points[0].count, values: points.flatMap { $0 }))
    let acquisition = Acquisition.confidenceBound(weight: exploration)
    var best = 0
    let values = zip(means, variances).map { acquisition.value(mean: $0, deviation: $1.squareRoot()).value }
    for (i, value) in values.enumerated() where value > values[best] { best = i }
    if let grown = try? process.adding(points[best], target: means[best]) { self.process = grown }
    return candidates[best]
  }

  private func fit(_ random: RandomStream) -> GaussianProcess? {
    guard rows.count >= 2 else { return nil }
    var search = GaussianProcess.Search()
    search.isRelevanceDetermined = true
    search.restarts = 0
    search.minimiser.maximumIterations = 50
    let features = Matrix(rows: rows.count, columns: rows[0].count, values: rows.flatMap { $0 })
    return try? GaussianProcess(features, gains, search, stream: random)
  }

  /// The interval's number, then the configuration's columns.
  private func row(_ configuration: Settings, _ interval: Int) -> [Double] {
    [Double(interval) * 0.1] + model.row(space.point(configuration))
  }
}
