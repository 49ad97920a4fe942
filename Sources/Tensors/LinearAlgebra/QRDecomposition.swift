import COpenBLAS

/// The thin QR decomposition A = Q·R by Householder reflections (LAPACK `dgeqrf`), with k = min(rows, columns).
///
/// Signs are fixed: R's diagonal is not negative, so for A of full column rank the decomposition is unique.
package struct QRDecomposition: Sendable {
  /// Q, rows × k, with orthonormal columns.
  package private(set) var q: Matrix
  /// R, k × columns, upper triangular.
  package private(set) var r: Matrix
  /// Column j in row j, for LAPACK is column-major.
  private var columns: Matrix
  private var reflections: [Double]
  private var work: [Double]

  /// - Throws: `LinearAlgebraError.notFinite`.
  package init(_ matrix: Matrix) throws(LinearAlgebraError) {
    self.init(rows: matrix.rows, columns: matrix.columns)
    try decompose(matrix)
    // Not kept as long as the result.
    (columns, reflections, work) = (Matrix(zeros: 0, 0), [], [])
  }

  /// Room for matrices of one shape, to be decomposed one after another without asking for memory.
  package init(rows: Int, columns: Int) {
    let count = min(rows, columns)
    q = Matrix(zeros: rows, count)
    r = Matrix(zeros: count, columns)
    self.columns = Matrix(zeros: columns, rows)
    reflections = [Double](repeating: 0, count: count)
    work = [Double](repeating: 0, count: 64 * columns)
  }

  /// Takes the decomposition of another matrix of the same shape.
  package mutating func decompose(_ matrix: Matrix) throws(LinearAlgebraError) {
    let count = min(matrix.rows, matrix.columns)
    precondition(matrix.rows == q.rows && matrix.columns == r.columns, "the room is for another shape")
    precondition(columns.columns == matrix.rows, "only what was made with room decomposes again")
    guard matrix.isFinite else { throw .notFinite }
    guard count > 0 else { return }
    _ = NumericsEngine.started
    for i in 0..<matrix.rows {
      for j in 0..<matrix.columns { columns[j, i] = matrix[i, j] }
    }
    var (m, n, k) = (Int32(matrix.rows), Int32(matrix.columns), Int32(count))
    var info: Int32 = 0
    var workCount = Int32(work.count)
    dgeqrf_(&m, &n, &columns.values, &m, &reflections, &work, &workCount, &info)
    for i in 0..<count {
      for j in i..<matrix.columns { r[i, j] = columns[j, i] }
    }
    dorgqr_(&m, &k, &k, &columns.values, &m, &reflections, &work, &workCount, &info)
    for i in 0..<count {
      let sign = r[i, i] < 0 ? -1.0 : 1.0
      for j in i..<matrix.columns { r[i, j] *= sign }
      for row in 0..<matrix.rows { q[row, i] = sign * columns[i, row] }
    }
  }
}
