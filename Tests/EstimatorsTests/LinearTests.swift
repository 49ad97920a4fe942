import Estimators
import Foundation
import Randomness
import Tensors
import Testing

let stream = RandomStream(seed: 11, role: "test", purpose: "estimators")
let empty = Matrix(zeros: 0, 2)
let holed = Matrix(rows: 2, columns: 2, values: [1, .nan, 0, 1])

@Suite struct RidgeTests {
  private let vectors = Vectors("ridge-path")

  @Test(arguments: ["0", "0.1", "10"]) func pathFollowsTheReference(penalty: String) throws {
    let path = try RidgePath(vectors["features"], vectors["targets"])
    let fit = path.fit(penalty: Double(penalty)!)
    expectClose(fit.weights.values, vectors["weights-\(penalty)"].values, 1e-12)
    expectClose(fit.intercepts, vectors["intercepts-\(penalty)"].values, 1e-12)
    let errors = path.leaveOneOutErrors(penalty: Double(penalty)!)
    expectClose(errors.values, vectors["left-out-\(penalty)"].values, 1e-12)
    expectClose(
      [path.degreesOfFreedom(penalty: Double(penalty)!)], vectors["freedom-\(penalty)"].values, 1e-12)
  }

  @Test func hostileRows() throws {
    #expect(throws: EstimatorError.noRows("ridge regression")) { try RidgePath(empty, Matrix(zeros: 0, 1)) }
    #expect(throws: EstimatorError.notFinite("ridge regression")) {
      try RidgePath(holed, Matrix(zeros: 2, 1))
    }
    // A constant column and a repeated one: the least solution, no weight on what never varies.
    let features = Matrix(rows: 4, columns: 3, values: [5, 1, 1, 5, 2, 2, 5, 3, 3, 5, 4, 4])
    let fit = try RidgePath(features, Matrix(rows: 4, columns: 1, values: [2, 4, 6, 8])).fit(penalty: 0)
    expectClose(fit.weights.values, [0, 1, 1], 1e-13)
    let single = try RidgePath(
      Matrix(rows: 1, columns: 1, values: [3]), Matrix(rows: 1, columns: 1, values: [7]))
    #expect(single.fit(penalty: 1).predict(Matrix(rows: 1, columns: 1, values: [9])).values == [7])
    #expect(single.leaveOneOutErrors(penalty: 1).values[0].isNaN)
  }
}

@Suite struct LinearModelTests {
  private let vectors = Vectors("linear-models")

  @Test func componentsFollowTheReference() throws {
    let components = try PrincipalComponents(vectors["features"], count: 3)
    expectClose(components.components.values, vectors["components"].values, 1e-12)
    expectClose(components.variances, vectors["variances"].values, 1e-12)
    expectClose(components.shares, vectors["shares"].values, 1e-12)
    expectClose(components.transform(vectors["rows"]).values, vectors["coordinates"].values, 1e-12)
    let all = try PrincipalComponents(vectors["features"], count: 99)
    #expect(all.components.rows == 5)
    expectClose(all.inverse(all.transform(vectors["rows"])).values, vectors["rows"].values, 1e-12)
  }

  @Test func componentsOfHostileRows() throws {
    #expect(throws: EstimatorError.self) { try PrincipalComponents(empty, count: 1) }
    #expect(throws: EstimatorError.self) { try PrincipalComponents(holed, count: 1) }
    let constant = try PrincipalComponents(Matrix(rows: 3, columns: 2, values: [1, 2, 1, 2, 1, 2]), count: 2)
    #expect(constant.variances == [0, 0] && constant.shares == [0, 0])
    #expect(try PrincipalComponents(Matrix(rows: 1, columns: 2, values: [1, 2]), count: 2).variances == [0])
  }

  @Test func softmaxRegressionFollowsTheReference() throws {
    var minimiser = LBFGS()
    minimiser.gradientTolerance = 1e-9
    minimiser.valueTolerance = 0
    let labels = ClassLabels(vectors["labels"].values.map { Int($0) }, count: 3)
    let fit = try SoftmaxRegression(vectors["features"], labels, penalty: 2, minimiser: minimiser)
    #expect(fit.hasConverged)
    expectClose(fit.probabilities(vectors["rows"]), vectors["probabilities"].values, 1e-6)
    expectClose(fit.weights.values, vectors["weights"].values, 1e-6)
    #expect(throws: EstimatorError.self) {
      try SoftmaxRegression(empty, ClassLabels([], count: 2), penalty: 1)
    }
    let single = try SoftmaxRegression(
      vectors["features"], ClassLabels([Int](repeating: 1, count: 40), count: 3), penalty: 1)
    #expect(single.probabilities(vectors["rows"]).enumerated().allSatisfy { $0 % 3 != 1 || $1 > 0.99 })
  }
}

