// sin and cos, for both precisions computed in double: their cost has not mattered yet.

/// x = k·π/2 + r with |r| ≤ π/4, and k's last two bits. k·(first two parts of π/2) is exact for k below 2²⁰.
@inline(__always)
private func quadrant(_ x: Double) -> (r: Double, k: UInt64) {
  let shifted = x * 0.6366197723675814 + 6_755_399_441_055_744.0
  let k = shifted - 6_755_399_441_055_744.0
  let r = ((x - k * 1.5707963267341256) - k * 6.077100506303966e-11) - k * 2.0222662487959506e-21
  return (r, shifted.bitPattern & 3)
}

/// sin r for |r| ≤ π/4, by Taylor's series to r¹⁷.
@inline(__always)
private func sineSeries(_ r: Double) -> Double {
  let z = r * r
  var sum = 1.0 / 355_687_428_096_000
  sum = sum * z - 1.0 / 1_307_674_368_000
  sum = sum * z + 1.0 / 6_227_020_800
  sum = sum * z - 1.0 / 39_916_800
  sum = sum * z + 1.0 / 362_880
  sum = sum * z - 1.0 / 5040
  sum = sum * z + 1.0 / 120
  sum = sum * z - 1.0 / 6
  return r + r * z * sum
}

/// cos r for |r| ≤ π/4, by Taylor's series to r¹⁸.
@inline(__always)
private func cosineSeries(_ r: Double) -> Double {
  let z = r * r
  var sum = -1.0 / 6_402_373_705_728_000
  sum = sum * z + 1.0 / 20_922_789_888_000
  sum = sum * z - 1.0 / 87_178_291_200
  sum = sum * z + 1.0 / 479_001_600
  sum = sum * z - 1.0 / 3_628_800
  sum = sum * z + 1.0 / 40_320
  sum = sum * z - 1.0 / 720
  sum = sum * z + 1.0 / 24
  return 1 - (0.5 * z - z * z * sum)
}

@inline(__always)
private func wave(_ r: Double, _ k: UInt64) -> Double {
  let size = k & 1 == 0 ? sineSeries(r) : cosineSeries(r)
  return k & 2 == 0 ? size : -size
}

/// sin x, the same bits on every machine; absolute error below 1e-15 for |x| ≤ 10⁶. NaN for infinities.
@inline(__always)
package func sine(_ x: Double) -> Double {
  let (r, k) = quadrant(x)
  return wave(r, k)
}

/// cos x, the same bits on every machine; absolute error below 1e-15 for |x| ≤ 10⁶. NaN for infinities.
@inline(__always)
package func cosine(_ x: Double) -> Double {
  let (r, k) = quadrant(x)
  return wave(r, k &+ 1)
}
