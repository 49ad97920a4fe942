import Randomness

// exp, log and their companions near 0 from additions, multiplications and divisions only, so that p-values
// have the same bits on every machine; the C library's depend on whether the processor has FMA.

/// ln x; −∞ at 0, NaN below.
func logarithm(_ x: Double) -> Double {
  guard x > 0 else { return x == 0 ? -.infinity : .nan }
  return x < .infinity ? naturalLogarithm(x) : .infinity
}

/// ln(1 + x), exact to the last digits near 0, by 2·atanh(x / (2 + x)).
func logarithmOfOnePlus(_ x: Double) -> Double {
  x > -0.29 && x < 0.41 ? doubledAreaTangent(x / (2 + x)) : logarithm(1 + x)
}

/// eˣ; relative error below 1e-15. 0 below −745, ∞ above 709.78; NaN stays NaN.
package func exponential(_ x: Double) -> Double {
  guard x > -745.2 else { return x.isNaN ? x : 0 }
  guard x < 709.79 else { return .infinity }
  let shift = 6_755_399_441_055_744.0
  let k = (x * 1.4426950408889634 + shift) - shift
  let r = (x - k * 0.6931471803691238) - k * 1.9082149292705877e-10
  // In two steps, so that neither power overflows or vanishes where the result does not.
  let half = (k / 2).rounded(.down)
  let scales = (
    Double(sign: .plus, exponent: Int(half), significand: 1),
    Double(sign: .plus, exponent: Int(k - half), significand: 1)
  )
  return (1 + exponentialSeries(r)) * scales.0 * scales.1
}

/// eˣ − 1, exact to the last digits near 0.
func exponentialLessOne(_ x: Double) -> Double {
  abs(x) < 0.35 ? exponentialSeries(x) : exponential(x) - 1
}

/// eʳ − 1 for |r| ≤ 0.35, by Taylor's series to r¹⁴.
private func exponentialSeries(_ r: Double) -> Double {
  var sum = 0.0
  var n = 14.0
  while n >= 2 {
    sum = (1 + sum) * r / n
    n -= 1
  }
  return r + r * sum
}

/// xʸ for x ≥ 0.
func power(_ x: Double, _ y: Double) -> Double {
  y == 0 ? 1 : exponential(y * logarithm(x))
}
