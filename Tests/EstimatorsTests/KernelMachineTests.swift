import Estimators
import Randomness
import Tensors
import Testing

private let kernels: [(name: String, kernel: Kernel)] = [
  ("linear", .linear), ("polynomial", .polynomial(degree: 3, scale: 0.5, offset: 1)),
  ("rbf", .rbf(scale: 0.3)),
]

private let vectors = Vectors("kernel-machines")
private let labels = ClassLabels(vectors["labels"].values.map { Int($0) }, count: 3)

@Suite struct SupportVectorTests {
  /// LIBSVM keeps kernel values in single precision, so the references themselves are good to about 1e-6.
  @Test(arguments: kernels.indices) func classifierFollowsTheReference(place: Int) throws {
    let (name, kernel) = kernels[place]
    let machine = try SupportVectorMachine(vectors["features"], labels, kernel, cost: 2, tolerance: 1e-9)
    let rows = vectors["rows"]
    expectClose(machine.decisionValues(rows).values, vectors["svc-\(name)-decisions"].values, 1e-5, name)
    let shares = machine.voteShares(rows)
    for i in 0..<rows.rows {
      let own = Array(shares[i * 3..<i * 3 + 3])
      #expect(own.firstIndex(of: own.max()!) == Int(vectors["svc-\(name)-classes"].values[i]))
    }
    #expect(machine.pairs.map { [$0.first, $0.second] } == [[0, 1], [0, 2], [1, 2]])
    let two = (0..<60).filter { labels.labels[$0] < 2 }
    let binary = try SupportVectorMachine(
      vectors["features"].rows(at: two), ClassLabels(two.map { labels.labels[$0] }, count: 2), kernel,
      cost: 2,
      tolerance: 1e-9)
    expectClose(binary.objectives, vectors["svc-\(name)-objective"].values, 1e-6, name)
    expectClose(binary.decisionValues(rows).values, vectors["svc-\(name)-binary"].values, 1e-5, name)
  }

  @Test(arguments: kernels.indices) func regressionFollowsTheReference(place: Int) throws {
    let (name, kernel) = kernels[place]
    let machine = try SupportVectorRegression(
      vectors["regression-features"], vectors["targets"].values, kernel, cost: 1.5, margin: 0.1,
      tolerance: 1e-9)
    expectClose([machine.objective], vectors["svr-\(name)-objective"].values, 1e-6, name)
    expectClose(machine.predict(vectors["rows"]), vectors["svr-\(name)"].values, 1e-5, name)
  }

  /// With a hundred times as many rows as fit, rows come and go, and so do shrunk variables; the optimum stays.
  @Test func cacheAndShrinkingDoNotMoveTheOptimum() throws {
    var numbers = stream
    let count = 1500
    let features = Matrix(rows: count, columns: 2, values: (0..<2 * count).map { _ in numbers.normal() })
    let classes = ClassLabels(
      (0..<count).map {
        features[$0, 0] + features[$0, 1] * features[$0, 1] + 0.5 * numbers.normal() > 0.7 ? 1 : 0
      },
      count: 2)
    let whole = try SupportVectorMachine(features, classes, .rbf(scale: 1), cost: 10, tolerance: 1e-4)
    let cached = try SupportVectorMachine(
      features, classes, .rbf(scale: 1), cost: 10, tolerance: 1e-4, memory: 15 * 8 * count)
    #expect(whole.iterations > 1000)
    expectClose(cached.objectives, whole.objectives, 1e-7)
    expectClose(cached.decisionValues(features).values, whole.decisionValues(features).values, 1e-3)
  }

