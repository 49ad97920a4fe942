/// The comparison of k methods over n data sets by their ranks within each (Friedman 1937; Demšar 2006,
/// "Statistical comparisons of classifiers over multiple data sets").
///
/// Assumes independent data sets; their scales need not agree.
package struct FriedmanTest: Hashable, Sendable {
  /// The mean rank of each method; rank 1 has the smallest value.
  package let meanRanks: [Double]
  /// Data sets.
  package let blocks: Int
  /// χ²_F, corrected for ties, with k − 1 degrees of freedom.
  package let result: TestResult
  /// Iman & Davenport's F (1980), less conservative: (n − 1)·χ² / (n(k − 1) − χ²).
  package let imanDavenport: TestResult

  /// - Parameter scores: data set × method; ties take mean ranks.
  /// - Returns: nil where it cannot be had: fewer than two methods or data sets, rows of different lengths, an
  ///   undefined value.
  package init?(_ scores: [[Double]]) {
    let (n, k) = (scores.count, scores.first?.count ?? 0)
    guard n > 1, k > 1, scores.allSatisfy({ $0.count == k }),
      sampleObstacle(scores, atLeast: 2, allowsInfinity: true) == nil
    else { return nil }
    blocks = n
    let ranked = scores.map(RankCounts.init)
    meanRanks = (0..<k).map { method in
      Double(ranked.reduce(0) { $0 + $1.doubledRanks[method] }) / Double(2 * n)
    }
    let (blocks, methods) = (Double(n), Double(k))
    let middle = (methods + 1) / 2
    let squares = meanRanks.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
    let untied =
      1 - ranked.reduce(0) { $0 + $1.tieTerm } / (blocks * methods * (methods * methods - 1))
    guard untied > 0 else {
      (result, imanDavenport) = (TestResult(obstacle: "no variation"), TestResult(obstacle: "no variation"))
      return
    }
    let chiSquare = 12 * blocks / (methods * (methods + 1)) * squares / untied
    result = TestResult(
      statistic: chiSquare,
      pValue: ChiSquareDistribution(degreesOfFreedom: methods - 1).tails(chiSquare).upper)
    let left = blocks * (methods - 1) - chiSquare
    let f = left > 1e-12 * chiSquare ? (blocks - 1) * chiSquare / left : .infinity
    let distribution = FisherDistribution(
      numerator: methods - 1, denominator: (methods - 1) * (blocks - 1))
    imanDavenport = TestResult(statistic: f, pValue: distribution.tails(f).upper)
  }

  /// Standard error of a difference of mean ranks: √(k(k + 1) / (6n)).
  private var rankError: Double {
    let methods = Double(meanRanks.count)
    return (methods * (methods + 1) / (6 * Double(blocks))).squareRoot()
  }

  /// Nemenyi's critical difference (1963): mean ranks at least that far apart differ, all pairs taken together.
  package func criticalDifference(level: Double = 0.95) -> Double {
    NormalRangeDistribution(count: meanRanks.count).quantile(level) / 2.0.squareRoot() * rankError
  }

  /// Nemenyi's p-values of all pairs together (method × method).
  package func nemenyiPValues() -> [[Double]] {
    let distribution = NormalRangeDistribution(count: meanRanks.count)
    return meanRanks.map { a in
      meanRanks.map { b in min(1, distribution.tails(abs(a - b) / rankError * 2.0.squareRoot()).upper) }
    }
  }

  /// p-values of each other method against one, by the normal z of their ranks, adjusted by Holm (Demšar 2006,
  /// 3.2.2); NaN in the place of the control.
  package func holmPValues(control: Int) -> [Double] {
    let others = meanRanks.indices.filter { $0 != control }
    let adjusted = holmAdjusted(
      others.map { 2 * NormalDistribution.tails(abs(meanRanks[$0] - meanRanks[control]) / rankError).upper })
    var values = [Double](repeating: .nan, count: meanRanks.count)
    for (place, method) in others.enumerated() { values[method] = adjusted[place] }
    return values
  }
}
