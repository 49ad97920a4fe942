/// The x at which a distribution's lower share is p: Newton's method on the logarithm of the smaller tail, kept
/// within a bracket that always halves.
///
/// - Parameters:
///   - start: inside the range.
///   - range: where the distribution lives; its ends answer 0 and 1.
///   - shares: both tails at x, and the density there.
func invert(
  _ p: Double, from start: Double, in range: ClosedRange<Double>,
  _ shares: (Double) -> (tails: Tails, density: Double)
) -> Double {
  if p <= 0 { return range.lowerBound }
  if p >= 1 { return range.upperBound }
  let isLower = p <= 0.5
  let target = isLower ? p : 1 - p
  var (low, high) = (range.lowerBound, range.upperBound)
  var x = start
  for _ in 0..<2_000 {
    let (tails, density) = shares(x)
    let tail = isLower ? tails.lower : tails.upper
    if tail == target { return x }
    if (tail < target) == isLower { low = x } else { high = x }
    let step = tail / density * logarithm(tail / target) * (isLower ? -1 : 1)
    var next = x + step
    if !(next > low && next < high) { next = middle(low, high) }
    if next == x || next <= low || next >= high { return x }
    if abs(next - x) <= 1e-16 * abs(x) { return next }
    x = next
  }
  return x
}

/// A number between two ends, one of which may be infinite; between positive ones far apart their geometric mean.
private func middle(_ low: Double, _ high: Double) -> Double {
  if high == .infinity { return low > 0 ? 2 * low : low == -.infinity ? 0 : low / 2 + 1 }
  if low == -.infinity { return high < 0 ? 2 * high : high / 2 - 1 }
  if low == 0, high > 0 { return high < 1e-300 ? high / 2 : high * 1e-3 }
  if low > 0, high > 4 * low { return (low.squareRoot() * high.squareRoot()) }
  return low + (high - low) / 2
}
