import COpenBLAS

/// The Cholesky decomposition A = L·Lᵀ of a symmetric positive definite matrix.
///
/// Nothing is added to the diagonal: a caller that wants jitter adds it and says so.
package struct Cholesky: Sendable {
  /// L, lower triangular with a positive diagonal; order × order.
  package private(set) var lower: Matrix

  /// - Parameter matrix: A; only its lower triangle is read. Order 0 is allowed.
  /// - Throws: `LinearAlgebraError.notFinite`, or `.notPositiveDefinite` where rounding or the matrix itself
  ///   leaves a pivot that is not positive.
  package init(_ matrix: Matrix) throws(LinearAlgebraError) {
    precondition(matrix.rows == matrix.columns, "only square matrices have a Cholesky decomposition")
    guard matrix.isFinite else { throw .notFinite }
    lower = matrix
    let order = matrix.rows
    guard order > 0 else { return }
    _ = NumericsEngine.started
    // Row-major lower is column-major upper.
    var (n, info) = (Int32(order), Int32(0))
    dpotrf_("U", &n, &lower.values, &n, &info, 1)
    if info != 0 { throw .notPositiveDefinite(order: Int(info)) }
    for i in 0..<order {
      for j in i + 1..<max(order, i + 1) { lower.values[i &* order &+ j] = 0 }
    }
  }

  package var order: Int { lower.rows }

  /// The diagonal of L; twice the sum of its logarithms is the logarithm of A's determinant.
  package var diagonal: [Double] { (0..<order).map { lower[$0, $0] } }

  /// A⁻¹·B.
  ///
  /// - Parameter right: B, order × any.
  package func solve(_ right: Matrix) -> Matrix {
    var solution = right
    triangularSolve(lower, transposed: false, &solution)
    triangularSolve(lower, transposed: true, &solution)
    return solution
  }

  /// A⁻¹·b.
  package func solve(_ right: [Double]) -> [Double] {
    solve(Matrix(rows: right.count, columns: 1, values: right)).values
  }

  /// L⁻¹·B, of which the sum of squares of a column is bᵀ·A⁻¹·b.
  package func solveLower(_ right: Matrix) -> Matrix {
    var solution = right
    triangularSolve(lower, transposed: false, &solution)
    return solution
  }

  /// A⁻¹, exactly symmetric; order³ · ⅔ flops.
  package func inverse() -> Matrix {
    var result = lower
    guard order > 0 else { return result }
    var (n, info) = (Int32(order), Int32(0))
    dpotri_("U", &n, &result.values, &n, &info, 1)
    precondition(info == 0, "the diagonal is positive, so the inverse exists")
    result.mirrorLower()
    return result
  }

  /// The decomposition of A with one more row and column; order² flops.
  ///
  /// - Parameters:
  ///   - row: the new row left of the diagonal; one number for each present row.
  ///   - diagonal: the new entry on the diagonal.
  package func appending(_ row: [Double], diagonal: Double) throws(LinearAlgebraError) -> Cholesky {
    precondition(row.count == order, "the new row reaches to the diagonal")
    guard areFinite(row) && diagonal.isFinite else { throw .notFinite }
    let left = solveLower(Matrix(rows: order, columns: 1, values: row)).values
    var pivot = diagonal
    for value in left { pivot -= value * value }
    guard pivot > 0 else { throw .notPositiveDefinite(order: order + 1) }
    var grown = Matrix(zeros: order + 1, order + 1)
    for i in 0..<order {
      for j in 0...i { grown[i, j] = lower[i, j] }
      grown[order, i] = left[i]
    }
    grown[order, order] = pivot.squareRoot()
    var result = self
    result.lower = grown
    return result
  }
}

/// X of L·X = B, or of Lᵀ·X = B where `transposed`.
///
/// - Parameters:
///   - lower: L; what is above its diagonal is not read.
///   - right: B, order × any.
/// - Throws: `LinearAlgebraError.singular` where the diagonal holds a zero, `.notFinite`.
package func triangularSolve(
  _ lower: Matrix, _ right: Matrix, transposed: Bool = false
) throws(LinearAlgebraError) -> Matrix {
  guard lower.isFinite && right.isFinite else { throw .notFinite }
  for i in 0..<lower.rows where lower[i, i] == 0 { throw .singular(i) }
  var solution = right
  triangularSolve(lower, transposed: transposed, &solution)
  return solution
}

/// The call itself, in place.
private func triangularSolve(_ lower: Matrix, transposed: Bool, _ right: inout Matrix) {
  precondition(lower.rows == lower.columns && lower.rows == right.rows, "L is square, with B's rows")
  guard !right.values.isEmpty else { return }
  _ = NumericsEngine.started
  cblas_dtrsm(
    CblasRowMajor, CblasLeft, CblasLower, transposed ? CblasTrans : CblasNoTrans, CblasNonUnit,
    blasint(right.rows), blasint(right.columns), 1, lower.values, blasint(lower.rows), &right.values,
    blasint(right.columns))
}
