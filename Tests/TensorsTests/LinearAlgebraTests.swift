import Foundation
import Randomness
import Tensors
import Testing

private func randomMatrix(_ rows: Int, _ columns: Int, _ index: Int = 0) -> Matrix {
  var stream = RandomStream(seed: 3, role: "test", purpose: "matrix", index: index)
  return Matrix(rows: rows, columns: columns, values: (0..<rows * columns).map { _ in stream.normal() })
}

private func largestDifference(_ a: Matrix, _ b: Matrix) -> Double {
  precondition(a.rows == b.rows && a.columns == b.columns)
  return zip(a.values, b.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

/// A matrix with the given diagonal.
private func diagonal(_ values: [Double]) -> Matrix {
  var matrix = Matrix(zeros: values.count, values.count)
  for (i, value) in values.enumerated() { matrix[i, i] = value }
  return matrix
}

/// The Hilbert matrix, whose condition number at order 10 is 1.6e13.
private func hilbert(_ order: Int) -> Matrix {
  Matrix(
    rows: order, columns: order,
    values: (0..<order * order).map { 1 / Double($0 / order + $0 % order + 1) })
}

private let nan = Matrix(rows: 2, columns: 2, values: [1, .nan, .nan, 1])

@Suite struct MatrixTests {
  @Test func productsFollowTheDefinition() {
    let (a, b) = (randomMatrix(5, 7, 1), randomMatrix(7, 3, 2))
    let product = a.times(b)
    for i in 0..<5 {
      for j in 0..<3 {
        let exact = (0..<7).reduce(0.0) { $0 + a[i, $1] * b[$1, j] }
        #expect(abs(product[i, j] - exact) < 1e-14)
      }
    }
    #expect(largestDifference(a.transposed.transposedTimes(b), product) < 1e-14)
    #expect(largestDifference(a.timesTransposed(b.transposed), product) < 1e-14)
    #expect(largestDifference(a.outerGram, a.timesTransposed(a)) < 1e-14)
    #expect(a.outerGram == a.outerGram.transposed)
    let column = Array(b.transposed.row(0))
    #expect(zip(a.times(column), product.transposed.row(0)).allSatisfy { abs($0 - $1) < 1e-14 })
    #expect(zip(a.transposed.transposedTimes(column), a.times(column)).allSatisfy { abs($0 - $1) < 1e-14 })
  }

  @Test func emptyProductsAreZeros() {
    #expect(Matrix(zeros: 2, 0).times(Matrix(zeros: 0, 3)) == Matrix(zeros: 2, 3))
    #expect(Matrix(zeros: 0, 2).times([1, 2]) == [])
    #expect(Matrix(zeros: 2, 0).outerGram == Matrix(zeros: 2, 2))
    #expect(Matrix(zeros: 0, 4).isFinite)
  }

  @Test func exponentialsHaveTheBitsOfTheScalarFunction() {
    var stream = RandomStream(seed: 3, role: "test", purpose: "exponents")
    let points = [-710, -708.5, -708, -1, 0, 1, 709] + (0..<10_000).map { _ in stream.normal() * 100 }
    var values = points
    exponentiate(&values, count: values.count)
    #expect(zip(points, values).allSatisfy { Tensors.exponential($0).bitPattern == $1.bitPattern })
    var wild = [Double.nan, .infinity, -.infinity]
    exponentiate(&wild, count: 3)
    #expect(wild[0].isNaN && wild[1] == .infinity && wild[2] == 0)
  }
}

@Suite struct CholeskyTests {
  private let matrix: Matrix = {
    var gram = randomMatrix(70, 90, 4).outerGram
    for i in 0..<70 { gram[i, i] += 1 }
    return gram
  }()

  @Test func factorSolvesAndInverts() throws {
    let factor = try Cholesky(matrix)
    #expect(largestDifference(factor.lower.timesTransposed(factor.lower), matrix) < 1e-11)
    #expect(factor.diagonal.allSatisfy { $0 > 0 } && factor.lower[0, 1] == 0)
    let right = randomMatrix(70, 3, 5)
    #expect(largestDifference(matrix.times(factor.solve(right)), right) < 1e-11)
    #expect(largestDifference(factor.inverse().times(matrix), .identity(70)) < 1e-11)
    let half = factor.solveLower(right)
    #expect(largestDifference(factor.lower.times(half), right) < 1e-12)
    #expect(factor.solve(right.transposed.row(0).map { $0 }).count == 70)
  }

  @Test func appendingARowIsDecomposingTheLargerMatrix() throws {
    let places = Array(0..<69)
    let smaller = try Cholesky(matrix.rows(at: places).transposed.rows(at: places))
    let grown = try smaller.appending(Array(matrix.row(69).prefix(69)), diagonal: matrix[69, 69])
    #expect(largestDifference(grown.lower, try Cholesky(matrix).lower) < 1e-12)
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 2)) {
      try Cholesky(.identity(1)).appending([1], diagonal: 1)
    }
  }

  @Test func whatHasNoFactorThrows() throws {
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 2)) {
      try Cholesky(Matrix(rows: 2, columns: 2, values: [1, 2, 2, 1]))
    }
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 1)) { try Cholesky(Matrix(zeros: 3, 3)) }
    #expect(throws: LinearAlgebraError.notFinite) { try Cholesky(nan) }
    #expect(try Cholesky(Matrix(zeros: 0, 0)).solve([]).isEmpty)
    let factor = try Cholesky(hilbert(10))
    #expect(largestDifference(factor.lower.timesTransposed(factor.lower), hilbert(10)) < 1e-15)
  }

  @Test func triangularSystemsAreSolvedEitherWay() throws {
    let lower = Matrix(rows: 2, columns: 2, values: [2, 99, 1, 4])
    let right = Matrix(rows: 2, columns: 1, values: [2, 9])
    #expect(try triangularSolve(lower, right).values == [1, 2])
    #expect(try triangularSolve(lower, right, transposed: true).values == [-0.125, 2.25])
    #expect(throws: LinearAlgebraError.singular(1)) { try triangularSolve(diagonal([1, 0]), right) }
    #expect(throws: LinearAlgebraError.notFinite) { try triangularSolve(nan, right) }
  }
}

