import Randomness

/// Two straight lines that meet: y = intercept + slope·x + change·max(0, x − breakpoint), by least squares.
///
/// The optimum is found exactly: between two neighbouring x either both sides' own lines meet there, or the
/// breakpoint is one of the x (Hudson 1966). Errors are those of the linearised model, for independent normal
/// residuals of equal variance, and hold only where there is a change.
package struct SegmentedFit: Hashable, Sendable {
  package let intercept: Double
  package let slope: Double
  /// By how much the slope changes.
  package let change: Double
  package let breakpoint: Double
  package let changeError: Double
  package let residualSquares: Double
  /// Of the one straight line.
  package let lineSquares: Double
  private let x: [Double]
  private let y: [Double]

  /// Nil for fewer than five points, or four different x, or values that are not finite.
  package init?(_ x: [Double], _ y: [Double]) {
    guard x.count == y.count, sampleObstacle([x, y], atLeast: 5) == nil else { return nil }
    let order = x.indices.sorted { (x[$0], $0) < (x[$1], $1) }
    self.x = order.map { x[$0] }
    self.y = order.map { y[$0] }
    let knots = Self.distinct(self.x)
    guard knots.count >= 4, let line = LeastSquares(Self.columns(self.x, nil), self.y) else { return nil }
    var best: (breakpoint: Double, fit: LeastSquares)?
    let (sortedX, sortedY) = (self.x, self.y)
    func consider(_ breakpoint: Double) {
      guard let fit = LeastSquares(Self.columns(sortedX, breakpoint), sortedY) else { return }
      if best.map({ fit.residualSquares < $0.fit.residualSquares }) ?? true { best = (breakpoint, fit) }
    }
    for k in 1..<knots.count - 1 { consider(knots[k]) }
    for k in 1..<knots.count - 2 {
      let split = sortedX.firstIndex { $0 > knots[k] }!
      guard
        let left = LeastSquares(Self.columns(Array(sortedX[..<split]), nil), Array(sortedY[..<split])),
        let right = LeastSquares(Self.columns(Array(sortedX[split...]), nil), Array(sortedY[split...]))
      else { continue }
      let meeting =
        (left.coefficients[0] - right.coefficients[0]) / (right.coefficients[1] - left.coefficients[1])
      if meeting > knots[k], meeting < knots[k + 1] { consider(meeting) }
    }
    guard let best else { return nil }
    (intercept, slope, change) = (
      best.fit.coefficients[0], best.fit.coefficients[1], best.fit.coefficients[2]
    )
    breakpoint = best.breakpoint
    residualSquares = best.fit.residualSquares
    lineSquares = line.residualSquares
    // The derivative by the breakpoint: −change beyond it.
    let (psi, d) = (best.breakpoint, best.fit.coefficients[2])
    let jacobian = Self.columns(sortedX, psi) + [sortedX.map { $0 > psi ? -d : 0 }]
    let variance = residualSquares / Double(x.count - 4)
    changeError =
      LeastSquares(jacobian, sortedY).map { (variance * $0.inverseNormal[2][2]).squareRoot() } ?? .nan
  }

  /// change ± t·error with n − 4 degrees of freedom; NaN where the error is undefined.
  package func changeInterval(_ level: Double) -> (lower: Double, upper: Double) {
    let half =
      StudentDistribution(degreesOfFreedom: Double(x.count - 4)).quantile(0.5 + level / 2) * changeError
    return (change - half, change + half)
  }

  /// The breakpoints whose fit is not significantly worse, by the F of the profile (1 and n − 4 degrees of freedom);
  /// its ends to a thousandth of the range of x.
  package func breakpointInterval(_ level: Double) -> (lower: Double, upper: Double) {
    let left = Double(x.count - 4)
    let f = FisherDistribution(numerator: 1, denominator: left).quantile(level)
    let limit = residualSquares * (1 + f / left)
    let knots = Self.distinct(x)
    let (low, high) = (knots[1], knots[knots.count - 2])
    let tried = (0...1000).map { low + (high - low) * Double($0) / 1000 } + [breakpoint]
    let kept = tried.filter {
      (LeastSquares(Self.columns(x, $0), y)?.residualSquares ?? .infinity) <= limit
    }
    return (kept.min() ?? breakpoint, kept.max() ?? breakpoint)
  }

  /// Whether there is a change at all: the residuals of the one line are permuted, and the largest gain of a
  /// breakpoint at one of the x compared with the gain observed (no F holds, for the breakpoint is searched).
  package func changeTest(draws: Int = 999, seed: UInt64) -> TestResult {
    guard let line = LeastSquares(Self.columns(x, nil), y), line.residualSquares > 0 else {
      return TestResult(obstacle: "no variation")
    }
    let fitted = x.map { line.coefficients[0] + line.coefficients[1] * $0 }
    let residuals = zip(y, fitted).map { $0 - $1 }
    let knots = Self.distinct(x).dropFirst().dropLast()
    func gain(_ values: [Double]) -> Double {
      guard let straight = LeastSquares(Self.columns(x, nil), values) else { return 0 }
      let best = knots.compactMap { LeastSquares(Self.columns(x, $0), values)?.residualSquares }.min()
      return 1 - (best ?? straight.residualSquares) / straight.residualSquares
    }
    let observed = gain(y)
    let streams = RandomStream(seed: seed, role: "analysis", purpose: "residual-permutation")
    let extreme = (0..<draws).filter { draw in
      var stream = streams.indexed(draw)
      let order = stream.permutation(x.count)
      return gain(x.indices.map { fitted[$0] + residuals[Int(order[$0])] }) >= observed - 1e-12
    }.count
    return TestResult(statistic: observed, pValue: Double(extreme + 1) / Double(draws + 1))
  }

  private static func columns(_ x: [Double], _ breakpoint: Double?) -> [[Double]] {
    let line = [x.map { _ in 1.0 }, x]
    return breakpoint.map { psi in line + [x.map { max(0, $0 - psi) }] } ?? line
  }

  private static func distinct(_ ascending: [Double]) -> [Double] {
    ascending.indices.filter { $0 == 0 || ascending[$0] > ascending[$0 - 1] }.map { ascending[$0] }
  }
}
