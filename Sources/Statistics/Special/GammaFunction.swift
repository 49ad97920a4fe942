/// ln Γ(x) for x > 0; relative error below 1e-14, absolute near the zeros at 1 and 2. NaN for other x.
///
/// Stirling's series beyond 10, the recurrence Γ(x + 1) = x·Γ(x) below (Abramowitz & Stegun 6.1.15, 6.1.41).
package func logGamma(_ x: Double) -> Double {
  guard x > 0 else { return .nan }
  guard x < .infinity else { return .infinity }
  var shifted = x
  var product = 1.0
  while shifted < 10 {
    product *= shifted
    shifted += 1
  }
  return (shifted - 0.5) * logarithm(shifted) - shifted + halfLogTwoPi + stirlingSeries(shifted)
    - logarithm(product)
}

/// ½·ln 2π.
let halfLogTwoPi = 0.9189385332046727

/// 1/(12x) − 1/(360x³) + …, what Stirling's formula lacks for x ≥ 10.
private func stirlingSeries(_ x: Double) -> Double {
  let z = 1 / (x * x)
  var sum = 1.0 / 156
  sum = -691.0 / 360_360 + z * sum
  sum = 1.0 / 1188 + z * sum
  sum = -1.0 / 1680 + z * sum
  sum = 1.0 / 1260 + z * sum
  sum = -1.0 / 360 + z * sum
  return (1.0 / 12 + z * sum) / x
}

/// δ(x) = ln Γ(x + 1) − (x + ½)·ln x + x − ½·ln 2π for x > 0.
func stirlingError(_ x: Double) -> Double {
  if x >= 10 { return stirlingSeries(x) }
  return logGamma(x + 1) - (x + 0.5) * logarithm(x) + x - halfLogTwoPi
}

/// x·ln(x/m) + m − x for x, m > 0, without cancellation where both are close (Loader 2000, "Fast and accurate
/// computation of binomial probabilities").
func deviance(_ x: Double, _ m: Double) -> Double {
  guard abs(x - m) < 0.1 * (x + m) else { return x * (logarithm(x) - logarithm(m)) + m - x }
  let v = (x - m) / (x + m)
  var sum = (x - m) * v
  var term = 2 * x * v
  var odd = 3.0
  while true {
    term *= v * v
    let next = sum + term / odd
    if next == sum { return sum }
    sum = next
    odd += 2
  }
}

/// xᵃ·e⁻ˣ / Γ(a + 1) for a ≥ 0, x ≥ 0: a Poisson probability, also between whole numbers (Loader 2000).
func poissonTerm(_ a: Double, mean x: Double) -> Double {
  if a == 0 { return exponential(-x) }
  if x == 0 { return 0 }
  return exponential(-stirlingError(a) - deviance(a, x)) / (2 * Double.pi * a).squareRoot()
}

/// Γ(a + b + 1) / (Γ(a + 1)·Γ(b + 1)) · xᵃ·yᵇ with y = 1 − x: a binomial probability, also between whole
/// numbers (Loader 2000).
func binomialTerm(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
  let n = a + b
  if x == 0 || y == 0 { return x == 0 ? (a == 0 ? 1 : 0) : (b == 0 ? 1 : 0) }
  if a == 0 { return exponential(n * (y < 0.5 ? logarithm(y) : logarithmOfOnePlus(-x))) }
  if b == 0 { return exponential(n * (x < 0.5 ? logarithm(x) : logarithmOfOnePlus(-y))) }
  let logTerm =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y)
  return exponential(logTerm) * (n / (2 * Double.pi * a * b)).squareRoot()
}
