/// The Kruskal–Wallis test that k independent groups come from one distribution (Kruskal & Wallis 1952).
///
/// H, divided by what ties take from its variance, as χ² with k − 1 degrees of freedom: for about five values a
/// group or more.
package func kruskalWallisTest(_ groups: [[Double]]) -> TestResult {
  if let obstacle = sampleObstacle(groups, atLeast: 1, allowsInfinity: true) {
    return TestResult(obstacle: obstacle)
  }
  guard groups.count > 1 else { return TestResult(obstacle: "fewer than 2 groups") }
  let counts = RankCounts(groups.flatMap { $0 })
  let n = Double(counts.doubledRanks.count)
  var start = 0
  var sum = 0.0
  for group in groups {
    let rankSum = counts.ranks[start..<start + group.count].reduce(0, +)
    sum += rankSum * rankSum / Double(group.count)
    start += group.count
  }
  let untied = 1 - counts.tieTerm / (n * n * n - n)
  guard untied > 0 else { return TestResult(obstacle: "no variation") }
  let h = (12 / (n * (n + 1)) * sum - 3 * (n + 1)) / untied
  return TestResult(
    statistic: h, pValue: ChiSquareDistribution(degreesOfFreedom: Double(groups.count - 1)).tails(h).upper)
}
