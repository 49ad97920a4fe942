import Randomness

/// The permutation test of Jonckheere and Terpstra's trend within blocks, such as seeds that serve every group: under
/// the hypothesis of no trend the values of a block belong to any of its groups.
///
/// One-sided p-values with the sample itself counted. Cost O(n²) a draw.
package struct TrendPermutationTest: Sendable {
  /// The share of arrangements with a statistic at least the observed one: small where values rise.
  package let pAbove: Double
  /// The share of arrangements with a statistic at most the observed one.
  package let pBelow: Double

  /// - Parameters:
  ///   - pairs: the group's place in the order and the value.
  ///   - blocks: one a pair.
  package init(pairs: PairedSample, blocks: [Int32], draws: Int, seed: UInt64) {
    precondition(pairs.x.count == blocks.count && !blocks.isEmpty, "a block for every pair")
    let observed = jonckheereTrend(pairs)
    var members: [[Int]] = []
    var places: [Int32: Int] = [:]
    for (pair, block) in blocks.enumerated() {
      let place = places[block] ?? members.count
      if place == members.count {
        places[block] = place
        members.append([])
      }
      members[place].append(pair)
    }
    var stream = RandomStream(seed: seed, role: "analysis", purpose: "trend")
    var counts = (above: 1, below: 1)
    var y = pairs.y
    for _ in 0..<draws {
      for block in members {
        for i in stride(from: block.count - 1, to: 0, by: -1) {
          y.swapAt(block[i], block[stream.below(i + 1)])
        }
      }
      let drawn = jonckheereTrend(PairedSample(pairs.x, y))
      if drawn >= observed - 1e-12 { counts.above += 1 }
      if drawn <= observed + 1e-12 { counts.below += 1 }
    }
    pAbove = Double(counts.above) / Double(draws + 1)
    pBelow = Double(counts.below) / Double(draws + 1)
  }
}
