import COpenBLAS

/// The thin singular value decomposition A = U·diag(σ)·Vᵀ, by divide and conquer (LAPACK `dgesdd`).
///
/// With k = min(rows, columns). Signs are fixed: in each row of Vᵀ the entry of largest magnitude is positive
/// (the first of those within a billionth of the largest), and U's columns follow.
package struct SingularValues: Sendable {
  /// U, rows × k.
  package let left: Matrix
  /// σ, descending, k numbers ≥ 0.
  package let values: [Double]
  /// Vᵀ, k × columns.
  package let rightTransposed: Matrix

  /// - Throws: `LinearAlgebraError.notFinite`, `.notConverged`.
  package init(_ matrix: Matrix) throws(LinearAlgebraError) {
    guard matrix.isFinite else { throw .notFinite }
    let count = min(matrix.rows, matrix.columns)
    var left = Matrix(zeros: matrix.rows, count)
    var right = Matrix(zeros: count, matrix.columns)
    var values = [Double](repeating: 0, count: count)
    if count > 0 {
      _ = NumericsEngine.started
      // Column-major, the array holds Aᵀ = V·diag(σ)·Uᵀ: the library's left vectors are our right ones.
      var copy = matrix.values
      var (m, n, k) = (Int32(matrix.columns), Int32(matrix.rows), Int32(count))
      var info: Int32 = 0
      var indices = [Int32](repeating: 0, count: 8 * count)
      var work = [0.0]
      var workCount: Int32 = -1
      for _ in 0..<2 {
        dgesdd_(
          "S", &m, &n, &copy, &m, &values, &right.values, &m, &left.values, &k, &work, &workCount, &indices,
          &info, 1)
        if workCount < 0 {
          // The first call only tells how much memory the second one wants.
          workCount = Int32(work[0])
          work = [Double](repeating: 0, count: Int(workCount))
        }
      }
      if info != 0 { throw .notConverged }
    }
    for k in 0..<count where fixedSign(matrix.columns, { right[k, $0] }) < 0 {
      for j in 0..<matrix.columns { right[k, j] = -right[k, j] }
      for i in 0..<matrix.rows { left[i, k] = -left[i, k] }
    }
    self.left = left
    self.values = values
    rightTransposed = right
  }

  /// The number of singular values above max(rows, columns) · 2⁻⁵² · the largest, NumPy's rule.
  package var rank: Int {
    let largestSide = max(left.rows, rightTransposed.columns)
    let threshold = Double(largestSide) * 0x1p-52 * (values.first ?? 0)
    return values.filter { $0 > threshold }.count
  }
}

/// The X of least ‖X‖ among those of least ‖A·X − B‖ (Frobenius), by the singular value decomposition, with
/// singular values beyond the rank taken as 0; so A may have any shape and rank, and an A of zeros gives zeros.
///
/// - Parameters:
///   - matrix: A, rows × columns.
///   - right: B, rows × targets.
/// - Returns: X, columns × targets, and the rank used.
package func leastSquares(
  _ matrix: Matrix, _ right: Matrix
) throws(LinearAlgebraError) -> (solution: Matrix, rank: Int) {
  guard right.isFinite else { throw .notFinite }
  let decomposition = try SingularValues(matrix)
  let rank = decomposition.rank
  var coordinates = decomposition.left.transposedTimes(right)
  for k in 0..<coordinates.rows {
    let factor = k < rank ? 1 / decomposition.values[k] : 0
    for j in 0..<coordinates.columns { coordinates[k, j] *= factor }
  }
  return (decomposition.rightTransposed.transposedTimes(coordinates), rank)
}
