import Randomness
import Tensors

/// A stationary covariance function with its hyperparameters: signal · k(r) + noise at equal points, where
/// r² = Σ ((xᵢ − x′ᵢ) / lengthᵢ)² (Rasmussen & Williams, "Gaussian processes for machine learning", 2006, §4.2).
package struct GaussianProcessKernel: Hashable, Sendable {
  package enum Family: String, CaseIterable, Sendable {
    /// exp(−r)
    case matern12
    /// (1 + √3·r)·exp(−√3·r)
    case matern32
    /// (1 + √5·r + 5r²/3)·exp(−√5·r)
    case matern52
    /// exp(−r²/2)
    case rbf
  }

  package var family: Family
  /// Variance of the function.
  package var signal: Double
  /// One length for all columns, or one for each (automatic relevance determination).
  package var lengths: [Double]
  /// Variance of the observations about the function.
  package var noise: Double

  package init(_ family: Family, signal: Double = 1, lengths: [Double], noise: Double) {
    precondition(signal > 0 && noise >= 0 && !lengths.isEmpty && lengths.allSatisfy { $0 > 0 })
    self.family = family
    self.signal = signal
    self.lengths = lengths
    self.noise = noise
  }

  /// ln signal, ln lengths, ln noise: the coordinates of the likelihood's gradient.
  package var logarithms: [Double] { ([signal] + lengths + [noise]).map(naturalLogarithm) }

  package init(_ family: Family, logarithms: [Double]) {
    let values = logarithms.map { exponential($0) }
    self.init(
      family, signal: values[0], lengths: Array(values[1..<values.count - 1]), noise: values[values.count - 1]
    )
  }

  /// 1 / length² of each of `columns` columns.
  func inverseSquares(columns: Int) -> [Double] {
    precondition(lengths.count == 1 || lengths.count == columns, "one length, or one a column")
    return (0..<columns).map {
      1 / (lengths[lengths.count == 1 ? 0 : $0] * lengths[lengths.count == 1 ? 0 : $0])
    }
  }

  /// Turns r² into k(r), and into h(r) with ∂k/∂ln lengthᵢ = h(r)·((xᵢ − x′ᵢ)/lengthᵢ)²; h is 0 at r = 0 for
  /// Matérn-1/2, where it meets a difference of 0.
  ///
  /// - Parameters:
  ///   - values: r² of `count` pairs, replaced by k.
  ///   - slopes: overwritten by h where given.
  func apply(_ values: UnsafeMutablePointer<Double>, slopes: UnsafeMutablePointer<Double>?, count: Int) {
    switch family {
    case .rbf:
      for i in 0..<count { values[i] *= -0.5 }
      exponentiate(values, count: count)
      slopes?.update(from: values, count: count)
    case .matern12:
      if let slopes {
        for i in 0..<count { slopes[i] = values[i].squareRoot() }
        for i in 0..<count { values[i] = -slopes[i] }
        exponentiate(values, count: count)
        for i in 0..<count { slopes[i] = slopes[i] > 0 ? values[i] / slopes[i] : 0 }
      } else {
        for i in 0..<count { values[i] = -values[i].squareRoot() }
        exponentiate(values, count: count)
      }
    case .matern32: applyPolynomial(values, slopes, count, root: 3, square: 0, slope: (3, 0))
    case .matern52:
      applyPolynomial(values, slopes, count, root: 5, square: 1.0 / 3, slope: (5.0 / 3, 5.0 / 3))
    }
  }

  /// k = (1 + a + square·a²)·e⁻ᵃ and h = (slope.0 + slope.1·a)·e⁻ᵃ with a = √(root·r²).
  private func applyPolynomial(
    _ values: UnsafeMutablePointer<Double>, _ slopes: UnsafeMutablePointer<Double>?, _ count: Int,
    root: Double, square: Double, slope: (Double, Double)
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, count)) { room in
      let a = room.baseAddress!
      for i in 0..<count {
        let root = (root * values[i]).squareRoot()
        a[i] = root
        values[i] = -root
      }
      exponentiate(values, count: count)
      if let slopes {
        for i in 0..<count { slopes[i] = (slope.0 + slope.1 * a[i]) * values[i] }
      }
      for i in 0..<count { values[i] *= 1 + a[i] + square * a[i] * a[i] }
    }
  }

  /// signal · k(r) between the rows of two matrices, a.rows × b.rows.
  func covariance(_ a: Matrix, _ b: Matrix) -> Matrix {
    let weights = inverseSquares(columns: a.columns)
    let columns = b.transposed
    var result = Matrix(zeros: a.rows, b.rows)
    result.values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for i in 0..<a.rows {
        let row = base + i &* b.rows
        addSquaredDifferences(a.row(i), columns, count: b.rows, weights: weights, into: row)
        apply(row, slopes: nil, count: b.rows)
        for j in 0..<b.rows { row[j] *= signal }
      }
    }
    return result
  }
}

/// sums ← sums + Σ over columns of weight · (row − column)², for the first `count` points.
///
/// - Parameters:
///   - row: one number for each of the points' coordinates.
///   - points: coordinates × points.
func addSquaredDifferences(
  _ row: ArraySlice<Double>, _ points: Matrix, count: Int, weights: [Double],
  into sums: UnsafeMutablePointer<Double>
) {
  points.values.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { return }
    for (k, value) in row.enumerated() {
      let column = base + k &* points.columns
      let weight = weights[k]
      for j in 0..<count {
        let difference = value - column[j]
        sums[j] += weight * difference * difference
      }
    }
  }
}
