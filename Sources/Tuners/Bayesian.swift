import Estimators
import Experiments
import Parts
import Randomness
import Tensors

/// Bayesian optimisation with a Gaussian process (Snoek, Larochelle and Adams, "Practical Bayesian optimization of
/// machine learning algorithms", NeurIPS 2012).
///
/// Matérn-5/2 kernel with a length for each column of `ModelSpace`, hyperparameters at the maximum of marginal
/// likelihood times log-normal priors (lengths of numbers about √(numbers/8) of the range, of choices about 1; noise
/// about 10⁻⁶, for trials repeat exactly), losses as `LossWarp` gives them. In a batch each proposal is added to the
/// model at its predicted mean before the next is sought.
package struct Bayesian: Tuner {
  package static let name = "bayesian"
  package static let revision = 1
  package static let summary = "Bayesian optimisation: a Gaussian process and the point that promises most"
  package static let hyperparameters = [
    Hyperparameter(
      "initial", .integer(1...1_000_000), default: .integer(10), "configurations before the model is used"),
    Hyperparameter(
      "acquisition", .choice(["ei", "ucb"]), default: .text("ei"),
      "what a point promises: expected improvement, or the upper confidence bound of the score"),
    Hyperparameter(
      "exploration", .number(0...1000), default: .number(2),
      "deviations above the mean in the confidence bound"),
    Hyperparameter("batch", .integer(1...10_000), default: .integer(1), "configurations asked for at once"),
  ]

  private let settings: Settings

  package init(_ settings: Settings) { self.settings = settings }

  package func search(
    _ space: Space, budget: SearchBudget,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch {
    let exploration = settings.text("acquisition") == "ucb" ? settings.number("exploration") : nil
    return SequentialSearch(
      space, budget, initial: settings.integer("initial"), batch: settings.integer("batch"),
      model: GaussianProposer(space, exploration: exploration), stream: stream)
  }
}

/// The model of `Bayesian`.
struct GaussianProposer: Proposer {
  private let model: ModelSpace
  /// Deviations in the confidence bound; nil for expected improvement.
  private let exploration: Double?
  private let lengthBeliefs: [LogNormalPrior.Belief]
  private var kernel: GaussianProcessKernel?
  private var fittedCount = 0

  init(_ space: Space, exploration: Double? = nil) {
    model = ModelSpace(space)
    let numeric = space.dimensions.indices.filter(model.isNumeric)
    let length = 0.5 * naturalLogarithm(Double(max(1, numeric.count)) / 8)
    var beliefs = [LogNormalPrior.Belief](repeating: (0, 1), count: model.width)
    for place in numeric { beliefs[model.columns[place].lowerBound] = (length, 1) }
    lengthBeliefs = beliefs
    self.exploration = exploration
  }

  mutating func propose(
    _ count: Int, after history: History, fixed: [Int: Setting], random: inout RandomStream
  ) -> [Settings] {
    guard model.width > 0 else { return [] }
    let losses = history.finiteLosses
    let warp = LossWarp(losses)
    let rows = history.points.map(model.row)
    let features = Matrix(rows: rows.count, columns: model.width, values: rows.flatMap { $0 })
    guard var process = fit(features, losses.map { warp($0) }, random.indexed(history.count)) else {
      return []
    }
    var chosen: [Settings] = []
    for _ in 0..<count {
      let search = AcquisitionSearch(
        model: model, process: process, acquisition: acquisition(warp(losses.min()!)), history: history)
      guard let best = search.best(excluding: chosen, fixed: fixed, &random) else { break }
      chosen.append(best)
      guard chosen.count < count else { break }
      let row = model.row(model.space.point(best))
      let mean = process.predict(Matrix(rows: 1, columns: row.count, values: row)).means[0]
      if let grown = try? process.adding(row, target: mean) { process = grown }
    }
    return chosen
  }

  private func acquisition(_ best: Double) -> Acquisition {
    exploration.map { .confidenceBound(weight: $0) } ?? .expectedImprovement(best: best)
  }

  /// Finds the kernel anew with every row at first, later with every twentieth part more rows.
  private mutating func fit(
    _ features: Matrix, _ targets: [Double], _ random: RandomStream
  ) -> GaussianProcess? {
    let count = features.rows
    if kernel == nil || count >= fittedCount + fittedCount / 20 {
      var search = GaussianProcess.Search()
      search.isRelevanceDetermined = true
      search.noise = 1e-7...1
      search.prior = LogNormalPrior(
        signal: (0, 1), lengths: lengthBeliefs, noise: (naturalLogarithm(1e-6), 1.5))
      search.minimiser.maximumIterations = 30
      let plain = GaussianProcessKernel(
        .matern52, lengths: [Double](repeating: 0.5, count: features.columns), noise: 1e-3)
      search.starts = (kernel.map { [$0] } ?? []) + [plain]
      search.restarts = 0
      fittedCount = count
      if let process = try? GaussianProcess(features, targets, search, stream: random) {
        kernel = process.kernel
        return process
      }
    }
    // Where rows lie so close that rounding leaves no factor, more noise does.
    var kernel =
      self.kernel
      ?? GaussianProcessKernel(
        .matern52, lengths: [Double](repeating: 0.5, count: features.columns), noise: 1e-6)
    for _ in 0..<8 {
      if let process = try? GaussianProcess(features, targets, kernel) { return process }
      kernel.noise *= 10
    }
    return nil
  }
}
