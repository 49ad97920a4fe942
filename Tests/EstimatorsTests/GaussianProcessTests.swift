import Estimators
import Tensors
import Testing

private let vectors = Vectors("gaussian-process")
private let features = vectors["features"]
private let targets = vectors["targets"].values

@Suite struct GaussianProcessTests {
  @Test(arguments: GaussianProcessKernel.Family.allCases, [true, false])
  func likelihoodGradientAndPosteriorFollowTheReference(
    family: GaussianProcessKernel.Family, isShared: Bool
  ) throws {
    let kernel = GaussianProcessKernel(
      family, signal: 1.7, lengths: isShared ? [1.3] : [0.7, 1.5, 4], noise: 0.05)
    let label = "\(family.rawValue)-\(isShared ? "shared" : "separate")"
    let (value, gradient) = GaussianProcess.logMarginalLikelihood(
      features, standardisedTargets: vectors["standardised"].values, kernel)
    expectClose([value], vectors["\(label)-likelihood"].values, 1e-11, label)
    expectClose(gradient, vectors["\(label)-gradient"].values, 1e-9, label)
    let process = try GaussianProcess(features, targets, kernel)
    expectClose([process.logMarginalLikelihood], vectors["\(label)-likelihood"].values, 1e-11, label)
    let (means, variances) = process.predict(vectors["rows"])
    expectClose(means, vectors["\(label)-mean"].values, 1e-10, label)
    expectClose(variances, vectors["\(label)-variance"].values, 1e-9, label)
  }

  @Test func searchFindsTheReferencesOptimum() throws {
    let process = try GaussianProcess(features, targets, GaussianProcess.Search(), stream: stream)
    #expect(process.logMarginalLikelihood > vectors["fitted-likelihood"].values[0] - 1e-4)
    let kernel = process.kernel
    for (value, reference) in zip(
      [kernel.signal, kernel.lengths[0], kernel.noise], vectors["fitted-parameters"].values)
    {
      #expect(abs(value / reference - 1) < 0.02)
    }
    var search = GaussianProcess.Search()
    search.isRelevanceDetermined = true
    search.family = .rbf
    let detailed = try GaussianProcess(features, targets, search, stream: stream)
    #expect(detailed.kernel.lengths.count == 3)
    #expect(detailed.kernel == (try GaussianProcess(features, targets, search, stream: stream)).kernel)
  }

  @Test func addingARowIsConditioningOnAll() throws {
    let kernel = GaussianProcessKernel(.matern52, lengths: [1], noise: 0.01)
    // Equal mean and deviation with and without the last two rows, which keep the scale.
    let base = [1.0, -1, 1, -1, 1, -1]
    let first = try GaussianProcess(features.rows(at: Array(0..<4)), Array(base.prefix(4)), kernel)
    let grown = try first.adding(Array(features.row(4)), target: 1).adding(Array(features.row(5)), target: -1)
    let whole = try GaussianProcess(features.rows(at: Array(0..<6)), base, kernel)
    expectClose(grown.predict(vectors["rows"]).means, whole.predict(vectors["rows"]).means, 1e-12)
    expectClose(grown.predict(vectors["rows"]).variances, whole.predict(vectors["rows"]).variances, 1e-12)
    expectClose([grown.logMarginalLikelihood], [whole.logMarginalLikelihood], 1e-12)
    #expect(throws: LinearAlgebraError.notFinite) { try first.adding([.nan, 0, 0], target: 0) }
  }

