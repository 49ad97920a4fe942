import Randomness
import Tensors

/// A random map whose scalar products approximate a kernel, so that a linear model on it does what a kernel
/// machine would.
package struct RandomFeatures: Sendable {
  package enum Family: String, CaseIterable, Sendable {
    /// √(2/D) · cos(Wx + b), W normal with variance 2 · scale, b uniform in [0, 2π): products approach
    /// exp(−scale · ‖x − y‖²) (Rahimi & Recht, "Random features for large-scale kernel machines", NIPS 2007).
    case fourier
    /// √(2/D) · max(Wx + b, 0), W and b normal with variance `scale` and 1: products approach the arc-cosine kernel
    /// of order 1, scaled, of (√scale · x, 1) (Cho & Saul, "Kernel methods for deep learning", NIPS 2009).
    case relu
  }

  package let family: Family
  /// W, D × columns.
  package let weights: Matrix
  /// b, D numbers.
  package let shifts: [Double]

  package init(_ family: Family, columns: Int, count: Int, scale: Double, stream: RandomStream) {
    precondition(count >= 1 && scale > 0)
    self.family = family
    var numbers = stream
    let deviation = ((family == .fourier ? 2 : 1) * scale).squareRoot()
    weights = Matrix(
      rows: count, columns: columns, values: (0..<count * columns).map { _ in deviation * numbers.normal() })
    shifts = (0..<count).map { _ in
      family == .fourier ? 6.283185307179586 * numbers.uniform() : numbers.normal()
    }
  }

  /// rows × D.
  package func transform(_ features: Matrix) -> Matrix {
    var result = adding(shifts, times: 1, to: features.timesTransposed(weights))
    let scale = (2 / Double(weights.rows)).squareRoot()
    result.values.withUnsafeMutableBufferPointer { values in
      switch family {
      case .fourier: for i in 0..<values.count { values[i] = scale * cosine(values[i]) }
      case .relu: for i in 0..<values.count { values[i] = scale * max(values[i], 0) }
      }
    }
    return result
  }
}
