import Estimators
import Tensors
import Testing

private let vectors = Vectors("neighbours-and-bayes")
private let features = vectors["features"]
private let labels = ClassLabels(vectors["labels"].values.map { Int($0) }, count: 3)

@Suite struct NearestNeighbourTests {
  @Test(arguments: NearestNeighbours.Weighting.allCases, [1, 5])
  func predictionsFollowTheReference(weighting: NearestNeighbours.Weighting, count: Int) throws {
    let neighbours = try NearestNeighbours(features)
    let label = "\(weighting.rawValue)-\(count)"
    expectClose(
      neighbours.classShares(vectors["rows"], labels, count: count, weighting),
      vectors["shares-\(label)"].values, 1e-12)
    expectClose(
      neighbours.means(vectors["rows"], vectors["targets"].values, count: count, weighting),
      vectors["means-\(label)"].values, 1e-12)
  }

  /// Duplicates and points at equal distances, where a product's rounding would choose by chance.
  @Test func tiesAreBrokenByPosition() throws {
    let thirds = (0..<40).map { Double($0 % 4) / 3 + 1000 }
    let neighbours = try NearestNeighbours(Matrix(rows: 40, columns: 1, values: thirds))
    let found = neighbours.search(Matrix(rows: 1, columns: 1, values: [thirds[1]]), count: 23)[0]
    let equal = stride(from: 1, to: 40, by: 4)
    let near = (0..<40).filter { $0 % 4 == 0 || $0 % 4 == 2 }
    #expect(
      found.prefix(10).map(\.row) == Array(equal) && found.prefix(10).allSatisfy { $0.squaredDistance == 0 })
    let exact = near.map { row in (row, (thirds[row] - thirds[1]) * (thirds[row] - thirds[1])) }
      .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    #expect(found.dropFirst(10).map(\.row) == exact.prefix(13).map(\.0))
    let shares = neighbours.classShares(
      Matrix(rows: 1, columns: 1, values: [thirds[1]]), ClassLabels((0..<40).map { $0 % 4 }, count: 4),
      count: 23,
      .distance)
    expectClose(shares, [0, 1, 0, 0], 1e-14)
  }

  @Test func hostileRows() throws {
    #expect(throws: EstimatorError.noRows("nearest neighbours")) { try NearestNeighbours(empty) }
    #expect(throws: EstimatorError.notFinite("nearest neighbours")) { try NearestNeighbours(holed) }
    let one = try NearestNeighbours(Matrix(rows: 1, columns: 2, values: [1, 2]))
    #expect(one.means(Matrix(rows: 1, columns: 2, values: [9, 9]), [4], count: 5, .distance) == [4])
    #expect(one.search(empty, count: 1).isEmpty)
  }
}

@Suite struct NaiveBayesTests {
  @Test func posteriorsFollowTheReference() throws {
    let rows = vectors["rows"]
    func check(_ label: String, _ likelihood: NaiveBayes.Likelihood, _ fit: Matrix, _ new: Matrix) throws {
      expectClose(
        try NaiveBayes(fit, labels, likelihood).probabilities(new), vectors[label].values, 1e-12, label)
    }
    try check("gaussian", .gaussian(smoothing: 1e-9), features, rows)
    try check("gaussian-smooth", .gaussian(smoothing: 0.1), features, rows)
    try check("bernoulli", .bernoulli(smoothing: 1), features, rows)
    func counts(_ matrix: Matrix) -> Matrix {
      Matrix(
        rows: matrix.rows, columns: matrix.columns,
        values: matrix.values.map { max(0, $0.rounded(.toNearestOrEven)) })
    }
    try check("multinomial", .multinomial(smoothing: 0.5), counts(features), counts(rows))
  }

  @Test func hostileRows() throws {
    #expect(throws: EstimatorError.noRows("naive Bayes")) {
      try NaiveBayes(empty, ClassLabels([], count: 2), .bernoulli(smoothing: 1))
    }
    #expect(throws: EstimatorError.notFinite("naive Bayes")) {
      try NaiveBayes(holed, ClassLabels([0, 1], count: 2), .gaussian(smoothing: 0))
    }
    #expect(throws: EstimatorError.self) {
      try NaiveBayes(
        Matrix(rows: 1, columns: 1, values: [-1]), ClassLabels([0], count: 1), .multinomial(smoothing: 1))
    }
    let constant = Matrix(rows: 3, columns: 2, values: [1, 1, 1, 1, 1, 1])
    for likelihood in [
      NaiveBayes.Likelihood.gaussian(smoothing: 1e-9), .multinomial(smoothing: 1), .bernoulli(smoothing: 1),
    ] {
      let single = try NaiveBayes(constant, ClassLabels([1, 1, 1], count: 3), likelihood)
      #expect(single.probabilities(constant.rows(at: [0])) == [0, 1, 0])
      let both = try NaiveBayes(constant, ClassLabels([0, 1, 1], count: 3), likelihood)
      let shares = both.probabilities(constant.rows(at: [0]))
      #expect(abs(shares.reduce(0, +) - 1) < 1e-12 && shares[2] == 0 && shares[1] > shares[0])
    }
  }
}
