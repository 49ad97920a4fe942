/// The non-decreasing sequence nearest to y by weighted least squares: pool adjacent violators (Ayer et al. 1955).
///
/// - Parameters:
///   - x: points with equal x share their weighted mean.
///   - weights: above 0; 1 each where nil.
///   - isIncreasing: false for the non-increasing sequence.
/// - Returns: the fitted value of every point, in the order given; nil where a value is not finite or sizes differ.
package func isotonicFit(
  _ x: [Double], _ y: [Double], weights: [Double]? = nil, isIncreasing: Bool = true
) -> [Double]? {
  let weights = weights ?? [Double](repeating: 1, count: y.count)
  guard x.count == y.count, y.count == weights.count, (x + y).allSatisfy(\.isFinite),
    weights.allSatisfy({ $0 > 0 && $0.isFinite })
  else { return nil }
  let order = x.indices.sorted { (x[$0], $0) < (x[$1], $1) }
  var blocks: [(mean: Double, weight: Double, end: Int)] = []
  func merged(_ a: (mean: Double, weight: Double, end: Int), _ b: (mean: Double, weight: Double, end: Int))
    -> (
      mean: Double, weight: Double, end: Int
    )
  {
    let weight = a.weight + b.weight
    return (a.mean + (b.mean - a.mean) * (b.weight / weight), weight, b.end)
  }
  for (place, point) in order.enumerated() {
    let value = isIncreasing ? y[point] : -y[point]
    var block = (mean: value, weight: weights[point], end: place)
    // Points of equal x wait for the last of them before they are compared with what comes earlier.
    if place > 0, x[order[place - 1]] == x[point] { block = merged(blocks.removeLast(), block) }
    blocks.append(block)
    if place + 1 < order.count, x[order[place + 1]] == x[point] { continue }
    while blocks.count > 1, blocks[blocks.count - 2].mean >= blocks[blocks.count - 1].mean {
      let last = blocks.removeLast()
      blocks.append(merged(blocks.removeLast(), last))
    }
  }
  var fitted = y
  var start = 0
  for block in blocks {
    for place in start...block.end { fitted[order[place]] = isIncreasing ? block.mean : -block.mean }
    start = block.end + 1
  }
  return fitted
}
