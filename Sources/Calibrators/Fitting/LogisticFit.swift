import Randomness
import Tensors

/// Logistic regression on a few features and an intercept: least cross-entropy with targets between 0 and 1.
///
/// - Parameter features: rows × width.
/// - Returns: the weights, the intercept last.
func logisticFit(_ features: [Double], width: Int, targets: [Double]) -> [Double] {
  let count = width + 1
  let rows = targets.count
  let share = 1 / Double(rows)
  return leastByNewton(from: [Double](repeating: 0, count: count)) { point in
    var value = 0.0
    var gradient = [Double](repeating: 0, count: count)
    var hessian = Matrix(zeros: count, count)
    var x = [Double](repeating: 1, count: count)
    for row in 0..<rows {
      for i in 0..<width { x[i] = features[row * width + i] }
      var score = 0.0
      for i in 0..<count { score += point[i] * x[i] }
      let p = sigmoid(score)
      value += share * (max(score, 0) - targets[row] * score + naturalLogarithm(1 + exponential(-abs(score))))
      for i in 0..<count {
        gradient[i] += share * (p - targets[row]) * x[i]
        for j in 0..<count { hessian[i, j] += share * p * (1 - p) * x[i] * x[j] }
      }
    }
    return (value, gradient, hessian)
  }
}

/// 1 / (1 + e⁻ˣ) without overflow.
func sigmoid(_ x: Double) -> Double {
  let small = exponential(-abs(x))
  return x >= 0 ? 1 / (1 + small) : small / (1 + small)
}
