// exp, log and tanh in double precision, made like those in single precision; rounding to a whole number is done
// by adding and subtracting 1.5·2⁵².

private let roundingShift = 6_755_399_441_055_744.0
/// ln 2 in two parts; the product of the first with a whole number below 2²⁰ is exact.
private let ln2High = 0.6931471803691238
private let ln2Low = 1.9082149292705877e-10

/// (eʳ − 1 − r) for |r| ≤ ½ ln 2, by Taylor's series to r¹³.
@inline(__always)
private func exponentialRest(_ r: Double) -> Double {
  var sum = 1.0 / 6_227_020_800
  sum = sum * r + 1.0 / 479_001_600
  sum = sum * r + 1.0 / 39_916_800
  sum = sum * r + 1.0 / 3_628_800
  sum = sum * r + 1.0 / 362_880
  sum = sum * r + 1.0 / 40_320
  sum = sum * r + 1.0 / 5040
  sum = sum * r + 1.0 / 720
  sum = sum * r + 1.0 / 120
  sum = sum * r + 1.0 / 24
  sum = sum * r + 1.0 / 6
  sum = sum * r + 0.5
  return sum * r * r
}

/// x = k·ln 2 + r with |r| ≤ ½ ln 2, and 2ᵏ; x in −708 … 709.
@inline(__always)
private func reduced(_ x: Double) -> (r: Double, scale: Double) {
  let shifted = x * 1.4426950408889634 + roundingShift
  let k = shifted - roundingShift
  let r = (x - k * ln2High) - k * ln2Low
  return (r, Double(bitPattern: (shifted.bitPattern &+ 1023) << 52))
}

/// eˣ in double precision, the same bits on every machine; relative error below 1e-15. 0 below −708, infinite
/// above 709; NaN stays NaN.
@inline(__always)
package func exponential(_ x: Double) -> Double {
  var bounded = x < -708 ? -708 : x
  bounded = bounded > 709 ? 709 : bounded
  let (r, scale) = reduced(bounded)
  let value = (1 + (r + exponentialRest(r))) * scale
  let kept = x < -708 ? 0 : value
  return x > 709 ? .infinity : kept
}

/// tanh x in double precision; relative error below 1e-15 also near 0. NaN stays NaN.
@inline(__always)
package func hyperbolicTangent(_ x: Double) -> Double {
  let size = x.magnitude
  let doubled = size > 20 ? 40 : size + size
  let (r, scale) = reduced(doubled)
  let t = (r + exponentialRest(r)) * scale + (scale - 1)
  let value = t / (t + 2)
  return Double(bitPattern: value.bitPattern | (x.bitPattern & 0x8000_0000_0000_0000))
}

/// ln x in double precision; relative error below 1e-15. −∞ for 0 and subnormal x, NaN below 0; NaN stays NaN.
///
/// x = 2ᵉ·m with m in [√½, √2); ln m = 2·atanh(s), s = (m−1)/(m+1), by its series to s²³.
@inline(__always)
package func logarithm(_ x: Double) -> Double {
  let offset = x.bitPattern &- 0x3FE6_A09E_667F_3BCD
  let m = Double(bitPattern: (offset & 0x000F_FFFF_FFFF_FFFF) &+ 0x3FE6_A09E_667F_3BCD)
  let exponent = Double(Int64(bitPattern: offset) >> 52)
  let s = (m - 1) / (m + 1)
  let z = s * s
  var series = 1.0 / 23
  series = series * z + 1.0 / 21
  series = series * z + 1.0 / 19
  series = series * z + 1.0 / 17
  series = series * z + 1.0 / 15
  series = series * z + 1.0 / 13
  series = series * z + 1.0 / 11
  series = series * z + 1.0 / 9
  series = series * z + 1.0 / 7
  series = series * z + 1.0 / 5
  series = series * z + 1.0 / 3
  let logarithmOfM = 2 * (s + s * z * series)
  let value = exponent * ln2High + (logarithmOfM + exponent * ln2Low)
  let small = x < Double.leastNormalMagnitude ? -Double.infinity : value
  let inDomain = x < 0 ? Double.nan : small
  return x < .infinity ? inDomain : x
}
