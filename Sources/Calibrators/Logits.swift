import Tensors

/// Outputs of one classifier before its softmax, or of several for the same rows.
package struct Logits: Sendable {
  /// Row-major, rows × classes, one a classifier.
  package let members: [[Double]]
  package let classes: Int
  package let rows: Int
  /// The logits of the only member; of several the logarithms of their mean probabilities (one below 10⁻³⁰ counts as it).
  package let pooled: [Double]

  package init(members: [[Double]], classes: Int) {
    precondition(!members.isEmpty && classes > 0 && members.allSatisfy { $0.count == members[0].count })
    self.members = members
    self.classes = classes
    rows = members[0].count / classes
    if members.count == 1 {
      pooled = members[0]
    } else {
      pooled = meanProbabilities(members, classes: classes).map { logarithm(max($0, 1e-30)) }
    }
  }
}

/// The mean of several members' softmax probabilities, after their logits are multiplied by a factor.
func meanProbabilities(_ members: [[Double]], classes: Int, factor: Double = 1) -> [Double] {
  var mean = [Double](repeating: 0, count: members[0].count)
  for member in members {
    for (place, value) in softmaxRows(member, classes: classes, factor: factor).enumerated() {
      mean[place] += value
    }
  }
  for place in mean.indices { mean[place] /= Double(members.count) }
  return mean
}

/// Softmax of each row of logits times a factor; the largest is subtracted first.
package func softmaxRows(_ logits: [Double], classes: Int, factor: Double = 1) -> [Double] {
  var result = logits
  result.withUnsafeMutableBufferPointer { values in
    for row in 0..<values.count / classes {
      let start = row &* classes
      var largest = -Double.infinity
      for place in start..<start &+ classes { largest = max(largest, factor * values[place]) }
      var total = 0.0
      for place in start..<start &+ classes {
        values[place] = exponential(factor * values[place] - largest)
        total += values[place]
      }
      for place in start..<start &+ classes { values[place] /= total }
    }
  }
  return result
}