  @Test func hostileRows() throws {
    #expect(throws: EstimatorError.noRows("a support vector machine")) {
      try SupportVectorMachine(empty, ClassLabels([], count: 2), .linear, cost: 1)
    }
    #expect(throws: EstimatorError.notFinite("a support vector machine")) {
      try SupportVectorMachine(holed, ClassLabels([0, 1], count: 2), .linear, cost: 1)
    }
    #expect(throws: EstimatorError.notFinite("a support vector regression")) {
      try SupportVectorRegression(.identity(1), [.infinity], .linear, cost: 1, margin: 0)
    }
    let one = Matrix(rows: 1, columns: 2, values: [1, 2])
    let single = try SupportVectorMachine(one, ClassLabels([2], count: 3), .rbf(scale: 1), cost: 1)
    #expect(single.voteShares(one) == [0, 0, 1])
    // The same rows in both classes: every row is a support vector and nothing is decided.
    let twins = Matrix(rows: 4, columns: 1, values: [0, 1, 0, 1])
    let undecided = try SupportVectorMachine(twins, ClassLabels([0, 0, 1, 1], count: 2), .linear, cost: 1)
    #expect(undecided.decisionValues(twins).values.allSatisfy { abs($0) < 1e-9 })
    #expect(undecided.objectives[0] > -4.0000001 && undecided.objectives[0] < -3.999)
    let flat = try SupportVectorRegression(twins, [3, 3, 3, 3], .rbf(scale: 1), cost: 1, margin: 0.1)
    #expect(flat.predict(one.rows(at: [])).isEmpty && flat.supportVectors.rows == 0)
    #expect(flat.predict(twins).allSatisfy { abs($0 - 3) < 1e-12 })
  }

  @Test func probabilitiesAreCoupledSigmoids() throws {
    let features = vectors["features"]
    let machine = try SupportVectorMachine(features, labels, .rbf(scale: 0.3), cost: 2)
    let scaling = try PlattScaling(machine, features, labels, cost: 2, stream: stream)
    let probabilities = scaling.probabilities(features)
    var loss = 0.0
    for i in 0..<features.rows {
      let own = probabilities[i * 3..<i * 3 + 3]
      #expect(abs(own.reduce(0, +) - 1) < 1e-12 && own.allSatisfy { $0 >= 0 })
      loss -= Tensors.logarithm(probabilities[i * 3 + labels.labels[i]]) / Double(features.rows)
    }
    #expect(loss < 0.9, "below the loss of the class shares, ln 3")
    let again = try PlattScaling(machine, features, labels, cost: 2, stream: stream)
    #expect(again.probabilities(features) == probabilities)
    let lone = Matrix(rows: 2, columns: 1, values: [0, 1])
    let two = try SupportVectorMachine(lone, ClassLabels([0, 1], count: 2), .linear, cost: 1)
    let few = try PlattScaling(two, lone, ClassLabels([0, 1], count: 2), cost: 1, stream: stream)
    #expect(few.probabilities(lone).allSatisfy { $0 > 0 && $0 < 1 })
  }

  @Test func sigmoidAndCouplingFollowTheReference() {
    let values = Array(vectors["regression-features"].transposed.row(0))
    let sigmoid = fitSigmoid(values, vectors["sigmoid-positive"].values.map { $0 > 0 })
    expectClose([sigmoid.slope, sigmoid.shift], vectors["sigmoid"].values, 1e-6)
    // Both stop by a tolerance on the same strictly convex problem.
    expectClose(coupledProbabilities(vectors["pairwise"]), vectors["coupled"].values, 5e-3)
  }
}

@Suite struct KernelRidgeTests {
  @Test(arguments: kernels.indices) func predictionsFollowTheReference(place: Int) throws {
    let (name, kernel) = kernels[place]
    let targets = vectors["targets"].values
    let both = Matrix(rows: targets.count, columns: 2, values: targets.flatMap { [$0, 2 * $0 + 1] })
    let fit = try KernelRidge(vectors["regression-features"], both, kernel, penalty: 0.7)
    expectClose(fit.predict(vectors["rows"]).values, vectors["ridge-\(name)"].values, 1e-10, name)
  }

  @Test func laplaceAndHostileRows() throws {
    let targets = vectors["targets"].transposed
    let fit = try KernelRidge(vectors["regression-features"], targets, .laplace(scale: 0.4), penalty: 0.7)
    expectClose(fit.predict(vectors["rows"]).values, vectors["ridge-laplace"].values, 1e-10)
    let twins = Matrix(rows: 2, columns: 1, values: [1, 1])
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 2)) {
      try KernelRidge(twins, twins, .rbf(scale: 1), penalty: 0)
    }
    #expect(throws: EstimatorError.self) { try KernelRidge(empty, empty, .linear, penalty: 1) }
    #expect(throws: EstimatorError.self) { try KernelRidge(holed, holed, .linear, penalty: 1) }
  }

  @Test func matricesAreSymmetricAndAgree() {
    for kernel in kernels.map(\.kernel) + [.laplace(scale: 0.5)] {
      let rows = vectors["features"]
      let gram = kernel.gram(rows)
      #expect(gram == gram.transposed)
      expectClose(gram.values, kernel.cross(rows, rows).values, 1e-13)
    }
    #expect(Kernel.rbf(scale: 1).gram(vectors["features"])[5, 5] == 1)
    #expect(naturalKernelScale(Matrix(zeros: 3, 2)) == 1)
    #expect(naturalKernelScale(Matrix(rows: 2, columns: 1, values: [0, 4])) == 0.25)
  }
}
