import Randomness

/// A sensitivity index with a 95 % interval, for one dimension.
package struct SensitivityEstimate: Hashable, Sendable {
  package let value: Double
  package let interval: ClosedRange<Double>

  package init(value: Double, interval: ClosedRange<Double>) {
    self.value = value
    self.interval = interval
  }

  /// An index over independent units (base points, trajectories, trees), with a percentile interval of the bootstrap
  /// over them.
  ///
  /// - Parameters:
  ///   - units: how many there are.
  ///   - statistic: the index of the units with these numbers, which may repeat.
  package init(
    units: Int, resamples: Int = 400, stream: RandomStream, statistic: ([Int]) -> Double
  ) {
    value = statistic(Array(0..<units))
    var stream = stream
    var values: [Double] = []
    for _ in 0..<resamples {
      let drawn = statistic((0..<units).map { _ in stream.below(units) })
      if !drawn.isNaN { values.append(drawn) }
    }
    guard !values.isEmpty else {
      interval = -Double.infinity ... .infinity
      return
    }
    values.sort()
    func place(_ q: Double) -> Double { values[Int((q * Double(values.count - 1)).rounded())] }
    interval = place(0.025)...place(0.975)
  }
}
