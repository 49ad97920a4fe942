import COpenBLAS

/// The eigendecomposition A = V·diag(λ)·Vᵀ of a symmetric matrix, by divide and conquer (LAPACK `dsyevd`).
///
/// Signs are fixed: in each eigenvector the entry of largest magnitude is positive (the first of those within a
/// billionth of the largest). Eigenvectors of equal eigenvalues are an orthonormal basis of their space, which
/// one is up to the library.
package struct SymmetricEigen: Sendable {
  /// λ, ascending.
  package let values: [Double]
  /// V, order × order; column k belongs to `values[k]`.
  package let vectors: Matrix

  /// - Parameter matrix: A; only its lower triangle is read. Order 0 is allowed.
  /// - Throws: `LinearAlgebraError.notFinite`, `.notConverged`.
  package init(_ matrix: Matrix) throws(LinearAlgebraError) {
    precondition(matrix.rows == matrix.columns, "only square matrices have eigenvalues")
    guard matrix.isFinite else { throw .notFinite }
    let order = matrix.rows
    var values = [Double](repeating: 0, count: order)
    // Eigenvector k in row k, for column-major columns are row-major rows.
    var rows = matrix
    if order > 0 {
      _ = NumericsEngine.started
      var (n, info) = (Int32(order), Int32(0))
      var workCount = Int32(1 + 6 * order + 2 * order * order)
      var indexCount = Int32(3 + 5 * order)
      var work = [Double](repeating: 0, count: Int(workCount))
      var indices = [Int32](repeating: 0, count: Int(indexCount))
      dsyevd_(
        "V", "U", &n, &rows.values, &n, &values, &work, &workCount, &indices, &indexCount, &info, 1, 1)
      if info != 0 { throw .notConverged }
    }
    for k in 0..<order {
      let sign = fixedSign(order) { rows[k, $0] }
      for i in 0..<order { rows[k, i] *= sign }
    }
    self.values = values
    vectors = rows.transposed
  }

  /// V·diag(f(λ))·Vᵀ, a function of the matrix such as its inverse root.
  package func applying(_ function: (Double) -> Double) -> Matrix {
    let order = values.count
    let scales = values.map(function)
    var scaled = vectors
    for i in 0..<order {
      for k in 0..<order { scaled.values[i &* order &+ k] *= scales[k] }
    }
    return scaled.timesTransposed(vectors)
  }
}
