import COpenBLAS

/// The eigendecomposition A = V·diag(λ)·Vᵀ of a symmetric matrix, by divide and conquer (LAPACK `dsyevd`).
///
/// Signs are fixed: in each eigenvector the entry of largest magnitude is positive (the first of those within a
/// billionth of the largest). Eigenvectors of equal eigenvalues are an orthonormal basis of their space, which
/// one is up to the library.
package struct SymmetricEigen: Sendable {
  /// λ, ascending.
  package private(set) var values: [Double]
  /// V, order × order; column k belongs to `values[k]`.
  package private(set) var vectors: Matrix
  /// Eigenvector k in row k, for column-major columns are row-major rows.
  private var rows: Matrix
  private var work: [Double]
  private var indices: [Int32]

  /// - Parameter matrix: A; only its lower triangle is read. Order 0 is allowed.
  /// - Throws: `LinearAlgebraError.notFinite`, `.notConverged`.
  package init(_ matrix: Matrix) throws(LinearAlgebraError) {
    self.init(order: matrix.rows)
    try decompose(matrix)
    // Not kept as long as the result.
    (rows, work, indices) = (Matrix(zeros: 0, 0), [], [])
  }

  /// Room for matrices of one order, to be decomposed one after another without asking for memory.
  package init(order: Int) {
    values = [Double](repeating: 0, count: order)
    vectors = Matrix(zeros: order, order)
    rows = vectors
    work = [Double](repeating: 0, count: 1 + 6 * order + 2 * order * order)
    indices = [Int32](repeating: 0, count: 3 + 5 * order)
  }

  /// Takes the decomposition of another matrix of the same order; undefined after an error.
  package mutating func decompose(_ matrix: Matrix) throws(LinearAlgebraError) {
    let order = values.count
    precondition(matrix.rows == order && matrix.columns == order, "only square matrices have eigenvalues")
    precondition(!work.isEmpty, "only what was made with room decomposes again")
    guard matrix.isFinite else { throw .notFinite }
    rows.copy(matrix)
    if order > 0 {
      _ = NumericsEngine.started
      var (n, info) = (Int32(order), Int32(0))
      var (workCount, indexCount) = (Int32(work.count), Int32(indices.count))
      dsyevd_(
        "V", "U", &n, &rows.values, &n, &values, &work, &workCount, &indices, &indexCount, &info, 1, 1)
      if info != 0 { throw .notConverged }
    }
    for k in 0..<order {
      let sign = fixedSign(order) { rows[k, $0] }
      for i in 0..<order { vectors[i, k] = rows[k, i] * sign }
    }
  }

  /// V·diag(f(λ))·Vᵀ, a function of the matrix such as its inverse root.
  package func applying(_ function: (Double) -> Double) -> Matrix {
    var (room, result) = (vectors, vectors)
    Self.apply(function, values, vectors, &room, into: &result)
    return result
  }

  /// The same into a matrix that is there, without asking for memory.
  package mutating func apply(_ function: (Double) -> Double, into result: inout Matrix) {
    Self.apply(function, values, vectors, &rows, into: &result)
  }

  private static func apply(
    _ function: (Double) -> Double, _ values: [Double], _ vectors: Matrix, _ room: inout Matrix,
    into result: inout Matrix
  ) {
    let order = values.count
    for k in 0..<order {
      let scale = function(values[k])
      for i in 0..<order { room.values[i &* order &+ k] = vectors.values[i &* order &+ k] * scale }
    }
    result.setProduct(room, vectors, rightTransposed: true)
  }
}
