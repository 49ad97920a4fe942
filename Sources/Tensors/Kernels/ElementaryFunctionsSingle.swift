// exp, log, tanh and 1/√x in single precision from additions, divisions, multiplications and fused multiply-adds, which
// round once by definition, so that their bits are the same on every machine; the C library's depend on whether the
// processor has FMA. Written as straight lines
// without branches so that loops over them vectorise. Rounding to a whole number is done by adding and
// subtracting 1.5·2²³.

/// a·b + c, rounded once.
@inlinable @inline(__always)
package func multiplyAdd(_ a: Float, _ b: Float, _ c: Float) -> Float { c.addingProduct(a, b) }

private let log2e: Float = 1.442695
/// ln 2 in two parts; the product of the first, which has 9 bits, with a small whole number is exact.
private let ln2High: Float = 0.693359375
private let ln2Low: Float = -2.121944400546905e-4
private let roundingShift: Float = 12_582_912

/// eʳ − 1 for |r| ≤ ½ ln 2, by Taylor's series to r⁷; relative error below 1e-7.
@inline(__always)
private func exponentialSeries(_ r: Float) -> Float {
  var sum: Float = 1 / 5040
  sum = multiplyAdd(sum, r, 1 / 720)
  sum = multiplyAdd(sum, r, 1 / 120)
  sum = multiplyAdd(sum, r, 1 / 24)
  sum = multiplyAdd(sum, r, 1 / 6)
  sum = multiplyAdd(sum, r, 0.5)
  return multiplyAdd(sum * r, r, r)
}

/// x = k·ln 2 + r with |r| ≤ ½ ln 2, and 2ᵏ; x in −87 … 88.
@inline(__always)
private func reduced(_ x: Float) -> (r: Float, scale: Float) {
  let shifted = multiplyAdd(x, log2e, roundingShift)
  let k = shifted - roundingShift
  let r = multiplyAdd(k, -ln2Low, multiplyAdd(k, -ln2High, x))
  // The low bits of `shifted` are k in two's complement; adding the exponent's bias and moving them up gives
  // 2ᵏ.
  let scale = Float(bitPattern: (shifted.bitPattern &+ 127) << 23)
  return (r, scale)
}

/// eˣ, the same bits on every machine; relative error below 2e-7 where it is a normal number. 0 below −87.7, infinite
/// above 88.4 (a little before it overflows); NaN stays NaN.
@inline(__always)
package func exponential(_ x: Float) -> Float {
  // At the bounds 2ᵏ comes out as 0 and as infinite.
  var bounded = x < -88 ? -88 : x
  bounded = bounded > 89 ? 89 : bounded
  let (r, scale) = reduced(bounded)
  return (exponentialSeries(r) + 1) * scale
}

/// tanh x, the same bits on every machine; relative error below 4e-7 also near 0, and ±1 from |x| = 8.5 on. NaN stays
/// NaN. A quotient of polynomials in x², whose coefficients come from the script beside the tests.
@inline(__always)
package func hyperbolicTangent(_ x: Float) -> Float {
  var bounded = x < -8.5 ? -8.5 : x
  bounded = bounded > 8.5 ? 8.5 : bounded
  let z = bounded * bounded
  var numerator: Float = 1.718776914e-05
  numerator = multiplyAdd(numerator, z, 0.003347015624)
  numerator = multiplyAdd(numerator, z, 0.1326645729)
  numerator = multiplyAdd(numerator, z, 0.9999999832)
  var denominator: Float = -2.873848997e-10
  denominator = multiplyAdd(denominator, z, 4.9963568e-07)
  denominator = multiplyAdd(denominator, z, 0.0003010852282)
  denominator = multiplyAdd(denominator, z, 0.02534649035)
  denominator = multiplyAdd(denominator, z, 0.4659977569)
  denominator = multiplyAdd(denominator, z, 1)
  let value = bounded * numerator / denominator
  let lower = value < -1 ? -1 : value
  return lower > 1 ? 1 : lower
}

/// ln x, the same bits on every machine; relative error below 3e-7. −∞ for 0 and subnormal x, NaN below 0; NaN
/// stays NaN.
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
  series = multiplyAdd(series, z, 1 / 7)
  series = multiplyAdd(series, z, 1 / 5)
  series = multiplyAdd(series, z, 1 / 3)
  let logarithmOfM = 2 * multiplyAdd(s * z, series, s)
  let value = multiplyAdd(exponent, ln2High, multiplyAdd(exponent, ln2Low, logarithmOfM))
  let small = x < Float.leastNormalMagnitude ? -Float.infinity : value
  let inDomain = x < 0 ? Float.nan : small
  return x < .infinity ? inDomain : x
}

/// 1/√x for normal x > 0; relative error below 5e-7. A large finite number for 0, so that x times it is then
/// 0.
///
/// Newton's iteration y ← y·(3 − x·y²)/2 twice, from the well-known estimate that halves and negates the exponent; its
/// constants are shifted so that errors lie on both sides (Moroz et al. 2018). The library's square root is exact but
/// checks for negative numbers, which keeps loops from vectorising.
@inlinable @inline(__always)
package func reciprocalSquareRoot(_ x: Float) -> Float {
  let estimate = Float(bitPattern: 0x5F1FF700 &- (x.bitPattern >> 1))
  let near = estimate * multiplyAdd(-0.7043328856 * x * estimate, estimate, 1.682217049)
  return near * multiplyAdd(-0.5 * x * near, near, 1.5000003168)
}
