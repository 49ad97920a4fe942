/// Count, sum and sum of squares about a fixed origin: enough for means and standard deviations, and quick to
/// add up and to take apart again.
package struct Moments: Sendable {
  /// What was subtracted from every value, near the values so that squares do not cancel.
  package var origin: Double
  /// Σw.
  package var count: Double
  /// Σw(x − origin).
  package var sum: Double
  /// Σw(x − origin)².
  package var squares: Double

  package init(origin: Double, count: Double = 0, sum: Double = 0, squares: Double = 0) {
    self.origin = origin
    self.count = count
    self.sum = sum
    self.squares = squares
  }

  /// The moments of a sample about its first value.
  package init(_ sample: WeightedSample) {
    self.init(origin: sample.values.first ?? 0)
    for (value, weight) in zip(sample.values, sample.weights) {
      let distance = value - origin
      count += weight
      sum += weight * distance
      squares += weight * distance * distance
    }
  }

  /// Arithmetic mean x̄ = Σwx / Σw; NaN of nothing.
  package var mean: Double { count > 0 ? origin + sum / count : .nan }

  /// Standard deviation √(Σw(x − x̄)² / (Σw − 1)); NaN of fewer than two.
  package var standardDeviation: Double {
    guard count > 1 else { return .nan }
    return (max(0, squares - sum * sum / count) / (count - 1)).squareRoot()
  }
}
