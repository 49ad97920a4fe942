/// What a test says of the hypothesis that there is no effect.
package struct TestResult: Hashable, Sendable {
  /// As the test defines it; NaN where nothing can be said.
  package let statistic: Double
  /// Two-sided where the test has directions, else of a statistic at least as large; NaN where nothing can be
  /// said.
  package let pValue: Double
  /// One-sided, small where the first sample, or the trend, lies above; nil where the test has no directions.
  package let pAbove: Double?
  /// One-sided, small where it lies below.
  package let pBelow: Double?
  /// Whether the p-values are exact, and not of a limiting distribution or random permutations.
  package let isExact: Bool
  /// Why nothing can be said, or nil.
  package let obstacle: String?

  /// A test with directions; two-sided as twice the smaller p-value, at most 1, where not given.
  init(statistic: Double, pAbove: Double, pBelow: Double, twoSided: Double? = nil, isExact: Bool) {
    self.statistic = statistic
    pValue = twoSided ?? min(1, 2 * min(pAbove, pBelow))
    self.pAbove = pAbove
    self.pBelow = pBelow
    self.isExact = isExact
    obstacle = nil
  }

  /// A test without directions.
  init(statistic: Double, pValue: Double, isExact: Bool = false) {
    self.statistic = statistic
    self.pValue = pValue
    pAbove = nil
    pBelow = nil
    self.isExact = isExact
    obstacle = nil
  }

  /// Nothing can be said.
  init(obstacle: String) {
    statistic = .nan
    pValue = .nan
    pAbove = nil
    pBelow = nil
    isExact = false
    self.obstacle = obstacle
  }

  /// A test with directions whose statistic is about standard normal.
  init(normal z: Double) {
    let shares = NormalDistribution.tails(z)
    self.init(statistic: z, pAbove: shares.upper, pBelow: shares.lower, isExact: false)
  }
}

/// Why samples cannot be tested, or nil: one too small, or a value that is undefined or, where values and not
/// their ranks count, infinite.
func sampleObstacle(_ samples: [[Double]], atLeast least: Int, allowsInfinity: Bool = false) -> String? {
  if samples.contains(where: { $0.count < least }) {
    return least == 1 ? "a sample without values" : "fewer than \(least) values"
  }
  for sample in samples {
    if sample.contains(where: \.isNaN) { return "an undefined value" }
    if !allowsInfinity, sample.contains(where: \.isInfinite) { return "an infinite value" }
  }
  return nil
}

/// x̄ and Σ(x − x̄)², about the first value so that squares do not cancel.
func meanAndSquares(_ values: [Double]) -> (mean: Double, squares: Double) {
  let moments = Moments(WeightedSample(values))
  let mean = moments.mean
  // The second pass removes what rounding of the mean leaves, and makes constants exactly 0.
  return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) })
}
