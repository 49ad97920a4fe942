import Tensors

/// The mean of each column; zeros without rows.
func columnMeans(_ matrix: Matrix) -> [Double] {
  var means = [Double](repeating: 0, count: matrix.columns)
  for i in 0..<matrix.rows {
    for j in 0..<matrix.columns { means[j] += matrix.values[i &* matrix.columns &+ j] }
  }
  return means.map { $0 / Double(max(1, matrix.rows)) }
}

/// The matrix with a number for each column added, times `factor`, to every row.
func adding(_ offsets: [Double], times factor: Double, to matrix: Matrix) -> Matrix {
  var result = matrix
  for i in 0..<matrix.rows {
    for j in 0..<matrix.columns { result.values[i &* matrix.columns &+ j] += factor * offsets[j] }
  }
  return result
}
