/// A correlation with its test and interval.
package struct CorrelationTest: Hashable, Sendable {
  package enum Kind: Sendable { case pearson, spearman, kendall }

  package let kind: Kind
  /// r, ρ or τ-b; NaN where a side is constant or there are no pairs.
  package let value: Double
  package let pairs: Int
  /// Against no association.
  package let result: TestResult

  /// Pearson: t = r·√((n−2)/(1−r²)), exact for normal pairs. Spearman: the same of ranks, for about ten pairs or
  /// more. Kendall: C − D counted exactly up to 60 pairs without ties, else normal with the variance of ties (Kendall
  /// 1970).
  package init(_ kind: Kind, _ x: [Double], _ y: [Double]) {
    self.kind = kind
    let isRanked = kind != .pearson
    pairs = x.count
    if let obstacle = x.count == y.count
      ? sampleObstacle([x, y], atLeast: 3, allowsInfinity: isRanked) : "samples of different sizes"
    {
      value = .nan
      result = TestResult(obstacle: obstacle)
      return
    }
    let sample = PairedSample(x, y)
    switch kind {
    case .pearson: value = pearsonCorrelation(sample)
    case .spearman: value = spearmanCorrelation(sample)
    case .kendall: value = kendallTauB(sample)
    }
    if value.isNaN {
      result = TestResult(obstacle: "no variation")
    } else if kind == .kendall {
      result = Self.kendallTest(x, y)
    } else {
      let degrees = Double(x.count - 2)
      let t = value * (degrees / max(0, (1 - value) * (1 + value))).squareRoot()
      let shares = StudentDistribution(degreesOfFreedom: degrees).tails(t)
      result = TestResult(statistic: t, pAbove: shares.upper, pBelow: shares.lower, isExact: kind == .pearson)
    }
  }

  /// Fisher's z (1915): tanh(artanh r ± z·s) with s² = 1/(n−3) for Pearson, (1 + ρ²/2)/(n−3) for Spearman (Bonett &
  /// Wright 2000) and 0.437/(n−4) for Kendall (Fieller, Hartley & Pearson 1957, for normal pairs). NaN where n is
  /// too small.
  package func interval(_ level: Double) -> (lower: Double, upper: Double) {
    let n = Double(pairs)
    let variance: Double
    switch kind {
    case .pearson: variance = 1 / (n - 3)
    case .spearman: variance = (1 + value * value / 2) / (n - 3)
    case .kendall: variance = 0.437 / (n - 4)
    }
    guard variance > 0, variance < .infinity, value.isFinite else { return (.nan, .nan) }
    if abs(value) >= 1 { return (value, value) }
    let middle = 0.5 * (logarithmOfOnePlus(value) - logarithmOfOnePlus(-value))
    let half = NormalDistribution.quantile(0.5 + level / 2) * variance.squareRoot()
    func hyperbolicTangent(_ z: Double) -> Double {
      let t = exponentialLessOne(2 * abs(z))
      let value = t < .infinity ? t / (t + 2) : 1
      return z < 0 ? -value : value
    }
    return (hyperbolicTangent(middle - half), hyperbolicTangent(middle + half))
  }

  private static func kendallTest(_ x: [Double], _ y: [Double]) -> TestResult {
    var difference = 0
    for i in x.indices {
      for j in 0..<i {
        let a = x[i] > x[j] ? 1 : x[i] < x[j] ? -1 : 0
        difference += a * (y[i] > y[j] ? 1 : y[i] < y[j] ? -1 : 0)
      }
    }
    let (ranksX, ranksY) = (RankCounts(x), RankCounts(y))
    let count = x.count
    if count <= 60, ranksX.tieTerm == 0, ranksY.tieTerm == 0 {
      // Inversions of a random permutation: a sum of independent uniform numbers 0 … i.
      let inversions = (1..<count).reduce(SumDistribution(counts: [1])) {
        $0.adding(SumDistribution(counts: [Double](repeating: 1, count: $1 + 1)))
      }
      let shares = inversions.shares((count * (count - 1) / 2 + difference) / 2)
      return TestResult(
        statistic: Double(difference), pAbove: shares.above, pBelow: shares.below, isExact: true)
    }
    let n = Double(count)
    func sums(_ ranks: RankCounts) -> (pairs: Double, triples: Double, variance: Double) {
      ranks.tieSizes.reduce((0, 0, 0)) {
        ($0.0 + $1 * ($1 - 1), $0.1 + $1 * ($1 - 1) * ($1 - 2), $0.2 + $1 * ($1 - 1) * (2 * $1 + 5))
      }
    }
    let (a, b) = (sums(ranksX), sums(ranksY))
    let variance =
      (n * (n - 1) * (2 * n + 5) - a.variance - b.variance) / 18
      + a.pairs * b.pairs / (2 * n * (n - 1)) + a.triples * b.triples / (9 * n * (n - 1) * (n - 2))
    let shares = NormalDistribution.tails(Double(difference) / variance.squareRoot())
    return TestResult(
      statistic: Double(difference), pAbove: shares.upper, pBelow: shares.lower, isExact: false)
  }
}
