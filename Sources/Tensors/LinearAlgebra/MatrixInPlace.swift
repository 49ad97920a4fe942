import COpenBLAS

/// What changes a matrix that is there, without asking for memory: for loops that step through the same shapes.
extension Matrix {
  /// Takes over the values of a matrix of the same shape.
  package mutating func copy(_ other: Matrix) {
    precondition(rows == other.rows && columns == other.columns, "shapes agree")
    for i in 0..<values.count { values[i] = other.values[i] }
  }

  /// self ← keep·self + take·op(A)·op(B), where op may transpose.
  package mutating func setProduct(
    _ a: Matrix, leftTransposed transposeA: Bool = false, _ b: Matrix,
    rightTransposed transposeB: Bool = false,
    keep: Double = 0, take: Double = 1
  ) {
    let inner = transposeA ? a.rows : a.columns
    precondition(
      rows == (transposeA ? a.columns : a.rows) && columns == (transposeB ? b.rows : b.columns)
        && inner == (transposeB ? b.columns : b.rows), "shapes agree")
    guard rows > 0 && columns > 0 else { return }
    _ = NumericsEngine.started
    cblas_dgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      blasint(rows), blasint(columns), blasint(inner), take, a.values, blasint(max(a.columns, 1)), b.values,
      blasint(max(b.columns, 1)), keep, &values, blasint(columns))
  }
}
