/// ln x for finite x > 0, the same bits on every machine: the C library's depends on the processor.
///
/// x = 2ᵉ·m with m in [√½, √2); ln m = 2·atanh(s), s = (m−1)/(m+1), by its series. Relative error below 4e-16.
package func naturalLogarithm(_ x: Double) -> Double {
  var exponent = Double(x.exponent)
  var mantissa = x.significand
  if mantissa > 1.4142135623730951 {
    mantissa *= 0.5
    exponent += 1
  }
  let logarithm = doubledAreaTangent((mantissa - 1) / (mantissa + 1))
  return exponent * 0.6931471803691238 + (logarithm + exponent * 1.9082149292705877e-10)
}

/// 2·atanh(s) = ln((1 + s)/(1 − s)) for |s| ≤ 0.172, by its series; relative error below 4e-16.
package func doubledAreaTangent(_ s: Double) -> Double {
  let z = s * s
  var series = 0.0
  var odd = 23.0
  while odd >= 3 {
    series = series * z + 1 / odd
    odd -= 2
  }
  return 2 * (s + s * z * series)
}
