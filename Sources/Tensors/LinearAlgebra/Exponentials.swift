/// x ← eˣ, element by element, with the bits of `exponential(_: Double)` and nearly twice as fast: a block of numbers
/// goes through one part of the series before any goes through the next.
package func exponentiate(_ x: UnsafeMutablePointer<Double>, count: Int) {
  let block = 32
  withUnsafeTemporaryAllocation(of: Double.self, capacity: 3 * block) { room in
    let r = room.baseAddress!
    let (scales, sums) = (r + block, r + 2 * block)
    var values = x
    let end = x + (count & ~(block - 1))
    while values < end {
      for i in 0..<block {
        var bounded = values[i] < -708 ? -708 : values[i]
        bounded = bounded > 709 ? 709 : bounded
        let (rest, scale) = reduced(bounded)
        r[i] = rest
        scales[i] = scale
      }
      for i in 0..<block { sums[i] = exponentialSeriesStart(r[i]) }
      for i in 0..<block { sums[i] = exponentialSeriesMiddle(sums[i], r[i]) }
      for i in 0..<block {
        let value = (1 + (r[i] + exponentialSeriesEnd(sums[i], r[i]))) * scales[i]
        let kept = values[i] < -708 ? 0 : value
        values[i] = values[i] > 709 ? .infinity : kept
      }
      values += block
    }
    for i in 0..<(count & (block - 1)) { values[i] = exponential(values[i]) }
  }
}
