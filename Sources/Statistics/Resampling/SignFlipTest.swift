import Randomness

/// The paired permutation test: under the hypothesis of no difference each level's sign is a coin's.
///
/// All 2ⁿ sign patterns where there are few, else random ones; one-sided p-values with the sample itself
/// counted (Phipson & Smyth 2010, "Permutation p-values should never be zero"). Without differences they are 1, with one
/// that is not finite NaN.
package struct SignFlipTest: Sendable {
  /// The share of patterns whose sum is at least the observed one: small where differences lie above 0.
  package let pAbove: Double
  /// The share of patterns whose sum is at most the observed one.
  package let pBelow: Double
  /// How many patterns were tried, the observed one included.
  package let patterns: Int

  /// - Parameters:
  ///   - differences: one a level, relative to the bound that is tested.
  ///   - draws: random patterns where enumeration would need more.
  package init(differences: [Double], draws: Int, seed: UInt64) {
    let observed = differences.reduce(0, +)
    let rounding = 1e-12 * differences.reduce(0) { $0 + abs($1) }
    var counts = (above: 0, below: 0)
    func count(_ sum: Double) {
      if sum >= observed - rounding { counts.above += 1 }
      if sum <= observed + rounding { counts.below += 1 }
    }
    let isExact = differences.count < 20 && 1 << differences.count <= draws + 1
    if isExact {
      for pattern in 0..<(1 << differences.count) {
        var sum = 0.0
        for (i, difference) in differences.enumerated() {
          sum += pattern >> i & 1 == 0 ? difference : -difference
        }
        count(sum)
      }
      patterns = 1 << differences.count
    } else {
      let streams = RandomStream(seed: seed, role: "analysis", purpose: "sign-flips")
      count(observed)
      for draw in 0..<draws {
        var stream = streams.indexed(draw)
        var sum = 0.0
        for difference in differences { sum += stream.nextWord() & 1 == 0 ? difference : -difference }
        count(sum)
      }
      patterns = draws + 1
    }
    let unit = differences.allSatisfy(\.isFinite) ? 1 / Double(patterns) : .nan
    pAbove = Double(counts.above) * unit
    pBelow = Double(counts.below) * unit
  }
}
