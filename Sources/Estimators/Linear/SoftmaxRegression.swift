import Randomness
import Tensors

/// Multinomial logistic regression by L-BFGS: least Σ −ln p(label) + penalty/2 · ‖W‖², p = softmax(XW + b), with b
/// not penalised; the penalty is scikit-learn's 1/C. Starts from zeros, so nothing is random.
///
/// All classes get weights, whether or not they occur; without a penalty an absent class's intercept falls until
/// the iterations stop.
package struct SoftmaxRegression: Sendable {
  /// W, columns × classes.
  package let weights: Matrix
  package let intercepts: [Double]
  package let hasConverged: Bool
  /// Evaluations of loss and gradient.
  package let evaluations: Int

  /// - Throws: `EstimatorError.noRows`, `.notFinite`.
  package init(
    _ features: Matrix, _ classes: ClassLabels, penalty: Double, minimiser: LBFGS = LBFGS()
  ) throws(EstimatorError) {
    try requireFinite(features, "softmax regression")
    let (columns, count) = (features.columns, classes.count)
    let share = 1 / Double(features.rows)
    let start = [Double](repeating: 0, count: (columns + 1) * count)
    let minimum = minimiser.minimise(from: start) { point in
      let weights = Matrix(rows: columns, columns: count, values: Array(point[0..<columns * count]))
      var logits = adding(Array(point[(columns * count)...]), times: 1, to: features.times(weights))
      var loss = softmaxInPlace(&logits, classes.labels) * share
      for value in weights.values { loss += 0.5 * penalty * share * value * value }
      for (i, label) in classes.labels.enumerated() { logits[i, label] -= 1 }
      var gradient = features.transposedTimes(logits).values
      for i in 0..<gradient.count { gradient[i] = share * (gradient[i] + penalty * point[i]) }
      return (loss, gradient + columnMeans(logits))
    }
    weights = Matrix(rows: columns, columns: count, values: Array(minimum.point[0..<columns * count]))
    intercepts = Array(minimum.point[(columns * count)...])
    hasConverged = minimum.hasConverged
    evaluations = minimum.evaluations
  }

  /// Probabilities, rows × classes.
  package func probabilities(_ features: Matrix) -> [Double] {
    var logits = adding(intercepts, times: 1, to: features.times(weights))
    _ = softmaxInPlace(&logits)
    return logits.values
  }
}

/// Turns each row of logits into probabilities; −∞ becomes 0 as long as a row has a finite one.
///
/// - Parameter labels: the true class of each row; empty where the loss does not matter.
/// - Returns: Σ −ln p(label), in nats.
func softmaxInPlace(_ logits: inout Matrix, _ labels: [Int] = []) -> Double {
  var loss = 0.0
  let columns = logits.columns
  let rows = logits.rows
  logits.values.withUnsafeMutableBufferPointer { buffer in
    guard let base = buffer.baseAddress else { return }
    for i in 0..<rows {
      let row = base + i &* columns
      var largest = row[0]
      for j in 1..<max(1, columns) { largest = max(largest, row[j]) }
      for j in 0..<columns { row[j] -= largest }
      if !labels.isEmpty { loss -= row[labels[i]] }
      exponentiate(row, count: columns)
      var total = 0.0
      for j in 0..<columns { total += row[j] }
      loss += naturalLogarithm(total)
      for j in 0..<columns { row[j] /= total }
    }
  }
  return loss
}
