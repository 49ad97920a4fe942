/// The regularised incomplete beta functions I_x(a, b) and 1 − I_x(a, b) for a, b > 0; relative error below
/// 1e-13 for parameters up to a million.
///
/// Continued fraction 26.5.8 of Abramowitz & Stegun by Lentz's method, on the side where it converges fast.
///
/// - Parameter y: 1 − x, taken apart so that neither loses digits.
package func incompleteBeta(_ a: Double, _ b: Double, _ x: Double, complement y: Double) -> Tails {
  guard a > 0, b > 0, a < .infinity, b < .infinity, x >= 0, y >= 0 else { return .undefined }
  if x == 0 { return Tails(lower: 0, upper: 1) }
  if y == 0 { return Tails(lower: 1, upper: 0) }
  if x > (a + 1) / (a + b + 2) { return incompleteBeta(b, a, y, complement: x).swapped }
  let lower = betaDensityTerm(a, b, x, y) / a * betaFraction(a, b, x)
  return Tails(lower: lower, upper: 1 - lower)
}

/// xᵃ·(1 − x)ᵇ / B(a, b).
private func betaDensityTerm(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
  a * b / (a + b) * binomialTerm(a, b, x, y)
}

private func betaFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
  func nonZero(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
  var c = 1.0
  var d = 1 / nonZero(1 - (a + b) * x / (a + 1))
  var fraction = d
  var m = 1.0
  while true {
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / nonZero(1 + even * d)
    c = nonZero(1 + even / c)
    fraction *= c * d
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonZero(1 + odd * d)
    c = nonZero(1 + odd / c)
    let step = c * d
    fraction *= step
    if abs(step - 1) < 3e-16 || m > 100_000 { return fraction }
    m += 1
  }
}

/// The x with I_x(a, b) = p, for p in [0, 1]; relative error below 1e-12 for x up to ½, absolute above.
package func inverseIncompleteBeta(_ a: Double, _ b: Double, _ p: Double) -> Double {
  guard a > 0, b > 0, p >= 0, p <= 1 else { return .nan }
  return invert(p, from: a / (a + b), in: 0...1) { x in
    let density = x > 0 && x < 1 ? betaDensityTerm(a, b, x, 1 - x) / (x * (1 - x)) : .nan
    return (incompleteBeta(a, b, x, complement: 1 - x), density)
  }
}
