/// Softmax, cross-entropy and its gradient in one pass: logits ← (softmax(logits) − one-hot(label)) / rows.
///
/// The largest logit of each row is subtracted first, so finite logits of any size are safe.
///
/// - Parameters:
///   - logits: rows × classes, replaced by the gradient of the mean cross-entropy.
///   - labels: the true class of each row.
/// - Returns: the sum over rows of −ln p(label), in nats; NaN when a logit is not finite.
package func crossEntropyGradient(
  _ logits: UnsafeMutablePointer<Float>, labels: UnsafePointer<Int32>, rows: Int, classes: Int
) -> Double {
  var loss = 0.0
  for i in 0..<rows {
    let row = logits + i &* classes
    let largest = row[indexOfLargest(row, count: classes)]
    for j in 0..<classes { row[j] -= largest }
    loss -= Double(row[Int(labels[i])])
  }
  for i in 0..<rows &* classes { logits[i] = exponential(logits[i]) }
  let share = 1 / Float(rows)
  for i in 0..<rows {
    let row = logits + i &* classes
    let total = sum(row, count: classes)
    loss += Double(logarithm(total))
    let factor = share / total
    for j in 0..<classes { row[j] *= factor }
    row[Int(labels[i])] -= share
  }
  return loss
}

/// Softmax of each row in double precision, for scoring; the largest logit is subtracted first.
///
/// - Parameters:
///   - logits: rows × classes.
///   - probabilities: rows × classes; each row sums to 1 up to rounding.
package func softmax(
  _ logits: UnsafePointer<Float>, rows: Int, classes: Int, into probabilities: UnsafeMutablePointer<Double>
) {
  for i in 0..<rows {
    let row = logits + i &* classes
    let out = probabilities + i &* classes
    let largest = Double(row[indexOfLargest(row, count: classes)])
    var total = 0.0
    for j in 0..<classes {
      out[j] = exponential(Double(row[j]) - largest)
      total += out[j]
    }
    for j in 0..<classes { out[j] /= total }
  }
}

/// Squared error and its gradient: predictions ← 2 · (predictions − targets) / rows.
///
/// - Returns: the sum over rows of (prediction − target)².
package func squaredErrorGradient(
  _ predictions: UnsafeMutablePointer<Float>, targets: UnsafePointer<Float>, rows: Int
) -> Double {
  let share = 2 / Float(rows)
  var loss = 0.0
  for i in 0..<rows {
    let difference = predictions[i] - targets[i]
    loss += Double(difference) * Double(difference)
    predictions[i] = difference * share
  }
  return loss
}
