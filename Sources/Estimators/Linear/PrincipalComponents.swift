import Tensors

/// Principal component analysis by the singular value decomposition of the centred rows. In each component the
/// entry of largest magnitude is positive, as in scikit-learn since 1.5.
package struct PrincipalComponents: Sendable {
  /// components × columns, orthonormal rows.
  package let components: Matrix
  /// Variance along each component (divisor n − 1), descending; 0 for a single row.
  package let variances: [Double]
  /// Each component's share of the total variance; 0 where the total is 0.
  package let shares: [Double]
  package let means: [Double]

  /// - Parameter count: components kept, at most; no more than min(rows, columns) exist.
  /// - Throws: `EstimatorError.noRows`, `.notFinite`; `LinearAlgebraError.notConverged`.
  package init(_ features: Matrix, count: Int) throws {
    try requireFinite(features, "principal component analysis")
    means = columnMeans(features)
    let decomposition = try SingularValues(adding(means, times: -1, to: features))
    let divisor = Double(max(1, features.rows - 1))
    let all = decomposition.values.map { $0 * $0 / divisor }
    let total = all.reduce(0, +)
    let kept = min(count, all.count)
    components = decomposition.rightTransposed.rows(at: Array(0..<kept))
    variances = Array(all.prefix(kept))
    shares = variances.map { total > 0 ? $0 / total : 0 }
  }

  /// Coordinates along the components, rows × components.
  package func transform(_ features: Matrix) -> Matrix {
    adding(means, times: -1, to: features).timesTransposed(components)
  }

  /// Rows with these coordinates, rows × columns.
  package func inverse(_ coordinates: Matrix) -> Matrix {
    adding(means, times: 1, to: coordinates.times(components))
  }
}
