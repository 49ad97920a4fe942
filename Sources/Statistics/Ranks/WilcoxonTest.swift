/// Wilcoxon's signed-rank test of differences against a median of 0 (Wilcoxon 1945).
///
/// Assumes independent differences, symmetric about their median. Differences of 0 are left out. The statistic is
/// the sum of the ranks of the positive ones; its null distribution is counted exactly, ties at mean ranks, up to
/// 50 differences, and is normal with the variance of ties and continuity correction beyond.
package func wilcoxonSignedRankTest(_ differences: [Double]) -> TestResult {
  if let obstacle = sampleObstacle([differences], atLeast: 1, allowsInfinity: true) {
    return TestResult(obstacle: obstacle)
  }
  let signed = differences.filter { $0 != 0 }
  guard !signed.isEmpty else { return TestResult(obstacle: "no variation") }
  let ranks = RankCounts(signed.map(abs))
  let doubled = zip(signed, ranks.doubledRanks).reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
  let statistic = Double(doubled) / 2
  if signed.count <= 50 {
    let shares = SumDistribution.anySubset(ranks.doubledRanks).shares(doubled)
    return TestResult(statistic: statistic, pAbove: shares.above, pBelow: shares.below, isExact: true)
  }
  let n = Double(signed.count)
  let variance = n * (n + 1) * (2 * n + 1) / 24 - ranks.tieTerm / 48
  return normalRankTest(statistic, mean: n * (n + 1) / 4, variance: variance)
}

/// The Mann–Whitney test of two independent samples (Mann & Whitney 1947).
///
/// The hypothesis is that both come from one distribution. The statistic U counts the pairs in which the first is
/// larger, equal ones half; U/(nm) estimates the probability that it is. Its null distribution is counted exactly,
/// ties included, up to 50 values in all, and is normal with the variance of ties and continuity correction beyond.
package func mannWhitneyTest(_ x: [Double], _ y: [Double]) -> TestResult {
  if let obstacle = sampleObstacle([x, y], atLeast: 1, allowsInfinity: true) {
    return TestResult(obstacle: obstacle)
  }
  let (n, m) = (Double(x.count), Double(y.count))
  let ranks = RankCounts(x + y)
  let doubled = ranks.doubledRanks[..<x.count].reduce(0, +)
  let statistic = Double(doubled) / 2 - n * (n + 1) / 2
  if x.count + y.count <= 50 {
    let shares = SumDistribution.subset(of: ranks.doubledRanks, size: x.count).shares(doubled)
    return TestResult(statistic: statistic, pAbove: shares.above, pBelow: shares.below, isExact: true)
  }
  let total = n + m
  let variance = n * m / 12 * (total + 1 - ranks.tieTerm / (total * (total - 1)))
  return normalRankTest(statistic, mean: n * m / 2, variance: variance)
}

/// A sum of ranks as normal, with continuity correction.
func normalRankTest(_ statistic: Double, mean: Double, variance: Double) -> TestResult {
  guard variance > 0 else { return TestResult(obstacle: "no variation") }
  let deviation = variance.squareRoot()
  return TestResult(
    statistic: statistic,
    pAbove: NormalDistribution.tails((statistic - mean - 0.5) / deviation).upper,
    pBelow: NormalDistribution.tails((statistic - mean + 0.5) / deviation).lower, isExact: false)
}
