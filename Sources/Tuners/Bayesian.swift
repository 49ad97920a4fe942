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
///
/// Every fourth batch improves not on the best loss but on a target below it by a hundredth, a tenth or all of the
/// distance from the best to the design's median, in turn (goals in Jones, "A taxonomy of global optimization methods
/// based on response surfaces", J. Global Optimization 21, 2001), so that a search whose optimum is found looks elsewhere.
/// Once there are fifteen configurations for each column of the model, every second batch is sought near the best one,
/// by a process of its own over the half of the configurations nearest to it: one length for the whole space
/// fits no valley (Eriksson et al., "Scalable global optimization via local Bayesian optimization", NeurIPS 2019;
/// deviation: no trust region that grows and shrinks).
package struct Bayesian: Tuner {
  package static let name = "bayesian"
  package static let revision = 2
  package static let summary = "Bayesian optimisation: a Gaussian process and the point that promises most"
  package static let hyperparameters = [
    Hyperparameter.initial,
    Hyperparameter(
      "acquisition", .choice(["ei", "ucb"]), default: .text("ei"),
      "what a point promises: expected improvement, or the upper confidence bound of the score"),
    Hyperparameter(
      "exploration", .number(0...1000), default: .number(2),
      "deviations above the mean in the confidence bound"),
    Hyperparameter.batch,
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
  /// Over all rows, and over those near the best.
  private var fits = [Fit(), Fit()]
  private var batches = 0

  private let goals = [0.01, 0.1, 1]
  private let localRows = 15

  /// The kernel found last, and the number of rows it was found for.
  private struct Fit {
    var kernel: GaussianProcessKernel?
    var count = 0
  }

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
    batches += 1
    let isLocal = batches % 2 == 0 && fixed.isEmpty && history.count >= localRows * model.width
    let goal = batches % 4 == 1 ? goals[batches / 4 % goals.count] : 0
    let rows = history.points.map(model.row)
    let places = isLocal ? nearest(rows[history.ranking[0]], rows) : Array(rows.indices)
    let features = Matrix(rows: places.count, columns: model.width, values: places.flatMap { rows[$0] })
    guard
      var process = fit(
        isLocal ? 1 : 0, features, places.map { warp(losses[$0]) }, random.indexed(history.count))
    else { return [] }
    var chosen: [Settings] = []
    for _ in 0..<count {
      let search = AcquisitionSearch(
        model: model, process: process, acquisition: acquisition(warp(losses.min()!) - goal),
        history: history,
        isLocal: isLocal)
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

  /// The half of the rows nearest to one of them, in lengths of the process over all; in the order asked.
  private func nearest(_ centre: [Double], _ rows: [[Double]]) -> [Int] {
    let lengths = fits[0].kernel?.lengths ?? [Double](repeating: 1, count: model.width)
    let distances = rows.map { row in
      row.indices.reduce(0.0) { sum, column in
        let difference = (row[column] - centre[column]) / lengths[column]
        return sum + difference * difference
      }
    }
    let order = rows.indices.sorted {
      distances[$0] < distances[$1] || distances[$0] == distances[$1] && $0 < $1
    }
    return order.prefix(rows.count / 2).sorted()
  }

  /// Finds the kernel anew with every row at first, later with every twentieth part more rows.
  private mutating func fit(
    _ which: Int, _ features: Matrix, _ targets: [Double], _ random: RandomStream
  ) -> GaussianProcess? {
    let count = features.rows
    if fits[which].kernel == nil || count >= fits[which].count + fits[which].count / 20 {
      var search = GaussianProcess.Search()
      search.isRelevanceDetermined = true
      search.noise = 1e-7...1
      search.prior = LogNormalPrior(
        signal: (0, 1), lengths: lengthBeliefs, noise: (naturalLogarithm(1e-6), 1.5))
      search.minimiser.maximumIterations = 30
      let plain = GaussianProcessKernel(
        .matern52, lengths: [Double](repeating: 0.5, count: features.columns), noise: 1e-3)
      search.starts = (fits[which].kernel.map { [$0] } ?? []) + [plain]
      search.restarts = 0
      fits[which].count = count
      if let process = try? GaussianProcess(features, targets, search, stream: random) {
        fits[which].kernel = process.kernel
        return process
      }
    }
    // Where rows lie so close that rounding leaves no factor, more noise does.
    var kernel =
      fits[which].kernel
      ?? GaussianProcessKernel(
        .matern52, lengths: [Double](repeating: 0.5, count: features.columns), noise: 1e-6)
    for _ in 0..<8 {
      if let process = try? GaussianProcess(features, targets, kernel) { return process }
      kernel.noise *= 10
    }
    return nil
  }
}
