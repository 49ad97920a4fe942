/// Which of two least-squares fits of the same points the data prefer, for independent normal residuals.
package enum ModelComparison {
  /// Akaike's criterion with its correction for few points, n·ln(RSS/n) + 2k + 2k(k+1)/(n−k−1), k counting the
  /// variance (Hurvich & Tsai 1989); the smaller is preferred. Infinite for too few points, −∞ for an exact fit.
  package static func correctedAkaike(residualSquares: Double, points: Int, parameters: Int) -> Double {
    let (n, k) = (Double(points), Double(parameters + 1))
    guard n - k - 1 > 0 else { return .infinity }
    return n * logarithm(residualSquares / n) + 2 * k + 2 * k * (k + 1) / (n - k - 1)
  }

  /// How likely the first of two is the better one, by Akaike weights: 1/(1 + e^((A − B)/2)).
  package static func weightOfFirst(_ first: Double, _ second: Double) -> Double {
    1 / (1 + exponential((first - second) / 2))
  }

  /// The F test of a fit against a simpler one that it contains.
  package static func nestedTest(
    simple: (residualSquares: Double, parameters: Int), full: (residualSquares: Double, parameters: Int),
    points: Int
  ) -> TestResult {
    let (gained, left) = (Double(full.parameters - simple.parameters), Double(points - full.parameters))
    guard gained > 0, left > 0 else { return TestResult(obstacle: "too few points") }
    guard full.residualSquares > 0 else { return TestResult(obstacle: "no variation") }
    let f = max(0, simple.residualSquares - full.residualSquares) / gained / (full.residualSquares / left)
    let distribution = FisherDistribution(numerator: gained, denominator: left)
    return TestResult(statistic: f, pValue: distribution.tails(f).upper)
  }
}
