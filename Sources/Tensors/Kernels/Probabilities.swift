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
