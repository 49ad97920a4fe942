/// The two shares of a distribution's probability, each exact to its own last digits.
package struct Tails: Hashable, Sendable {
  /// P(X ≤ x).
  package let lower: Double
  /// P(X > x).
  package let upper: Double

  package var swapped: Tails { Tails(lower: upper, upper: lower) }

  static let undefined = Tails(lower: .nan, upper: .nan)
}

/// The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P for a > 0, x ≥ 0; relative error
/// below 1e-13.
///
/// Series 6.5.29 below a + 1, continued fraction 6.5.31 (Lentz's method) above (Abramowitz & Stegun).
package func incompleteGamma(_ a: Double, _ x: Double) -> Tails {
  guard a > 0, a < .infinity, x >= 0 else { return .undefined }
  if x == 0 { return Tails(lower: 0, upper: 1) }
  if x == .infinity { return Tails(lower: 1, upper: 0) }
  let factor = poissonTerm(a, mean: x)
  if x < a + 1 {
    var term = 1.0
    var sum = 1.0
    var n = a
    while term > 1e-17 * sum {
      n += 1
      term *= x / n
      sum += term
    }
    return Tails(lower: factor * sum, upper: 1 - factor * sum)
  }
  var b = x + 1 - a
  var d = 1 / b
  var c = Double.infinity
  var fraction = d
  var i = 1.0
  while true {
    let numerator = -i * (i - a)
    b += 2
    d = 1 / (numerator * d + b)
    c = b + numerator / c
    let step = c * d
    fraction *= step
    if abs(step - 1) < 3e-16 || i > 100_000 { break }
    i += 1
  }
  let upper = factor * a * fraction
  return Tails(lower: 1 - upper, upper: upper)
}

/// The x with P(a, x) = p, for p in [0, 1]; relative error below 1e-12.
package func inverseIncompleteGamma(_ a: Double, _ p: Double) -> Double {
  guard a > 0, p >= 0, p <= 1 else { return .nan }
  return invert(p, from: a, in: 0...Double.infinity) {
    (incompleteGamma(a, $0), $0 > 0 ? poissonTerm(a, mean: $0) * a / $0 : .nan)
  }
}
