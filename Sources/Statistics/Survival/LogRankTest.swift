/// The log-rank test that k groups have the same times to an event (Mantel 1966; Peto & Peto 1972).
///
/// Events less those expected among all at risk, Σ over event times, as χ² with k − 1 degrees of freedom. Most powerful
/// where hazards are proportional; for about ten events or more. For two groups directions are given: `pAbove` is
/// small where the first group's times are longer.
package func logRankTest(_ groups: [CensoredSample]) -> TestResult {
  guard groups.count > 1 else { return TestResult(obstacle: "fewer than 2 groups") }
  let count = groups.count - 1
  var excess = [Double](repeating: 0, count: count)
  var covariance = [[Double]](repeating: excess, count: count)
  let times = Set(groups.flatMap(\.eventTimes)).sorted()
  for time in times {
    let risks = groups.map { Double($0.atRisk(time)) }
    let (risk, events) = (risks.reduce(0, +), Double(groups.reduce(0) { $0 + $1.events(time) }))
    let scale = risk > 1 ? events * (risk - events) / (risk - 1) : 0
    for i in 0..<count {
      let share = risks[i] / risk
      excess[i] += Double(groups[i].events(time)) - events * share
      for j in 0..<count { covariance[i][j] += scale * share * ((i == j ? 1 : 0) - risks[j] / risk) }
    }
  }
  // The χ² is excessᵀ·V⁻¹·excess.
  guard let solution = solved(covariance, excess) else { return TestResult(obstacle: "no variation") }
  let chiSquare = zip(excess, solution).reduce(0) { $0 + $1.0 * $1.1 }
  guard count == 1 else {
    let distribution = ChiSquareDistribution(degreesOfFreedom: Double(count))
    return TestResult(statistic: chiSquare, pValue: distribution.tails(chiSquare).upper)
  }
  return TestResult(normal: -excess[0] / covariance[0][0].squareRoot())
}

/// The solution of a symmetric system by elimination; nil where a group adds nothing.
private func solved(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
  var (a, b) = (matrix, right)
  for k in b.indices {
    guard a[k][k] > 1e-12 else { return nil }
    for i in (k + 1)..<max(b.count, k + 1) {
      let factor = a[i][k] / a[k][k]
      for j in k..<b.count { a[i][j] -= factor * a[k][j] }
      b[i] -= factor * b[k]
    }
  }
  for k in b.indices.reversed() {
    for j in (k + 1)..<max(b.count, k + 1) { b[k] -= a[k][j] * b[j] }
    b[k] /= a[k][k]
  }
  return b
}

/// Whether the mean times up to a horizon differ: their difference over its error, as a standard normal (Royston &
/// Parmar 2013). Needs no proportional hazards.
package struct RestrictedMeanTest: Hashable, Sendable {
  /// Mean time of the first less that of the second.
  package let difference: Double
  package let standardError: Double

  package init(_ first: CensoredSample, _ second: CensoredSample, until horizon: Double) {
    let a = SurvivalCurve(first).restrictedMean(until: horizon)
    let b = SurvivalCurve(second).restrictedMean(until: horizon)
    difference = a.mean - b.mean
    standardError = (a.variance + b.variance).squareRoot()
  }

  package var result: TestResult {
    standardError > 0 ? TestResult(normal: difference / standardError) : TestResult(obstacle: "no variation")
  }

  package func interval(_ level: Double) -> (lower: Double, upper: Double) {
    guard standardError > 0 else { return (.nan, .nan) }
    let half = NormalDistribution.quantile(0.5 + level / 2) * standardError
    return (difference - half, difference + half)
  }
}
