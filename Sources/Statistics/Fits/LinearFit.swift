/// A straight line by least squares, y = intercept + slope·x, with errors for independent normal residuals of equal
/// variance.
package struct LinearFit: Hashable, Sendable {
  package let slope: Double
  package let intercept: Double
  package let slopeError: Double
  package let interceptError: Double
  /// Σ(y − ŷ)².
  package let residualSquares: Double
  /// 1 − residual squares over those about the mean; NaN where y is constant.
  package let determination: Double
  package let points: Int

  /// Nil for fewer than three points, values that are not finite, or equal x.
  package init?(_ x: [Double], _ y: [Double]) {
    guard x.count == y.count, sampleObstacle([x, y], atLeast: 3) == nil else { return nil }
    let (a, b) = (meanAndSquares(x), meanAndSquares(y))
    guard a.squares > 0 else { return nil }
    points = x.count
    let n = Double(points)
    slope = zip(x, y).reduce(0) { $0 + ($1.0 - a.mean) * ($1.1 - b.mean) } / a.squares
    let slope = slope
    intercept = b.mean - slope * a.mean
    residualSquares = zip(x, y).reduce(0) {
      let residual = ($1.1 - b.mean) - slope * ($1.0 - a.mean)
      return $0 + residual * residual
    }
    determination = 1 - residualSquares / b.squares
    let variance = residualSquares / (n - 2)
    slopeError = (variance / a.squares).squareRoot()
    interceptError = (variance * (1 / n + a.mean * a.mean / a.squares)).squareRoot()
  }

  /// n − 2.
  package var degreesOfFreedom: Double { Double(points - 2) }

  /// slope ± t·error.
  package func slopeInterval(_ level: Double) -> (lower: Double, upper: Double) {
    let half = StudentDistribution(degreesOfFreedom: degreesOfFreedom).quantile(0.5 + level / 2) * slopeError
    return (slope - half, slope + half)
  }

  /// The slope against a bound.
  package func slopeTest(against bound: Double = 0) -> TestResult {
    guard slopeError > 0 else { return TestResult(obstacle: "no variation") }
    let t = (slope - bound) / slopeError
    let shares = StudentDistribution(degreesOfFreedom: degreesOfFreedom).tails(t)
    return TestResult(statistic: t, pAbove: shares.upper, pBelow: shares.lower, isExact: true)
  }
}

/// The least-squares slope of y over x, Σw(x−x̄)(y−ȳ) / Σw(x−x̄)²; NaN where x is constant.
package func linearSlope(_ pairs: PairedSample) -> Double {
  let sums = CoupledMoments(pairs)
  return sums.squaresX > 0 ? sums.products / sums.squaresX : .nan
}
