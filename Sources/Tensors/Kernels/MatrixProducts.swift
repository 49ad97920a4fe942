import COpenBLAS

// Single-precision matrix products over row-major arrays. Each call is one product of OpenBLAS, never split,
// because parts of a product computed alone differ in bits from the whole. A product costs 2 · rows · inner ·
// columns flops.

/// C ← A·B.
///
/// - Parameters:
///   - a: rows × inner.
///   - b: inner × columns.
///   - c: rows × columns, overwritten.
package func multiply(
  _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>,
  rows: Int, inner: Int, columns: Int
) {
  product(CblasNoTrans, a, stride: inner, CblasNoTrans, b, stride: columns, c, rows, inner, columns)
}

/// C ← Aᵀ·B.
///
/// - Parameters:
///   - a: inner × rows.
///   - b: inner × columns.
///   - c: rows × columns, overwritten.
package func multiply(
  transposed a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>,
  rows: Int, inner: Int, columns: Int
) {
  product(CblasTrans, a, stride: rows, CblasNoTrans, b, stride: columns, c, rows, inner, columns)
}

/// C ← A·Bᵀ.
///
/// - Parameters:
///   - a: rows × inner.
///   - b: columns × inner.
///   - c: rows × columns, overwritten.
package func multiply(
  _ a: UnsafePointer<Float>, transposed b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>,
  rows: Int, inner: Int, columns: Int
) {
  product(CblasNoTrans, a, stride: inner, CblasTrans, b, stride: inner, c, rows, inner, columns)
}

/// The call itself. An empty product is a mistake of the caller, whatever the library would make of it.
private func product(
  _ transposeA: CBLAS_TRANSPOSE, _ a: UnsafePointer<Float>, stride strideA: Int,
  _ transposeB: CBLAS_TRANSPOSE, _ b: UnsafePointer<Float>, stride strideB: Int,
  _ c: UnsafeMutablePointer<Float>, _ rows: Int, _ inner: Int, _ columns: Int
) {
  precondition(
    rows > 0 && inner > 0 && columns > 0, "a matrix product needs rows, columns and an inner dimension")
  _ = NumericsEngine.started
  cblas_sgemm(
    CblasRowMajor, transposeA, transposeB, blasint(rows), blasint(columns), blasint(inner), 1, a,
    blasint(strideA), b, blasint(strideB), 0, c, blasint(columns))
}
