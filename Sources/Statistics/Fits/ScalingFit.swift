/// A scaling law fitted by least squares: y = b·x^(−c), or y = a + b·x^(−c) that levels off at a.
///
/// For a given c the rest is linear, so that only c is searched (variable projection; Golub & Pereyra 1973). Errors
/// are those of the linearised model, for independent normal residuals of equal variance.
package struct ScalingFit: Hashable, Sendable {
  /// The value approached as x grows; 0 for a power law.
  package let asymptote: Double
  package let factor: Double
  package let exponent: Double
  /// Standard errors; that of a power law's asymptote is 0.
  package let asymptoteError: Double
  package let factorError: Double
  package let exponentError: Double
  package let residualSquares: Double
  package let points: Int
  /// How many were fitted: 2 or 3.
  package let parameters: Int
  /// Of the fitted parameters with x about its geometric mean, and the logarithm of that mean: what the curve's own
  /// interval rests on.
  private let covariance: [[Double]]
  private let middle: Double

  /// y = b·x^(−c) with c from −8 to 8. Nil for fewer than three points, x not above 0, values that are not finite, or
  /// an exponent at the end of its range.
  package static func powerLaw(_ x: [Double], _ y: [Double]) -> ScalingFit? {
    ScalingFit(x, y, hasAsymptote: false, range: -8...8)
  }

  /// y = a + b·x^(−c) with c from 0.001 to 8. Nil as `powerLaw`, with four points at least; an exponent at the end of
  /// its range means that the points show no levelling off.
  package static func saturating(_ x: [Double], _ y: [Double]) -> ScalingFit? {
    ScalingFit(x, y, hasAsymptote: true, range: 0.001...8)
  }

  package func value(at x: Double) -> Double { asymptote + factor * power(x, -exponent) }

  /// The interval of the curve at x, value ± t·error, by the linearised model.
  package func interval(at x: Double, level: Double) -> (lower: Double, upper: Double) {
    let place = logarithm(x) - middle
    let power = exponential(-exponent * place)
    let scaled = factor * exponential(-exponent * middle)
    let gradient = (parameters == 3 ? [1.0] : []) + [power, -scaled * power * place]
    var variance = 0.0
    for (i, a) in gradient.enumerated() {
      for (j, b) in gradient.enumerated() { variance += a * b * covariance[i][j] }
    }
    return interval(value(at: x), max(0, variance).squareRoot(), level)
  }

  package var correctedAkaike: Double {
    ModelComparison.correctedAkaike(residualSquares: residualSquares, points: points, parameters: parameters)
  }

  /// exponent ± t·error.
  package func exponentInterval(_ level: Double) -> (lower: Double, upper: Double) {
    interval(exponent, exponentError, level)
  }

  /// asymptote ± t·error.
  package func asymptoteInterval(_ level: Double) -> (lower: Double, upper: Double) {
    interval(asymptote, asymptoteError, level)
  }

  private func interval(_ value: Double, _ error: Double, _ level: Double) -> (lower: Double, upper: Double) {
    let student = StudentDistribution(degreesOfFreedom: Double(points - parameters))
    let half = student.quantile(0.5 + level / 2) * error
    return (value - half, value + half)
  }

  private init?(_ x: [Double], _ y: [Double], hasAsymptote: Bool, range: ClosedRange<Double>) {
    let parameters = hasAsymptote ? 3 : 2
    guard x.count == y.count, sampleObstacle([x, y], atLeast: parameters + 1) == nil, x.allSatisfy({ $0 > 0 })
    else { return nil }
    let logs = x.map(logarithm)
    let middle = logs.reduce(0, +) / Double(logs.count)
    let ones = [Double](repeating: 1, count: x.count)
    // x about its geometric mean keeps the columns of one size.
    func columns(_ c: Double) -> [[Double]] {
      let powers = logs.map { exponential(-c * ($0 - middle)) }
      return hasAsymptote ? [ones, powers] : [powers]
    }
    func squares(_ c: Double) -> Double { LeastSquares(columns(c), y)?.residualSquares ?? .infinity }
    let steps = 320
    let width = (range.upperBound - range.lowerBound) / Double(steps)
    let grid = (0...steps).map { squares(range.lowerBound + width * Double($0)) }
    guard let best = grid.indices.min(by: { grid[$0] < grid[$1] }), best > 0, best < steps else { return nil }
    var c = range.lowerBound + width * Double(best)
    var (low, high) = (c - width, c + width)
    // Golden sections to half of the digits, then Gauss–Newton for the rest.
    let golden = 0.6180339887498949
    while high - low > 1e-7 * width {
      let (a, b) = (high - golden * (high - low), low + golden * (high - low))
      if squares(a) < squares(b) { high = b } else { low = a }
    }
    c = (low + high) / 2
    var linear: LeastSquares?
    var full: LeastSquares?
    for _ in 0..<50 {
      let base = columns(c)
      guard let fit = LeastSquares(base, y) else { return nil }
      let b = fit.coefficients[parameters - 2]
      let slope = zip(base[parameters - 2], logs).map { -b * $0 * ($1 - middle) }
      let residual = y.indices.map { i in
        y[i] - base.indices.reduce(0) { $0 + fit.coefficients[$1] * base[$1][i] }
      }
      guard let step = LeastSquares(base + [slope], residual) else { return nil }
      (linear, full) = (fit, step)
      let change = step.coefficients[parameters - 1]
      c += change
      if abs(change) < 1e-14 * abs(c) { break }
    }
    guard let linear, let full, range.contains(c) else { return nil }
    let scale = exponential(c * middle)
    let scaled = linear.coefficients[parameters - 2]
    let variance = full.residualSquares / Double(x.count - parameters)
    let normal = full.inverseNormal
    let (b, e) = (parameters - 2, parameters - 1)
    asymptote = hasAsymptote ? linear.coefficients[0] : 0
    factor = scaled * scale
    exponent = c
    asymptoteError = hasAsymptote ? (variance * normal[0][0]).squareRoot() : 0
    // b = b′·e^(c·m): its error by the chain rule.
    let chained =
      normal[b][b] + 2 * scaled * middle * normal[b][e] + scaled * scaled * middle * middle * normal[e][e]
    factorError = scale * (variance * max(0, chained)).squareRoot()
    exponentError = (variance * normal[e][e]).squareRoot()
    residualSquares = linear.residualSquares
    points = x.count
    self.parameters = parameters
    self.middle = middle
    covariance = normal.map { $0.map { variance * $0 } }
  }
}
