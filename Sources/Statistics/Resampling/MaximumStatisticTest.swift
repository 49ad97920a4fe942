import Randomness

/// Several paired comparisons at once by the largest statistic: p-values adjusted for the family with its dependence
/// (Westfall & Young 1993, single step; Nichols & Holmes 2002).
///
/// The signs of a level's differences are flipped together, so that comparisons that share a method or a seed stay
/// related; each comparison's statistic is |t|. A comparison's adjusted p-value is the share of sign patterns whose
/// largest |t| reaches its own: all 2ⁿ patterns where there are at most `draws` + 1, else random ones, the sample
/// itself counted. Assumes differences that are symmetric about 0 where there is no effect.
///
/// - Parameter differences: level × comparison.
/// - Returns: one adjusted two-sided p-value a comparison; NaN for one that does not vary, which then takes no part.
///   Empty for no levels, rows of different lengths or values that are not finite.
package func maximumStatisticTest(_ differences: [[Double]], draws: Int = 9_999, seed: UInt64) -> [Double] {
  guard let count = differences.first?.count, differences.allSatisfy({ $0.count == count }),
    sampleObstacle(differences, atLeast: 1) == nil
  else { return [] }
  let levels = differences.count
  let squares = (0..<count).map { c in differences.reduce(0) { $0 + $1[c] * $1[c] } }
  // |t| grows with (Σd)² / Σd², whose denominator no flip changes.
  func sizes(_ signs: (Int) -> Bool) -> [Double] {
    var sums = [Double](repeating: 0, count: count)
    for (level, row) in differences.enumerated() {
      let sign: Double = signs(level) ? -1 : 1
      for c in 0..<count { sums[c] += sign * row[c] }
    }
    return zip(sums, squares).map { $1 > 0 ? $0 * $0 / $1 : 0 }
  }
  let observed = sizes { _ in false }
  var reached = [Int](repeating: 0, count: count)
  var total = 0
  func add(_ sizes: [Double]) {
    let largest = sizes.max() ?? 0
    total += 1
    for c in 0..<count where largest >= observed[c] * (1 - 1e-12) { reached[c] += 1 }
  }
  if levels < 20, 1 << levels <= draws + 1 {
    for pattern in 0..<(1 << levels) { add(sizes { pattern >> $0 & 1 == 1 }) }
  } else {
    add(observed)
    let streams = RandomStream(seed: seed, role: "analysis", purpose: "sign-flips")
    for draw in 0..<draws {
      var stream = streams.indexed(draw)
      let flips = (0..<levels).map { _ in stream.nextWord() & 1 == 1 }
      add(sizes { flips[$0] })
    }
  }
  return reached.indices.map { squares[$0] > 0 ? Double(reached[$0]) / Double(total) : .nan }
}
