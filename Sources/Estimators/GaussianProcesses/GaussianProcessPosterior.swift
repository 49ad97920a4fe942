import Tensors

/// The posterior of a Gaussian process at single points, with its gradient: what maximises an acquisition.
///
/// Holds K⁻¹, so that a point costs rows² flops; building it costs rows³.
package struct GaussianProcessPosterior: Sendable {
  /// Mean and variance of the function, without the noise of an observation, and their gradients.
  package struct Value: Sendable {
    package let mean: Double
    package let variance: Double
    package let meanGradient: [Double]
    package let varianceGradient: [Double]
  }

  private let process: GaussianProcess
  private let precision: Matrix
  /// columns × rows.
  private let points: Matrix
  private let weights: [Double]

  package init(_ process: GaussianProcess) {
    self.process = process
    precision = process.factor.inverse()
    points = process.features.transposed
    weights = process.kernel.inverseSquares(columns: process.features.columns)
  }

  /// At one point: with k its covariances and ∂k = −h·(x − xᵢ)/length² · signal (see `GaussianProcessKernel.apply`),
  /// the gradients are ∂kᵀα and −2·∂kᵀK⁻¹k.
  package func value(at point: [Double]) -> Value {
    let kernel = process.kernel
    let count = process.features.rows
    var covariances = [Double](repeating: 0, count: count)
    var slopes = covariances
    covariances.withUnsafeMutableBufferPointer { k in
      slopes.withUnsafeMutableBufferPointer { h in
        guard let k = k.baseAddress, let h = h.baseAddress else { return }
        addSquaredDifferences(point[...], points, count: count, weights: weights, into: k)
        kernel.apply(k, slopes: h, count: count)
        for i in 0..<count {
          k[i] *= kernel.signal
          h[i] *= kernel.signal
        }
      }
    }
    let solved = precision.times(covariances)
    var byMean = slopes
    var byVariance = slopes
    for i in 0..<count {
      byMean[i] *= process.alpha[i]
      byVariance[i] *= solved[i]
    }
    var meanGradient = [Double](repeating: 0, count: point.count)
    var varianceGradient = meanGradient
    for j in point.indices {
      var (mean, variance) = (0.0, 0.0)
      points.values.withUnsafeBufferPointer { points in
        for i in 0..<count {
          let difference = point[j] - points[j &* count &+ i]
          mean += byMean[i] * difference
          variance += byVariance[i] * difference
        }
      }
      meanGradient[j] = -mean * weights[j] * process.deviation
      varianceGradient[j] = 2 * variance * weights[j] * process.deviation * process.deviation
    }
    let variance = max(0, kernel.signal - dot(covariances, solved))
    return Value(
      mean: process.mean + process.deviation * dot(covariances, process.alpha),
      variance: variance * process.deviation * process.deviation, meanGradient: meanGradient,
      varianceGradient: varianceGradient)
  }
}
