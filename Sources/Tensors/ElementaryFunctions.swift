// exp, log, tanh and 1/√x from additions, multiplications and divisions only, so that their bits are the same
// on every machine; the C library's depend on whether the processor has FMA. Written as straight lines
// without branches so that loops over them vectorise. Rounding to a whole number is done by adding and
// subtracting 1.5·2²³ (1.5·2⁵² in double precision).

private let log2e: Float = 1.442695
/// ln 2 in two parts; the product of the first, which has 9 bits, with a small whole number is exact.
private let ln2High: Float = 0.693359375
private let ln2Low: Float = -2.121944400546905e-4
private let roundingShift: Float = 12_582_912

/// eʳ − 1 for |r| ≤ ½ ln 2, by Taylor's series to r⁷; relative error below 1e-7.
@inline(__always)
private func exponentialSeries(_ r: Float) -> Float {
  var sum: Float = 1 / 5040
  sum = sum * r + 1 / 720
  sum = sum * r + 1 / 120
  sum = sum * r + 1 / 24
  sum = sum * r + 1 / 6
  sum = sum * r + 0.5
  return (sum * r) * r + r
}

/// x = k·ln 2 + r with |r| ≤ ½ ln 2, and 2ᵏ; x in −87 … 88.
@inline(__always)
private func reduced(_ x: Float) -> (r: Float, scale: Float) {
  let shifted = x * log2e + roundingShift
  let k = shifted - roundingShift
  let r = (x - k * ln2High) - k * ln2Low
  // The low bits of `shifted` are k in two's complement; adding the exponent's bias and moving them up gives
  // 2ᵏ.
  let scale = Float(bitPattern: (shifted.bitPattern &+ 127) << 23)
  return (r, scale)
}

/// eˣ, the same bits on every machine; relative error below 2e-7. Saturates below −87 and above 88; NaN stays
/// NaN.
@inline(__always)
package func exponential(_ x: Float) -> Float {
  var bounded = x < -87 ? -87 : x
  bounded = bounded > 88 ? 88 : bounded
  let (r, scale) = reduced(bounded)
  return (exponentialSeries(r) + 1) * scale
}

/// tanh x, the same bits on every machine; relative error below 4e-7 also near 0. NaN stays NaN.
///
/// With t = e^{2|x|} − 1, tanh |x| = t / (t + 2); beyond |x| = 10 the result is 1 in single precision.
@inline(__always)
package func hyperbolicTangent(_ x: Float) -> Float {
  let size = Float(bitPattern: x.bitPattern & 0x7FFF_FFFF)
  let doubled = size > 10 ? 20 : size + size
  let (r, scale) = reduced(doubled)
  let t = exponentialSeries(r) * scale + (scale - 1)
  let value = t / (t + 2)
  return Float(bitPattern: value.bitPattern | (x.bitPattern & 0x8000_0000))
}

/// ln x for normal x > 0, the same bits on every machine; relative error below 3e-7. NaN stays NaN.
///
/// x = 2ᵉ·m with m in [√½, √2); ln m = 2·atanh(s), s = (m−1)/(m+1), by its series to s⁹.
@inline(__always)
package func logarithm(_ x: Float) -> Float {
  // Subtracting the bits of √½ makes the exponent field count from there, so that m falls on both sides of 1.
  let offset = x.bitPattern &- 0x3F35_04F3
  let exponent = Float(Int32(bitPattern: offset) >> 23)
  let m = Float(bitPattern: (offset & 0x007F_FFFF) &+ 0x3F35_04F3)
  let s = (m - 1) / (m + 1)
  let z = s * s
  var series: Float = 1 / 9
  series = series * z + 1 / 7
  series = series * z + 1 / 5
  series = series * z + 1 / 3
  let logarithmOfM = 2 * (s + s * z * series)
  return x.isNaN ? x : exponent * ln2High + (logarithmOfM + exponent * ln2Low)
}

/// 1/√x for normal x > 0; relative error below 3e-7. A large finite number for 0, so that x times it is then
/// 0.
///
/// Newton's iteration y ← y·(3 − x·y²)/2, three times, from the well-known estimate that halves and negates
/// the exponent. The library's square root is exact but checks for negative numbers, which keeps loops from
/// vectorising.
@inline(__always)
package func reciprocalSquareRoot(_ x: Float) -> Float {
  let half = 0.5 * x
  var y = Float(bitPattern: 0x5F37_59DF &- (x.bitPattern >> 1))
  y = y * (1.5 - half * y * y)
  y = y * (1.5 - half * y * y)
  y = y * (1.5 - half * y * y)
  return y
}

/// eˣ in double precision for x ≤ 709, the same bits on every machine; relative error below 1e-15. 0 below
/// −708; NaN stays NaN.
package func exponential(_ x: Double) -> Double {
  if x < -708 { return 0 }
  let shift = 6_755_399_441_055_744.0
  let k = (x * 1.4426950408889634 + shift) - shift
  let r = (x - k * 0.6931471803691238) - k * 1.9082149292705877e-10
  // eʳ by Taylor's series to r¹³, of which the first two terms are added last.
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
  sum = 1 + (r + sum * r * r)
  return k.isNaN ? k : sum * Double(sign: .plus, exponent: Int(k), significand: 1)
}
