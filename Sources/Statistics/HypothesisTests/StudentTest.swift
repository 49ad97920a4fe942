/// A t-test: an estimate with its standard error, tested and bounded by Student's t.
///
/// Holds for normal values, and nearly so for the means of many. Values of a constant sample have no error: the
/// p-value is then undefined, and so is the interval.
package struct StudentTest: Hashable, Sendable {
  /// A mean, or a difference of means; NaN where nothing can be said.
  package let estimate: Double
  package let standardError: Double
  package let degreesOfFreedom: Double
  /// The estimate in standard deviations: Cohen's d, of pairs d_z; NaN for Welch's and the corrected test.
  package let effectSize: Double
  /// Why nothing can be said, or nil.
  package let obstacle: String?

  private init(_ estimate: Double, _ standardError: Double, _ degrees: Double, effectSize: Double = .nan) {
    self.estimate = estimate
    self.standardError = standardError
    degreesOfFreedom = degrees
    self.effectSize = effectSize
    if standardError.isInfinite || standardError > 0 && !(degrees > 0) {
      obstacle = "values beyond the range of numbers"
    } else {
      // Below what rounding leaves of a constant.
      obstacle = standardError > 1e-14 * abs(estimate) ? nil : "no variation"
    }
  }

  private init(obstacle: String) {
    (estimate, standardError, degreesOfFreedom, effectSize) = (.nan, .nan, .nan, .nan)
    self.obstacle = obstacle
  }

  /// The test against a bound: t = (estimate − bound) / error.
  package func result(against bound: Double = 0) -> TestResult {
    if let obstacle { return TestResult(obstacle: obstacle) }
    let t = (estimate - bound) / standardError
    let shares = StudentDistribution(degreesOfFreedom: degreesOfFreedom).tails(t)
    return TestResult(
      statistic: t, pAbove: shares.upper, pBelow: shares.lower, twoSided: 2 * min(shares.upper, shares.lower),
      isExact: true)
  }

  /// estimate ± t·error; NaN where nothing can be said.
  package func interval(_ level: Double) -> (lower: Double, upper: Double) {
    guard obstacle == nil else { return (.nan, .nan) }
    let t = StudentDistribution(degreesOfFreedom: degreesOfFreedom).quantile(0.5 + level / 2)
    return (estimate - t * standardError, estimate + t * standardError)
  }

  /// One sample: x̄ with error s/√n and n − 1 degrees of freedom (Student 1908).
  package static func oneSample(_ values: [Double]) -> StudentTest {
    if let obstacle = sampleObstacle([values], atLeast: 2) { return StudentTest(obstacle: obstacle) }
    let n = Double(values.count)
    let (mean, squares) = meanAndSquares(values)
    let deviation = (squares / (n - 1)).squareRoot()
    return StudentTest(mean, deviation / n.squareRoot(), n - 1, effectSize: mean / deviation)
  }

  /// Pairs: the one-sample test of x − y.
  package static func paired(_ x: [Double], _ y: [Double]) -> StudentTest {
    guard x.count == y.count else { return StudentTest(obstacle: "samples of different sizes") }
    return oneSample(zip(x, y).map { $0 - $1 })
  }

  /// Two independent samples of equal variance: x̄ − ȳ with the pooled variance.
  package static func pooled(_ x: [Double], _ y: [Double]) -> StudentTest {
    if let obstacle = sampleObstacle([x, y], atLeast: 1) { return StudentTest(obstacle: obstacle) }
    let degrees = Double(x.count + y.count - 2)
    guard degrees > 0 else { return StudentTest(obstacle: "fewer than 2 values") }
    let (a, b) = (meanAndSquares(x), meanAndSquares(y))
    let variance = (a.squares + b.squares) / degrees
    let error = (variance * (1 / Double(x.count) + 1 / Double(y.count))).squareRoot()
    return StudentTest(
      a.mean - b.mean, error, degrees, effectSize: (a.mean - b.mean) / variance.squareRoot())
  }

  /// Two independent samples of any variances, with the degrees of freedom of Welch (1947) and Satterthwaite
  /// (1946).
  package static func welch(_ x: [Double], _ y: [Double]) -> StudentTest {
    if let obstacle = sampleObstacle([x, y], atLeast: 2) { return StudentTest(obstacle: obstacle) }
    let (a, b) = (meanAndSquares(x), meanAndSquares(y))
    let (n, m) = (Double(x.count), Double(y.count))
    let (u, v) = (a.squares / (n - 1) / n, b.squares / (m - 1) / m)
    let degrees = (u + v) * (u + v) / (u * u / (n - 1) + v * v / (m - 1))
    return StudentTest(a.mean - b.mean, (u + v).squareRoot(), degrees)
  }

  /// Differences over resampled splits of one data set, whose training parts overlap: the variance is multiplied
  /// by 1/n + test/train instead of 1/n (Nadeau & Bengio 2003, "Inference for the generalization error").
  ///
  /// - Parameter testShare: size of a test part over that of its training part, such as 1/9 in ten-fold
  ///   cross-validation.
  package static func correctedResampled(_ differences: [Double], testShare: Double) -> StudentTest {
    if let obstacle = sampleObstacle([differences], atLeast: 2) { return StudentTest(obstacle: obstacle) }
    guard testShare >= 0, testShare < .infinity else { return StudentTest(obstacle: "no share of test rows") }
    let n = Double(differences.count)
    let (mean, squares) = meanAndSquares(differences)
    return StudentTest(mean, (squares / (n - 1) * (1 / n + testShare)).squareRoot(), n - 1)
  }
}
