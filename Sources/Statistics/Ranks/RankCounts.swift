/// Ranks as whole numbers: twice the mean ranks, so that ties keep exact null distributions countable.
struct RankCounts {
  /// Twice the mean rank of each value.
  let doubledRanks: [Int]
  /// The sizes of the groups of equal values, in ascending order of the values.
  let tieSizes: [Double]

  init(_ values: [Double]) {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Int](repeating: 0, count: values.count)
    var sizes: [Double] = []
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for place in order[start..<end] { ranks[place] = start + end + 1 }
      sizes.append(Double(end - start))
      start = end
    }
    doubledRanks = ranks
    tieSizes = sizes
  }

  /// Σ(t³ − t) over groups of t equal values.
  var tieTerm: Double { tieSizes.reduce(0) { $0 + $1 * $1 * $1 - $1 } }

  /// The mean ranks themselves, from 1.
  var ranks: [Double] { doubledRanks.map { Double($0) / 2 } }
}

/// How many of equally likely outcomes give each sum, from 0.
struct SumDistribution {
  let counts: [Double]

  /// P(sum ≥ s) and P(sum ≤ s), both with s itself.
  func shares(_ sum: Int) -> (above: Double, below: Double) {
    let total = counts.reduce(0, +)
    let below = counts[...min(sum, counts.count - 1)].reduce(0, +)
    let above = counts[max(0, sum)...].reduce(0, +)
    return (above / total, below / total)
  }

  /// The sum of a subset of numbers, each in or out: 2ⁿ outcomes.
  static func anySubset(_ numbers: [Int]) -> SumDistribution {
    var counts = [1.0]
    for number in numbers {
      var next = counts + [Double](repeating: 0, count: number)
      for (sum, count) in counts.enumerated() { next[sum + number] += count }
      counts = next
    }
    return SumDistribution(counts: counts)
  }

  /// The sum of a subset of a given size.
  static func subset(of numbers: [Int], size: Int) -> SumDistribution {
    let largest = numbers.sorted().suffix(size).reduce(0, +)
    var counts = [[Double]](repeating: [Double](repeating: 0, count: largest + 1), count: size + 1)
    counts[0][0] = 1
    for number in numbers {
      for taken in stride(from: size, to: 0, by: -1) where number <= largest {
        for sum in number...largest where counts[taken - 1][sum - number] > 0 {
          counts[taken][sum] += counts[taken - 1][sum - number]
        }
      }
    }
    return SumDistribution(counts: counts[size])
  }

  /// The sum of two independent ones.
  func adding(_ other: SumDistribution) -> SumDistribution {
    var sums = [Double](repeating: 0, count: counts.count + other.counts.count - 1)
    for (i, a) in counts.enumerated() where a > 0 {
      for (j, b) in other.counts.enumerated() { sums[i + j] += a * b }
    }
    return SumDistribution(counts: sums)
  }
}
