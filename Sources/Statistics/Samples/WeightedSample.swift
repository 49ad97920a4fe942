/// Numbers with how often each occurs: what every one-sample function takes.
///
/// A weight is a whole number of occurrences (a resampling draws some rows twice and some not at all), so a
/// weighted value always equals the plain value of the sample written out. Values ascend; none is NaN.
package struct WeightedSample: Sendable {
  package let values: [Double]
  package let weights: [Double]

  /// - Parameter ascending: values in ascending order, as many as weights.
  package init(ascending values: [Double], weights: [Double]) {
    precondition(values.count == weights.count, "a weight for every value")
    self.values = values
    self.weights = weights
  }

  /// Sorts the values, and leaves out those that are undefined or do not occur.
  package init(_ values: [Double], weights: [Double]) {
    precondition(values.count == weights.count, "a weight for every value")
    let order = values.indices.filter { !values[$0].isNaN && weights[$0] > 0 }
      .sorted { (values[$0], $0) < (values[$1], $1) }
    self.values = order.map { values[$0] }
    self.weights = order.map { weights[$0] }
  }

  /// Each value once.
  package init(_ values: [Double]) {
    self.init(values, weights: [Double](repeating: 1, count: values.count))
  }

  /// The number of occurrences, Σw. Whole numbers, so that the order of summation does not matter.
  package var total: Double {
    weights.withUnsafeBufferPointer { weights in
      var sums = SIMD4<Double>()
      let even = weights.count & ~3
      for i in stride(from: 0, to: even, by: 4) {
        sums += SIMD4(weights[i], weights[i + 1], weights[i + 2], weights[i + 3])
      }
      for i in even..<weights.count { sums[0] += weights[i] }
      return sums.sum()
    }
  }

  /// The value at a position (from 0, in ascending order) of the sample written out.
  func value(at position: Double) -> Double {
    var passed = 0.0
    for (value, weight) in zip(values, weights) {
      passed += weight
      if position < passed { return value }
    }
    return maximum(self)
  }
}
