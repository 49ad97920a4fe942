// The error function, the normal distribution function Φ(x) = ½·erfc(−x/√2) and the slope of x·Φ(x). The coefficients come from the
// script beside the tests.

/// erfc z for z ≥ 0 in double precision; relative error below 1e-15·(1 + z²). erfc(z)·e^(z²)·(1 + 2z) is a smooth
/// function of u = (z − c)/(z + c).
@inline(__always)
private func complement(_ z: Double) -> Double {
  let u = (z - 3.75) / (z + 3.75)
  var sum = -2.33770631252267885e-9
  sum = sum * u - 6.59347210973700063e-10
  sum = sum * u + 3.28586224491364486e-8
  sum = sum * u + 1.54475202102414712e-8
  sum = sum * u - 2.52962344394385087e-7
  sum = sum * u - 4.76001659996885813e-8
  sum = sum * u + 1.74865855244299229e-6
  sum = sum * u - 9.80455114636572299e-7
  sum = sum * u - 0.0000114433867156477346
  sum = sum * u + 0.0000223873333517746188
  sum = sum * u + 0.0000516490807228506104
  sum = sum * u - 0.000290154969808545248
  sum = sum * u + 0.000293713623374060857
  sum = sum * u + 0.00175562601493282899
  sum = sum * u - 0.0097465795467645253
  sum = sum * u + 0.0283622774010291219
  sum = sum * u - 0.0586933985909042636
  sum = sum * u + 0.0923043211614773968
  sum = sum * u - 0.108803930141685278
  sum = sum * u + 0.0822767384901140362
  sum = sum * u + 0.00358541548546329713
  sum = sum * u - 0.140240598585546701
  sum = sum * u + 1.23751263083782758
  return exponential(-(z * z)) * (sum / (1 + 2 * z))
}

/// erf x; relative error below 4e-7 also near 0, and ±1 from |x| = 4 on. A quotient of polynomials in x².
@inline(__always)
package func errorFunction(_ x: Float) -> Float {
  let z = x * x
  var numerator: Float = 1.98554062e-06
  numerator = multiplyAdd(numerator, z, 0.0002846328473)
  numerator = multiplyAdd(numerator, z, 0.003887990774)
  numerator = multiplyAdd(numerator, z, 0.05311669047)
  numerator = multiplyAdd(numerator, z, 0.1936582571)
  numerator = multiplyAdd(numerator, z, 1.12837914)
  var denominator: Float = 3.741054988e-05
  denominator = multiplyAdd(denominator, z, 0.001186611854)
  denominator = multiplyAdd(denominator, z, 0.01521685891)
  denominator = multiplyAdd(denominator, z, 0.1153966883)
  denominator = multiplyAdd(denominator, z, 0.5049577214)
  denominator = multiplyAdd(denominator, z, 1)
  let value = x * numerator / denominator
  let upper = x > 4 ? 1 : value
  return x < -4 ? -1 : upper
}

/// erf x in double precision; absolute error below 5e-16, and relative error below 1e-15 for |x| < ½.
@inline(__always)
package func errorFunction(_ x: Double) -> Double {
  let size = x.magnitude
  let z = x * x
  // Σ (−1)ⁿ zⁿ / (n!·(2n+1)) from n = 12 down.
  var series = 1.0 / 11_975_040_000
  series = series * z - 1.0 / 918_086_400
  series = series * z + 1.0 / 76_204_800
  series = series * z - 1.0 / 6_894_720
  series = series * z + 1.0 / 685_440
  series = series * z - 1.0 / 75_600
  series = series * z + 1.0 / 9360
  series = series * z - 1.0 / 1320
  series = series * z + 1.0 / 216
  series = series * z - 1.0 / 42
  series = series * z + 1.0 / 10
  series = series * z - 1.0 / 3
  let near = 1.1283791670955126 * (x + x * z * series)
  let far = 1 - complement(size < 27 ? size : 27)
  let signed = Double(bitPattern: far.bitPattern | (x.bitPattern & 0x8000_0000_0000_0000))
  return size >= 0.5 ? signed : near
}

/// Φ(x), the normal distribution function; absolute error below 2e-7.
@inline(__always)
package func normalDistribution(_ x: Float) -> Float {
  multiplyAdd(0.5, errorFunction(x * 0.7071067811865476), 0.5)
}

/// Φ(x) in double precision; relative error below 1e-15·(1 + x²), also in the lower tail.
@inline(__always)
package func normalDistribution(_ x: Double) -> Double {
  let tail = 0.5 * complement(x.magnitude * 0.7071067811865476)
  return x < 0 ? tail : 1 - tail
}

/// The slope of x·Φ(x), which is Φ(x) + x·φ(x); absolute error below 3e-7. A quotient of polynomials in x² for |x| ≤ 6.
@inline(__always)
package func geluSlope(_ x: Float) -> Float {
  var bounded = x < -6 ? -6 : x
  bounded = bounded > 6 ? 6 : bounded
  let z = bounded * bounded
  var numerator: Float = 1.704602294e-08
  numerator = multiplyAdd(numerator, z, 9.225182135e-07)
  numerator = multiplyAdd(numerator, z, 3.409182816e-05)
  numerator = multiplyAdd(numerator, z, 0.0002027293547)
  numerator = multiplyAdd(numerator, z, 0.01385733852)
  numerator = multiplyAdd(numerator, z, -0.0223713474)
  numerator = multiplyAdd(numerator, z, 0.7978845312)
  var denominator: Float = 1.314739551e-09
  denominator = multiplyAdd(denominator, z, 3.389728664e-07)
  denominator = multiplyAdd(denominator, z, 1.030768276e-05)
  denominator = multiplyAdd(denominator, z, 0.0002453231998)
  denominator = multiplyAdd(denominator, z, 0.003971501307)
  denominator = multiplyAdd(denominator, z, 0.04413355115)
  denominator = multiplyAdd(denominator, z, 0.3052946361)
  denominator = multiplyAdd(denominator, z, 1)
  return 0.5 + bounded * numerator / denominator
}

/// The slope of x·Φ(x) in double precision; absolute error below 1e-14.
@inline(__always)
package func geluSlope(_ x: Double) -> Double {
  normalDistribution(x) + x * (exponential(-0.5 * (x * x)) * 0.3989422804014327)
}
