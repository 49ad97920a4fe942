import Randomness
import Tensors

/// The logarithm of the marginal likelihood of a Gaussian process with zero mean, and its gradient with respect
/// to the logarithms of the hyperparameters (Rasmussen & Williams, eqs. 5.8 and 5.9), for many kernels over the
/// same data.
///
/// ln p(y) = −½ yᵀK⁻¹y − Σ ln Lᵢᵢ − n/2 · ln 2π, ∂/∂θ = ½ tr((ααᵀ − K⁻¹)·∂K/∂θ), α = K⁻¹y. One evaluation costs
/// rows³ flops for Cholesky factor and inverse; everything else is one pass over pairs.
struct MarginalLikelihood {
  private let features: Matrix
  /// columns × rows.
  private let points: Matrix
  private let targets: [Double]
  /// Where one length serves all columns: the squared distances, lower triangle in rows × rows.
  private let distances: Matrix?

  /// - Parameter isShared: whether the kernels have one length for all columns.
  init(_ features: Matrix, _ targets: [Double], isShared: Bool) {
    // Centred columns, so that the gradient's quadratic form loses no digits.
    var centred = features
    for j in 0..<features.columns {
      var mean = 0.0
      for i in 0..<features.rows { mean += features[i, j] }
      mean /= Double(features.rows)
      for i in 0..<features.rows { centred[i, j] -= mean }
    }
    self.features = centred
    points = centred.transposed
    self.targets = targets
    distances =
      isShared ? Self.distances(centred, points, [Double](repeating: 1, count: centred.columns)) : nil
  }

  private static func distances(_ features: Matrix, _ points: Matrix, _ weights: [Double]) -> Matrix {
    var result = Matrix(zeros: features.rows, features.rows)
    result.values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for i in 0..<features.rows {
        addSquaredDifferences(
          features.row(i), points, count: i, weights: weights, into: base + i &* features.rows)
      }
    }
    return result
  }

  /// Value and gradient in the order of `GaussianProcessKernel.logarithms`; value −∞ where the covariance is not
  /// positive definite.
  func evaluate(_ kernel: GaussianProcessKernel) -> (value: Double, gradient: [Double]) {
    let count = features.rows
    let weights = kernel.inverseSquares(columns: features.columns)
    var covariance: Matrix
    if let distances {
      covariance = distances
      let weight = 1 / (kernel.lengths[0] * kernel.lengths[0])
      covariance.values.withUnsafeMutableBufferPointer { for i in 0..<$0.count { $0[i] *= weight } }
    } else {
      covariance = Self.distances(features, points, weights)
    }
    // h(r) of each pair, multiplied by r² where one length serves all.
    var slopes = Matrix(zeros: count, count)
    let isShared = distances != nil
    covariance.values.withUnsafeMutableBufferPointer { covariance in
      slopes.values.withUnsafeMutableBufferPointer { slopes in
        guard let k = covariance.baseAddress, let h = slopes.baseAddress else { return }
        let squares = UnsafeMutablePointer<Double>.allocate(capacity: max(1, count))
        defer { squares.deallocate() }
        for i in 0..<count {
          let (row, slope) = (k + i &* count, h + i &* count)
          if isShared { squares.initialize(from: row, count: i) }
          kernel.apply(row, slopes: slope, count: i)
          if isShared { for j in 0..<i { slope[j] *= squares[j] } }
          for j in 0..<i { row[j] *= kernel.signal }
          row[i] = kernel.signal + kernel.noise
        }
      }
    }
    guard let factor = try? Cholesky(covariance) else {
      return (-.infinity, [Double](repeating: 0, count: kernel.lengths.count + 2))
    }
    let alpha = factor.solve(targets)
    let value = Self.value(factor, alpha, targets)
    let inverse = factor.inverse()
    // Sums over pairs i > j of (αᵢαⱼ − K⁻¹ᵢⱼ) times a derivative: each pair stands for two entries, halved.
    var (signal, length, trace) = (0.0, 0.0, 0.0)
    for i in 0..<count {
      let own = alpha[i]
      inverse.values.withUnsafeBufferPointer { inverse in
        slopes.values.withUnsafeMutableBufferPointer { slopes in
          for j in 0..<i {
            let place = i &* count &+ j
            let weight = own * alpha[j] - inverse[place]
            signal += weight * covariance.values[place]
            let sloped = weight * slopes[place]
            length += sloped
            slopes[place] = sloped
          }
        }
      }
      trace += own * own - inverse[i, i]
    }
    let lengths =
      isShared ? [kernel.signal * length] : lengthGradient(slopes, weights).map { kernel.signal * $0 }
    return (value, [signal + 0.5 * kernel.signal * trace] + lengths + [0.5 * kernel.noise * trace])
  }

  /// Σ over pairs of S·(difference/length)², column by column: with r the row sums of the symmetric S and x a
  /// column, Σ S (xᵢ − xⱼ)² over i > j is Σ rᵢxᵢ² − xᵀSx.
  private func lengthGradient(_ lower: Matrix, _ weights: [Double]) -> [Double] {
    var symmetric = lower
    let count = lower.rows
    for i in 0..<count {
      symmetric[i, i] = 0
      for j in 0..<i { symmetric.values[j &* count &+ i] = lower.values[i &* count &+ j] }
    }
    let sums = symmetric.times([Double](repeating: 1, count: count))
    let products = symmetric.times(features)
    return (0..<features.columns).map { k in
      var sum = 0.0
      for i in 0..<count {
        let x = features[i, k]
        sum += x * (sums[i] * x - products[i, k])
      }
      return sum * weights[k]
    }
  }

  static func value(_ factor: Cholesky, _ alpha: [Double], _ targets: [Double]) -> Double {
    var value = -0.5 * dot(targets, alpha)
    for pivot in factor.diagonal { value -= naturalLogarithm(pivot) }
    return value - 0.5 * Double(targets.count) * 1.8378770664093454836
  }
}
