import COpenBLAS

/// A dense matrix in double precision, row-major: what decompositions and estimators work on.
///
/// Rows and columns may be 0. Products are one call of OpenBLAS each, under the pinned kernels.
package struct Matrix: Hashable, Sendable {
  package let rows: Int
  package let columns: Int
  /// rows × columns; entry (i, j) is at i · columns + j.
  package var values: [Double]

  package init(rows: Int, columns: Int, values: [Double]) {
    precondition(
      rows >= 0 && columns >= 0 && values.count == rows * columns, "a matrix holds rows × columns values")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// All zeros.
  package init(zeros rows: Int, _ columns: Int) {
    self.init(rows: rows, columns: columns, values: [Double](repeating: 0, count: rows * columns))
  }

  package static func identity(_ order: Int) -> Matrix {
    var matrix = Matrix(zeros: order, order)
    for i in 0..<order { matrix[i, i] = 1 }
    return matrix
  }

  package subscript(i: Int, j: Int) -> Double {
    get { values[i * columns + j] }
    set { values[i * columns + j] = newValue }
  }

  package func row(_ i: Int) -> ArraySlice<Double> { values[i * columns..<(i + 1) * columns] }

  /// The rows at `places`, in that order.
  package func rows(at places: [Int]) -> Matrix {
    var chosen: [Double] = []
    chosen.reserveCapacity(places.count * columns)
    for i in places { chosen += row(i) }
    return Matrix(rows: places.count, columns: columns, values: chosen)
  }

  package var transposed: Matrix {
    var result = Matrix(zeros: columns, rows)
    for i in 0..<rows {
      for j in 0..<columns { result.values[j &* rows &+ i] = values[i &* columns &+ j] }
    }
    return result
  }

  /// Whether no value is NaN or infinite; true of an empty matrix.
  package var isFinite: Bool { areFinite(values) }

  /// A·B, for B of columns × any.
  package func times(_ other: Matrix) -> Matrix {
    precondition(columns == other.rows, "inner dimensions agree")
    return Self.product(
      self, other, rows: rows, inner: columns, columns: other.columns, CblasNoTrans, CblasNoTrans)
  }

  /// Aᵀ·B, for B of rows × any.
  package func transposedTimes(_ other: Matrix) -> Matrix {
    precondition(rows == other.rows, "inner dimensions agree")
    return Self.product(
      self, other, rows: columns, inner: rows, columns: other.columns, CblasTrans, CblasNoTrans)
  }

  /// A·Bᵀ, for B of any × columns.
  package func timesTransposed(_ other: Matrix) -> Matrix {
    precondition(columns == other.columns, "inner dimensions agree")
    return Self.product(
      self, other, rows: rows, inner: columns, columns: other.rows, CblasNoTrans, CblasTrans)
  }

  /// A·x, one number a row.
  package func times(_ vector: [Double]) -> [Double] {
    precondition(columns == vector.count, "inner dimensions agree")
    return applied(CblasNoTrans, to: vector, count: rows)
  }

  /// Aᵀ·x, one number a column.
  package func transposedTimes(_ vector: [Double]) -> [Double] {
    precondition(rows == vector.count, "inner dimensions agree")
    return applied(CblasTrans, to: vector, count: columns)
  }

  /// A·Aᵀ, rows × rows, exactly symmetric; half the cost of the general product.
  package var outerGram: Matrix { outerGram { _, _, _ in } }

  /// A function of A·Aᵀ, entry by entry, exactly symmetric: a kernel matrix.
  ///
  /// - Parameter map: given i, the entries (i, 0) … (i, i) of A·Aᵀ to replace, and the whole diagonal of A·Aᵀ.
  package func outerGram(
    mapping map: (_ i: Int, _ entries: UnsafeMutablePointer<Double>, _ diagonal: [Double]) -> Void
  ) -> Matrix {
    guard rows > 0 && columns > 0 else { return mapped(Matrix(zeros: rows, rows), map) }
    _ = NumericsEngine.started
    let order = rows
    // The upper triangle stays unwritten until the lower one is mirrored over it.
    let lower = [Double](unsafeUninitializedCapacity: order * order) { buffer, count in
      cblas_dsyrk(
        CblasRowMajor, CblasLower, CblasNoTrans, blasint(order), blasint(columns), 1, values,
        blasint(columns), 0, buffer.baseAddress!, blasint(order))
      count = order * order
    }
    return mapped(Matrix(rows: order, columns: order, values: lower), map)
  }

  private func mapped(
    _ lower: consuming Matrix, _ map: (Int, UnsafeMutablePointer<Double>, [Double]) -> Void
  ) -> Matrix {
    let order = rows
    let diagonal = (0..<order).map { lower[$0, $0] }
    lower.values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for i in 0..<order { map(i, base + i &* order, diagonal) }
    }
    lower.mirrorLower()
    return lower
  }

  /// Copies the lower triangle over the upper one.
  mutating func mirrorLower() {
    precondition(rows == columns, "only square matrices are symmetric")
    let order = rows
    // In tiles, so that the strided side stays in the cache.
    let tile = 32
    values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for top in stride(from: 0, to: order, by: tile) {
        for left in stride(from: 0, through: top, by: tile) {
          for i in top..<min(top + tile, order) {
            for j in left..<max(left, min(left + tile, i)) { base[j &* order &+ i] = base[i &* order &+ j] }
          }
        }
      }
    }
  }

  private static func product(
    _ a: Matrix, _ b: Matrix, rows: Int, inner: Int, columns: Int, _ transposeA: CBLAS_TRANSPOSE,
    _ transposeB: CBLAS_TRANSPOSE
  ) -> Matrix {
    var result = Matrix(zeros: rows, columns)
    guard rows > 0 && inner > 0 && columns > 0 else { return result }
    _ = NumericsEngine.started
    cblas_dgemm(
      CblasRowMajor, transposeA, transposeB, blasint(rows), blasint(columns), blasint(inner), 1, a.values,
      blasint(a.columns), b.values, blasint(b.columns), 0, &result.values, blasint(columns))
    return result
  }

  private func applied(_ transpose: CBLAS_TRANSPOSE, to vector: [Double], count: Int) -> [Double] {
    var result = [Double](repeating: 0, count: count)
    guard !values.isEmpty else { return result }
    _ = NumericsEngine.started
    cblas_dgemv(
      CblasRowMajor, transpose, blasint(rows), blasint(columns), 1, values, blasint(columns), vector, 1, 0,
      &result, 1)
    return result
  }
}

/// Whether all numbers are finite.
package func areFinite(_ values: [Double]) -> Bool {
  var largest: UInt64 = 0
  for value in values { largest = max(largest, value.bitPattern & 0x7FF0_0000_0000_0000) }
  return largest != 0x7FF0_0000_0000_0000
}

/// 1 or −1, so that the number of largest magnitude times it is positive; among magnitudes within a billionth
/// of the largest, which rounding may have ordered, the first counts.
func fixedSign(_ count: Int, _ value: (Int) -> Double) -> Double {
  var largest = 0.0
  for i in 0..<count { largest = max(largest, abs(value(i))) }
  for i in 0..<count where abs(value(i)) >= largest * (1 - 1e-9) { return value(i) < 0 ? -1 : 1 }
  return 1
}
