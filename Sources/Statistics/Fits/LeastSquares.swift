/// Linear least squares by modified Gram–Schmidt orthogonalisation, y joined as the last column (Björck 1967).
struct LeastSquares {
  let coefficients: [Double]
  let residualSquares: Double
  /// (XᵀX)⁻¹, by which the residual variance is multiplied for that of the coefficients.
  let inverseNormal: [[Double]]

  /// - Parameter columns: regressor × point.
  /// - Returns: nil where a regressor is a combination of others.
  init?(_ columns: [[Double]], _ y: [Double]) {
    let count = columns.count
    var basis = columns
    var residual = y
    var triangle = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    var projections = [Double](repeating: 0, count: count)
    func product(_ a: [Double], _ b: [Double]) -> Double {
      var sum = 0.0
      for i in a.indices { sum += a[i] * b[i] }
      return sum
    }
    for k in 0..<count {
      let norm = product(basis[k], basis[k])
      guard norm > 1e-26 * product(columns[k], columns[k]) else { return nil }
      triangle[k][k] = 1
      for j in (k + 1)..<max(count, k + 1) {
        triangle[k][j] = product(basis[k], basis[j]) / norm
        for i in y.indices { basis[j][i] -= triangle[k][j] * basis[k][i] }
      }
      projections[k] = product(basis[k], residual) / norm
      for i in y.indices { residual[i] -= projections[k] * basis[k][i] }
    }
    // R β = projections with unit diagonal, and R⁻¹·diag(1/norms)·R⁻ᵀ.
    var inverse = triangle.map { $0.map { _ in 0.0 } }
    var solution = projections
    for k in stride(from: count - 1, through: 0, by: -1) {
      inverse[k][k] = 1
      for j in (k + 1)..<max(count, k + 1) {
        solution[k] -= triangle[k][j] * solution[j]
        for column in j..<count { inverse[k][column] -= triangle[k][j] * inverse[j][column] }
      }
    }
    let norms = basis.map { product($0, $0) }
    coefficients = solution
    residualSquares = product(residual, residual)
    var inverseNormal = inverse
    for i in 0..<count {
      for j in 0..<count {
        var sum = 0.0
        for k in max(i, j)..<count { sum += inverse[i][k] * inverse[j][k] / norms[k] }
        inverseNormal[i][j] = sum
      }
    }
    self.inverseNormal = inverseNormal
  }
}
