import Randomness

/// The permutation test of two independent samples: under the hypothesis of one distribution every division of the
/// values into samples of these sizes is equally likely.
///
/// All divisions where there are at most `draws` + 1, else random ones, the sample itself counted (Phipson & Smyth
/// 2010). The statistic is the difference of means; `pAbove` is small where the first lies higher.
///
/// - Parameter draws: random divisions.
package func labelPermutationTest(_ x: [Double], _ y: [Double], draws: Int = 9_999, seed: UInt64)
  -> TestResult
{
  if let obstacle = sampleObstacle([x, y], atLeast: 1) { return TestResult(obstacle: obstacle) }
  let values = x + y
  let observed = x.reduce(0, +)
  let rounding = 1e-12 * values.reduce(0) { $0 + abs($1) }
  var (above, below, total) = (0, 0, 0)
  func count(_ sum: Double) {
    total += 1
    if sum >= observed - rounding { above += 1 }
    if sum <= observed + rounding { below += 1 }
  }
  let isExact = divisions(values.count, x.count, limit: draws + 1) != nil
  if isExact {
    // Ascending places of the first sample, advanced like a counter.
    var places = Array(x.indices)
    while true {
      count(places.reduce(0) { $0 + values[$1] })
      guard let last = places.indices.last(where: { places[$0] < values.count - places.count + $0 }) else {
        break
      }
      let next = places[last] + 1
      for i in last..<places.count { places[i] = next + i - last }
    }
  } else {
    count(observed)
    let streams = RandomStream(seed: seed, role: "analysis", purpose: "label-permutation")
    for draw in 0..<draws {
      var stream = streams.indexed(draw)
      var order = values
      var sum = 0.0
      for i in x.indices {
        order.swapAt(i, i + stream.below(order.count - i))
        sum += order[i]
      }
      count(sum)
    }
  }
  let difference = observed / Double(x.count) - y.reduce(0, +) / Double(y.count)
  return TestResult(
    statistic: difference, pAbove: Double(above) / Double(total), pBelow: Double(below) / Double(total),
    isExact: isExact)
}

/// C(n, k), or nil where it exceeds a limit.
private func divisions(_ n: Int, _ k: Int, limit: Int) -> Int? {
  var product = 1
  for i in 0..<min(k, n - k) {
    let (next, isTooLarge) = product.multipliedReportingOverflow(by: n - i)
    if isTooLarge { return nil }
    product = next / (i + 1)
    if product > limit { return nil }
  }
  return product
}