@Suite struct RandomFeatureTests {
  private func average(
    _ family: RandomFeatures.Family, _ scale: Double, _ a: [Double], _ b: [Double]
  ) -> Double {
    let map = RandomFeatures(family, columns: 2, count: 40_000, scale: scale, stream: stream)
    let rows = map.transform(Matrix(rows: 2, columns: 2, values: a + b))
    return zip(rows.row(0), rows.row(1)).reduce(0) { $0 + $1.0 * $1.1 }
  }

  @Test func productsApproachTheKernels() {
    let (a, b) = ([0.3, -1.0], [1.0, 0.5])
    let distance = 0.7 * 0.7 + 1.5 * 1.5
    #expect(abs(average(.fourier, 0.4, a, b) - exp(-0.4 * distance)) < 0.02)
    // Arc-cosine of order 1: ‖u‖‖v‖ (sin θ + (π − θ) cos θ) / π, here of u = (√scale·a, 1).
    let (u, v) = (a.map { $0 * 0.4.squareRoot() } + [1], b.map { $0 * 0.4.squareRoot() } + [1])
    func product(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
    let size = (product(u, u) * product(v, v)).squareRoot()
    let angle = acos(product(u, v) / size)
    let kernel = size * (sin(angle) + (Double.pi - angle) * cos(angle)) / Double.pi
    #expect(abs(average(.relu, 0.4, a, b) - kernel) < 0.03)
  }

  @Test func mapsAreDrawnFromTheirStream() {
    let one = RandomFeatures(.fourier, columns: 3, count: 5, scale: 1, stream: stream)
    #expect(one.weights == RandomFeatures(.fourier, columns: 3, count: 5, scale: 1, stream: stream).weights)
  }
}

@Suite struct LBFGSTests {
  /// Rosenbrock's function of any dimension.
  private static func valley(_ x: [Double]) -> (value: Double, gradient: [Double]) {
    var (value, gradient) = (0.0, [Double](repeating: 0, count: x.count))
    for i in 0..<x.count - 1 {
      let rise = x[i + 1] - x[i] * x[i]
      value += 100 * rise * rise + (1 - x[i]) * (1 - x[i])
      gradient[i] += -400 * x[i] * rise - 2 * (1 - x[i])
      gradient[i + 1] += 200 * rise
    }
    return (value, gradient)
  }

  private var precise: LBFGS {
    var minimiser = LBFGS()
    minimiser.gradientTolerance = 1e-8
    minimiser.valueTolerance = 0
    return minimiser
  }

  @Test func freeMinimumIsFound() {
    let minimum = precise.minimise(from: [-1.2, 1, 1], Self.valley)
    #expect(minimum.hasConverged && minimum.iterations < 100 && minimum.evaluations < 200)
    expectClose(minimum.point, [1, 1, 1], 1e-7)
  }

  @Test func boundedMinimumFollowsTheReference() {
    let vectors = Vectors("linear-models")
    let bounds = [-1.5...0.5, -2.0...2, -2.0...2, 0.3...2]
    let minimum = precise.minimise(from: [-1.2, 1, 1, 1], bounds: bounds, Self.valley)
    #expect(minimum.hasConverged)
    expectClose([minimum.value], vectors["bounded-value"].values, 1e-9)
    expectClose(minimum.point, vectors["bounded"].values, 1e-6)
  }

  @Test func valuesThatAreNotFiniteShortenTheStep() {
    let minimum = precise.minimise(from: [3]) { x in
      x[0] < 0.5 ? (.nan, [.nan]) : (x[0] - log(x[0]), [1 - 1 / x[0]])
    }
    #expect(minimum.hasConverged && abs(minimum.point[0] - 1) < 1e-7)
    let lost = precise.minimise(from: [3]) { _ in (.infinity, [0]) }
    #expect(!lost.hasConverged && lost.point == [3])
    #expect(precise.minimise(from: [9], bounds: [0...2]) { (-$0[0], [-1]) }.point == [2])
  }
}
