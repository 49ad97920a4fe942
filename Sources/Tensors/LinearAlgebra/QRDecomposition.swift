import COpenBLAS

/// The thin QR decomposition A = Q·R by Householder reflections (LAPACK `dgeqrf`), with k = min(rows, columns).
///
/// Signs are fixed: R's diagonal is not negative, so for A of full column rank the decomposition is unique.
package struct QRDecomposition: Sendable {
  /// Q, rows × k, with orthonormal columns.
  package let q: Matrix
  /// R, k × columns, upper triangular.
  package let r: Matrix

  /// - Throws: `LinearAlgebraError.notFinite`.
  package init(_ matrix: Matrix) throws(LinearAlgebraError) {
    guard matrix.isFinite else { throw .notFinite }
    let count = min(matrix.rows, matrix.columns)
    var r = Matrix(zeros: count, matrix.columns)
    guard count > 0 else {
      q = Matrix(zeros: matrix.rows, 0)
      self.r = r
      return
    }
    _ = NumericsEngine.started
    // LAPACK is column-major: row j of `columns` is column j of the matrix.
    var columns = matrix.transposed
    var (m, n, k) = (Int32(matrix.rows), Int32(matrix.columns), Int32(count))
    var info: Int32 = 0
    var reflections = [Double](repeating: 0, count: count)
    var workCount = Int32(64 * matrix.columns)
    var work = [Double](repeating: 0, count: Int(workCount))
    dgeqrf_(&m, &n, &columns.values, &m, &reflections, &work, &workCount, &info)
    for i in 0..<count {
      for j in i..<matrix.columns { r[i, j] = columns[j, i] }
    }
    dorgqr_(&m, &k, &k, &columns.values, &m, &reflections, &work, &workCount, &info)
    for i in 0..<count where r[i, i] < 0 {
      for j in i..<matrix.columns { r[i, j] = -r[i, j] }
      for row in 0..<matrix.rows { columns[i, row] = -columns[i, row] }
    }
    q = columns.rows(at: Array(0..<count)).transposed
    self.r = r
  }
}
