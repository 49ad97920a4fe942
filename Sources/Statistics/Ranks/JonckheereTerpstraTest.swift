import Randomness

/// The Jonckheere–Terpstra test of a trend over ordered groups (Terpstra 1952; Jonckheere 1954).
///
/// The hypothesis is that all groups come from one distribution; `pAbove` is small where values rise with the
/// group. The statistic J counts the pairs from two groups whose later member is larger, equal ones half.
///
/// Without ties J is a sum of independent Mann–Whitney statistics, each group against those before it, and its
/// distribution is counted exactly up to 60 values. With ties the groups' labels are permuted at random up to 60
/// values, the sample itself counted. Beyond it is normal with the variance of ties (Hollander & Wolfe 1999, 6.2)
/// and continuity correction.
///
/// - Parameter draws: random permutations.
package func jonckheereTerpstraTest(_ groups: [[Double]], draws: Int = 9_999, seed: UInt64 = 0) -> TestResult
{
  if let obstacle = sampleObstacle(groups, atLeast: 1, allowsInfinity: true) {
    return TestResult(obstacle: obstacle)
  }
  guard groups.count > 1 else { return TestResult(obstacle: "fewer than 2 groups") }
  let values = groups.flatMap { $0 }
  let ranks = RankCounts(values)
  guard Set(ranks.doubledRanks).count > 1 else { return TestResult(obstacle: "no variation") }
  let labels = groups.enumerated().flatMap { [Int](repeating: $0, count: $1.count) }
  let doubled = doubledTrend(labels, ranks.doubledRanks)
  let statistic = Double(doubled) / 2
  guard values.count <= 60 else {
    let (mean, variance) = trendMoments(groups.map { Double($0.count) }, ranks)
    return normalRankTest(statistic, mean: mean, variance: variance)
  }
  guard ranks.tieTerm > 0 else {
    var distribution = SumDistribution(counts: [1])
    var before = groups[0].count
    for group in groups.dropFirst() {
      // The U of a group: its rank sum less the least it can be.
      let ranks = SumDistribution.subset(of: Array(1...before + group.count), size: group.count)
      let least = group.count * (group.count + 1) / 2
      distribution = distribution.adding(SumDistribution(counts: Array(ranks.counts[least...])))
      before += group.count
    }
    let shares = distribution.shares(doubled / 2)
    return TestResult(statistic: statistic, pAbove: shares.above, pBelow: shares.below, isExact: true)
  }
  var (above, below) = (1, 1)
  for draw in 0..<draws {
    var stream = RandomStream(seed: seed, role: "analysis", purpose: "label-permutation", index: draw)
    let permuted = stream.permutation(labels.count).map { ranks.doubledRanks[Int($0)] }
    let drawn = doubledTrend(labels, permuted)
    if drawn >= doubled { above += 1 }
    if drawn <= doubled { below += 1 }
  }
  let total = Double(draws + 1)
  return TestResult(
    statistic: statistic, pAbove: Double(above) / total, pBelow: Double(below) / total, isExact: false)
}

/// 2·J: over pairs with rising labels 2 where the value rises too, 1 where it is equal.
private func doubledTrend(_ labels: [Int], _ values: [Int]) -> Int {
  var sum = 0
  for i in labels.indices {
    for j in (i + 1)..<max(labels.count, i + 1) where labels[j] > labels[i] {
      sum += values[j] > values[i] ? 2 : values[j] == values[i] ? 1 : 0
    }
  }
  return sum
}

private func trendMoments(_ sizes: [Double], _ ranks: RankCounts) -> (mean: Double, variance: Double) {
  let n = sizes.reduce(0, +)
  let ties = ranks.tieSizes
  func sum(_ values: [Double], _ term: (Double) -> Double) -> Double { values.reduce(0) { $0 + term($1) } }
  func a(_ t: Double) -> Double { t * (t - 1) * (2 * t + 5) }
  func b(_ t: Double) -> Double { t * (t - 1) * (t - 2) }
  func c(_ t: Double) -> Double { t * (t - 1) }
  let first = (a(n) - sum(sizes, a) - sum(ties, a)) / 72
  let second = n > 2 ? sum(sizes, b) * sum(ties, b) / (36 * b(n)) : 0
  let third = sum(sizes, c) * sum(ties, c) / (8 * c(n))
  return ((n * n - sum(sizes) { $0 * $0 }) / 4, first + second + third)
}
