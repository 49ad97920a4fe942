import Randomness
import Tensors

/// Gaussian process regression (Rasmussen & Williams, algorithm 2.1): a kernel conditioned on data.
///
/// Targets are standardised inside by their mean and population deviation (1 where all are equal), as
/// scikit-learn's `normalize_y` does, and the kernel's variances are on that scale. Nothing but the kernel's
/// noise is added to the diagonal: there is no other jitter.
package struct GaussianProcess: Sendable {
  package let kernel: GaussianProcessKernel
  /// ln p(standardised targets), in nats.
  package let logMarginalLikelihood: Double
  /// Evaluations of the marginal likelihood and its gradient that the search took; 0 for a given kernel.
  package private(set) var evaluations = 0
  let features: Matrix
  private let standardised: [Double]
  let mean: Double
  let deviation: Double
  let factor: Cholesky
  let alpha: [Double]

  /// Conditions a given kernel on the rows.
  ///
  /// - Throws: `EstimatorError.noRows`, `.notFinite`; `LinearAlgebraError.notPositiveDefinite` where rows are
  ///   equal or nearly so and the noise is too small for it.
  package init(_ features: Matrix, _ targets: [Double], _ kernel: GaussianProcessKernel) throws {
    try requireFinite(features, targets: targets, "a Gaussian process")
    let (mean, deviation) = Self.scale(targets)
    var covariance = kernel.covariance(features, features)
    for i in 0..<features.rows { covariance[i, i] += kernel.noise }
    try self.init(
      kernel, features, targets.map { ($0 - mean) / deviation }, (mean, deviation), Cholesky(covariance))
  }

  private init(
    _ kernel: GaussianProcessKernel, _ features: Matrix, _ standardised: [Double],
    _ scale: (mean: Double, deviation: Double), _ factor: Cholesky
  ) {
    self.kernel = kernel
    self.features = features
    self.standardised = standardised
    (mean, deviation) = scale
    self.factor = factor
    alpha = factor.solve(standardised)
    logMarginalLikelihood = MarginalLikelihood.value(factor, alpha, standardised)
  }

  /// How the hyperparameters are searched.
  package struct Search: Sendable {
    package var family = GaussianProcessKernel.Family.matern52
    /// One length for each column instead of one for all.
    package var isRelevanceDetermined = false
    /// Starts besides the first.
    package var restarts = 2
    /// Kernels to start from instead of the first start; restarts are about the first of them.
    package var starts: [GaussianProcessKernel] = []
    /// The noise's bounds, on the scale of standardised targets.
    package var noise = 1e-5...1e1
    /// What is believed of the logarithms before the rows are seen; nil for all alike.
    package var prior: LogNormalPrior?
    package var minimiser = LBFGS()

    package init() {}
  }

  /// Bounds of signal and lengths (in units of the column's scale).
  private static let bounds = (signal: 1e-5...1e5, length: 1e-3...1e5)

  /// Finds the hyperparameters that maximise the marginal likelihood, by L-BFGS from several starts, the best
  /// of which counts (the first of equals), and conditions that kernel on the rows.
  ///
  /// The first start has signal 1, noise 0.1 and lengths of one unit; others are drawn log-uniformly, each
  /// between a tenth and ten times that. The unit is the column's deviation times √columns, or the root mean
  /// square over columns where one length is shared. Deviation from scikit-learn: its starts beyond the first
  /// cover ten decades, where most are flat.
  ///
  /// - Throws: `EstimatorError.noRows`, `.notFinite`; `LinearAlgebraError` where the best kernel has no factor.
  package init(
    _ features: Matrix, _ targets: [Double], _ search: Search, stream: RandomStream
  ) throws {
    try requireFinite(features, targets: targets, "a Gaussian process")
    let units = Self.lengthUnits(features, isShared: !search.isRelevanceDetermined)
    let (mean, deviation) = Self.scale(targets)
    let likelihood = MarginalLikelihood(
      features, targets.map { ($0 - mean) / deviation }, isShared: !search.isRelevanceDetermined)
    func logRange(_ range: ClosedRange<Double>, _ unit: Double) -> ClosedRange<Double> {
      naturalLogarithm(range.lowerBound * unit)...naturalLogarithm(range.upperBound * unit)
    }
    let bounds =
      [logRange(Self.bounds.signal, 1)] + units.map { logRange(Self.bounds.length, $0) }
      + [logRange(search.noise, 1)]
    let plain = GaussianProcessKernel(search.family, lengths: units, noise: 0.1)
    let starts = (search.starts.isEmpty ? [plain] : search.starts).map(\.logarithms)
    var numbers = stream
    var best: LBFGS.Minimum?
    var evaluations = 0
    for start in 0..<starts.count + search.restarts {
      let point =
        start < starts.count
        ? starts[start]
        : starts[0].map { $0 + (2 * numbers.uniform() - 1) * naturalLogarithm(10) }
      let minimum = search.minimiser.minimise(from: point, bounds: bounds) { point in
        var (value, gradient) = likelihood.evaluate(GaussianProcessKernel(search.family, logarithms: point))
        search.prior?.add(at: point, to: &value, &gradient)
        return (-value, gradient.map { -$0 })
      }
      evaluations += minimum.evaluations
      if best == nil || minimum.value < best!.value { best = minimum }
    }
    try self.init(features, targets, GaussianProcessKernel(search.family, logarithms: best!.point))
    self.evaluations = evaluations
  }

  /// The marginal likelihood and its gradient with respect to `GaussianProcessKernel.logarithms`, for a kernel
  /// over standardised targets.
  package static func logMarginalLikelihood(
    _ features: Matrix, standardisedTargets: [Double], _ kernel: GaussianProcessKernel
  ) -> (value: Double, gradient: [Double]) {
    MarginalLikelihood(features, standardisedTargets, isShared: kernel.lengths.count == 1).evaluate(kernel)
  }

  /// The process with one more row; rows² flops. The targets' scale stays that of the first fit.
  ///
  /// - Throws: `LinearAlgebraError.notPositiveDefinite`, `.notFinite`.
  package func adding(_ row: [Double], target: Double) throws -> GaussianProcess {
    let new = Matrix(rows: 1, columns: row.count, values: row)
    let grown = try factor.appending(
      kernel.covariance(new, features).values, diagonal: kernel.signal + kernel.noise)
    return GaussianProcess(
      kernel, Matrix(rows: features.rows + 1, columns: features.columns, values: features.values + row),
      standardised + [(target - mean) / deviation], (mean, deviation), grown)
  }

  /// The posterior of the function, without the noise of an observation: mean and variance for each row.
  package func predict(_ rows: Matrix) -> (means: [Double], variances: [Double]) {
    let cross = kernel.covariance(features, rows)
    let means = cross.transposedTimes(alpha).map { mean + deviation * $0 }
    let solved = factor.solveLower(cross)
    var variances = [Double](repeating: kernel.signal, count: rows.rows)
    for i in 0..<solved.rows {
      for j in 0..<solved.columns {
        let value = solved.values[i &* solved.columns &+ j]
        variances[j] -= value * value
      }
    }
    // Rounding may leave a little less than 0 at points that were observed without noise.
    return (means, variances.map { max(0, $0) * deviation * deviation })
  }

  private static func scale(_ targets: [Double]) -> (mean: Double, deviation: Double) {
    let mean = targets.reduce(0, +) / Double(targets.count)
    let variance = targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(targets.count)
    return (mean, targets.min() == targets.max() ? 1 : variance.squareRoot())
  }

  /// Each column's deviation (1 where constant) times √columns; shared, one number of their mean square.
  private static func lengthUnits(_ features: Matrix, isShared: Bool) -> [Double] {
    let root = Double(max(1, features.columns)).squareRoot()
    let deviations = (0..<features.columns).map { j in
      scale((0..<features.rows).map { features[$0, j] }).deviation
    }
    if !isShared { return deviations.map { $0 * root } }
    return [max(1e-150, dot(deviations, deviations)).squareRoot()]
  }
}