  @Test func hostileRows() throws {
    let kernel = GaussianProcessKernel(.rbf, lengths: [1], noise: 0.1)
    #expect(throws: EstimatorError.noRows("a Gaussian process")) { try GaussianProcess(empty, [], kernel) }
    #expect(throws: EstimatorError.notFinite("a Gaussian process")) {
      try GaussianProcess(holed, [1, 2], kernel)
    }
    #expect(throws: EstimatorError.notFinite("a Gaussian process")) {
      try GaussianProcess(.identity(1), [.nan], GaussianProcess.Search(), stream: stream)
    }
    let twins = Matrix(rows: 2, columns: 1, values: [1, 1])
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 2)) {
      try GaussianProcess(twins, [0, 1], GaussianProcessKernel(.rbf, lengths: [1], noise: 0))
    }
    #expect(
      try GaussianProcess(twins, [0, 2], kernel).predict(twins).means.allSatisfy { abs($0 - 1) < 1e-12 })
    for family in GaussianProcessKernel.Family.allCases {
      var search = GaussianProcess.Search()
      search.family = family
      // Equal rows, one row, constant columns and equal targets all have a fit.
      let duplicated = try GaussianProcess(twins, [0, 2], search, stream: stream)
      #expect(duplicated.predict(twins).means.allSatisfy { abs($0 - 1) < 1e-6 })
      let single = try GaussianProcess(Matrix(zeros: 1, 2), [5], search, stream: stream)
      #expect(single.predict(Matrix(zeros: 1, 2)).means == [5])
      search.isRelevanceDetermined = true
      let flat = try GaussianProcess(Matrix(zeros: 5, 2), [3, 3, 3, 3, 3], search, stream: stream)
      #expect(flat.predict(Matrix(zeros: 1, 2)).means == [3])
    }
  }
}

/// What Bayesian optimisation needs of the process.
@Suite struct GaussianProcessPosteriorTests {
  @Test(arguments: GaussianProcessKernel.Family.allCases, [true, false])
  func pointsHaveThePosteriorAndItsGradient(family: GaussianProcessKernel.Family, isShared: Bool) throws {
    let kernel = GaussianProcessKernel(
      family, signal: 1.7, lengths: isShared ? [1.3] : [0.7, 1.5, 4], noise: 0.05)
    let process = try GaussianProcess(features, targets, kernel)
    let posterior = GaussianProcessPosterior(process)
    let rows = vectors["rows"]
    let (means, variances) = process.predict(rows)
    for i in 0..<rows.rows {
      let point = Array(rows.row(i))
      let value = posterior.value(at: point)
      #expect(abs(value.mean - means[i]) < 1e-10 * max(1, abs(means[i])))
      #expect(abs(value.variance - variances[i]) < 1e-9 * max(1, variances[i]))
      for j in point.indices {
        func moved(_ step: Double) -> GaussianProcessPosterior.Value {
          var other = point
          other[j] += step
          return posterior.value(at: other)
        }
        let (up, down) = (moved(1e-5), moved(-1e-5))
        #expect(abs((up.mean - down.mean) / 2e-5 - value.meanGradient[j]) < 1e-4 * max(1, abs(value.mean)))
        #expect(
          abs((up.variance - down.variance) / 2e-5 - value.varianceGradient[j]) < 1e-4
            * max(1, value.variance))
      }
    }
  }

  @Test func priorsKeepFewRowsFromExtremes() throws {
    let few = Matrix(rows: 3, columns: 2, values: [0, 0, 0.5, 1, 1, 0.2])
    var search = GaussianProcess.Search()
    search.isRelevanceDetermined = true
    let free = try GaussianProcess(few, [1, 2, 2.5], search, stream: stream)
    search.prior = LogNormalPrior(signal: (0, 1), lengths: [(0, 0.5)], noise: (-7, 0.5))
    let held = try GaussianProcess(few, [1, 2, 2.5], search, stream: stream)
    for length in held.kernel.lengths { #expect((0.2...5).contains(length)) }
    #expect(held.kernel.noise < 0.01)
    #expect(held.logMarginalLikelihood <= free.logMarginalLikelihood + 1e-6)
    // At the maximum the likelihood's slope is the prior's.
    let gradient = GaussianProcess.logMarginalLikelihood(
      few, standardisedTargets: standardised([1, 2, 2.5]), held.kernel
    ).gradient
    let logarithms = held.kernel.logarithms
    for (slope, z) in zip(
      gradient, [logarithms[0], logarithms[1] / 0.25, logarithms[2] / 0.25, (logarithms[3] + 7) / 0.25])
    {
      #expect(abs(slope - z) < 1e-3)
    }
  }

  private func standardised(_ targets: [Double]) -> [Double] {
    let mean = targets.reduce(0, +) / Double(targets.count)
    let variance = targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(targets.count)
    return targets.map { ($0 - mean) / variance.squareRoot() }
  }
}
