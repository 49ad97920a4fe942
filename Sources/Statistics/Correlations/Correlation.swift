/// Weighted squares and products of pairs about their means.
struct CoupledMoments {
  private(set) var squaresX = 0.0
  private(set) var squaresY = 0.0
  private(set) var products = 0.0

  init(_ pairs: PairedSample) {
    guard let originX = pairs.x.first, let originY = pairs.y.first else { return }
    var total = 0.0
    var sums = (x: 0.0, y: 0.0)
    for i in pairs.x.indices {
      total += pairs.weights[i]
      sums.x += pairs.weights[i] * (pairs.x[i] - originX)
      sums.y += pairs.weights[i] * (pairs.y[i] - originY)
    }
    let mean = (x: sums.x / total, y: sums.y / total)
    for i in pairs.x.indices {
      let dx = pairs.x[i] - originX - mean.x
      let dy = pairs.y[i] - originY - mean.y
      squaresX += pairs.weights[i] * dx * dx
      squaresY += pairs.weights[i] * dy * dy
      products += pairs.weights[i] * dx * dy
    }
  }
}

/// Pearson's product-moment correlation Σw(x−x̄)(y−ȳ) / √(Σw(x−x̄)²·Σw(y−ȳ)²); NaN where either side is
/// constant.
package func pearsonCorrelation(_ pairs: PairedSample) -> Double {
  let sums = CoupledMoments(pairs)
  guard sums.squaresX > 0, sums.squaresY > 0 else { return .nan }
  // One root of the product is exact where both squares are equal, so that perfect agreement of ranks is
  // exactly 1.
  return sums.products / (sums.squaresX * sums.squaresY).squareRoot()
}

/// Spearman's rank correlation: Pearson's of the ranks, ties at their mean rank.
package func spearmanCorrelation(_ pairs: PairedSample) -> Double {
  pearsonCorrelation(
    PairedSample(
      meanRanks(pairs.x, weights: pairs.weights), meanRanks(pairs.y, weights: pairs.weights),
      weights: pairs.weights))
}

/// Kendall's τ-b = (C − D) / √((n₀ − n₁)(n₀ − n₂)): concordant less discordant pairs over the geometric mean
/// of the pairs not tied in x and in y (Kendall 1945). NaN where either side is constant. Cost O(n²).
package func kendallTauB(_ pairs: PairedSample) -> Double {
  var difference = 0.0
  var untied = (x: 0.0, y: 0.0)
  let (x, y, weights) = (pairs.x, pairs.y, pairs.weights)
  for i in x.indices {
    var row = (difference: 0.0, x: 0.0, y: 0.0)
    for j in 0..<i {
      let signX: Double = x[i] > x[j] ? 1 : x[i] < x[j] ? -1 : 0
      let signY: Double = y[i] > y[j] ? 1 : y[i] < y[j] ? -1 : 0
      row.difference += weights[j] * signX * signY
      row.x += weights[j] * signX * signX
      row.y += weights[j] * signY * signY
    }
    difference += weights[i] * row.difference
    untied.x += weights[i] * row.x
    untied.y += weights[i] * row.y
  }
  guard untied.x > 0, untied.y > 0 else { return .nan }
  // One root of the product is exact where there are no ties, so that perfect agreement is exactly 1.
  return difference / (untied.x * untied.y).squareRoot()
}

/// Ranks from 1 in ascending order; equal values share the mean of the ranks they take up.
package func meanRanks(_ values: [Double], weights: [Double]) -> [Double] {
  // Which of two equal values comes first does not matter: they share a rank.
  let order = values.indices.sorted { values[$0] < values[$1] }
  var ranks = [Double](repeating: 0, count: values.count)
  var passed = 0.0
  var start = 0
  while start < order.count {
    var end = start
    var weight = 0.0
    while end < order.count, values[order[end]] == values[order[start]] {
      weight += weights[order[end]]
      end += 1
    }
    for place in order[start..<end] { ranks[place] = passed + (weight + 1) / 2 }
    passed += weight
    start = end
  }
  return ranks
}