@Suite struct SymmetricEigenTests {
  @Test(arguments: [1, 2, 9, 60])
  func vectorsDecomposeTheMatrix(order: Int) throws {
    let random = randomMatrix(order, order, 6)
    var matrix = Matrix(zeros: order, order)
    for i in 0..<order { for j in 0..<order { matrix[i, j] = random[i, j] + random[j, i] } }
    let eigen = try SymmetricEigen(matrix)
    #expect(eigen.values == eigen.values.sorted())
    #expect(largestDifference(eigen.applying { $0 }, matrix) < 1e-12)
    #expect(largestDifference(eigen.vectors.transposedTimes(eigen.vectors), .identity(order)) < 1e-13)
    let columns = eigen.vectors.transposed
    for k in 0..<order { #expect(columns.row(k).max { abs($0) < abs($1) }! > 0) }
    let root = eigen.applying { abs($0).squareRoot() }
    #expect(largestDifference(root.times(root), eigen.applying { abs($0) }) < 1e-12)
  }

  @Test func specialMatrices() throws {
    let known = try SymmetricEigen(Matrix(rows: 2, columns: 2, values: [2, 1, 1, 2]))
    #expect(abs(known.values[0] - 1) < 1e-15 && abs(known.values[1] - 3) < 1e-15)
    // Both entries of (1, −1)/√2 are equally large: the first is made positive.
    #expect(known.vectors[0, 0] > 0 && known.vectors[1, 0] < 0)
    #expect(try SymmetricEigen(Matrix(zeros: 0, 0)).values.isEmpty)
    #expect(try SymmetricEigen(Matrix(zeros: 3, 3)).values == [0, 0, 0])
    #expect(throws: LinearAlgebraError.notFinite) { try SymmetricEigen(nan) }
    let ill = try SymmetricEigen(hilbert(10))
    #expect(abs(ill.values[9] - 1.7519196702651774) < 1e-14)
    #expect(largestDifference(ill.applying { $0 }, hilbert(10)) < 1e-14)
  }
}

@Suite struct SingularValueTests {
  @Test(arguments: [(1, 1), (4, 9), (9, 4), (50, 50)])
  func factorsMultiplyToTheMatrix(rows: Int, columns: Int) throws {
    let matrix = randomMatrix(rows, columns, 7)
    let svd = try SingularValues(matrix)
    let scaled = svd.left.times(diagonal(svd.values))
    #expect(largestDifference(scaled.times(svd.rightTransposed), matrix) < 1e-13)
    #expect(svd.values == svd.values.sorted(by: >) && svd.values.last! >= 0)
    for k in 0..<svd.values.count { #expect(svd.rightTransposed.row(k).max { abs($0) < abs($1) }! > 0) }
    #expect(svd.rank == min(rows, columns))
  }

  @Test func specialMatrices() throws {
    #expect(try SingularValues(Matrix(zeros: 3, 0)).values.isEmpty)
    #expect(try SingularValues(Matrix(zeros: 3, 2)).rank == 0)
    #expect(throws: LinearAlgebraError.notFinite) { try SingularValues(nan) }
    #expect(try SingularValues(hilbert(10)).rank == 10)
    #expect(try SingularValues(hilbert(20)).rank < 20)
  }

  @Test func leastSquaresHandlesEveryRank() throws {
    let (a, b) = (randomMatrix(20, 4, 8), randomMatrix(20, 2, 9))
    let (solution, rank) = try leastSquares(a, b)
    var residual = a.times(solution)
    for i in 0..<residual.values.count { residual.values[i] -= b.values[i] }
    #expect(rank == 4 && a.transposedTimes(residual).values.allSatisfy { abs($0) < 1e-13 })
    // Two equal columns: the least solution shares the weight between them.
    let twin = Matrix(rows: 3, columns: 2, values: [1, 1, 2, 2, 3, 3])
    let shared = try leastSquares(twin, Matrix(rows: 3, columns: 1, values: [2, 4, 6]))
    #expect(shared.rank == 1 && shared.solution.values.allSatisfy { abs($0 - 1) < 1e-14 })
    let none = try leastSquares(Matrix(zeros: 3, 2), Matrix(zeros: 3, 1))
    #expect(none.rank == 0 && none.solution == Matrix(zeros: 2, 1))
    #expect(throws: LinearAlgebraError.notFinite) { try leastSquares(.identity(2), nan) }
  }
}

@Suite struct QRTests {
  @Test(arguments: [(1, 1), (4, 9), (9, 4), (40, 40)])
  func factorsMultiplyToTheMatrix(rows: Int, columns: Int) throws {
    let matrix = randomMatrix(rows, columns, 10)
    let qr = try QRDecomposition(matrix)
    let count = min(rows, columns)
    #expect(largestDifference(qr.q.times(qr.r), matrix) < 1e-13)
    #expect(largestDifference(qr.q.transposedTimes(qr.q), .identity(count)) < 1e-14)
    for i in 0..<count {
      #expect(qr.r[i, i] >= 0)
      for j in 0..<i { #expect(qr.r[i, j] == 0) }
    }
  }

  @Test func specialMatrices() throws {
    #expect(try QRDecomposition(Matrix(zeros: 3, 0)).q == Matrix(zeros: 3, 0))
    #expect(try QRDecomposition(Matrix(zeros: 3, 2)).r == Matrix(zeros: 2, 2))
    #expect(throws: LinearAlgebraError.notFinite) { try QRDecomposition(nan) }
  }
}
