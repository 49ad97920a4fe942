/// The slope of y's least-squares line over x, Σw(x−x̄)(y−ȳ) / Σw(x−x̄)²; NaN where x is constant.
package func leastSquaresSlope(_ pairs: PairedSample) -> Double {
  guard let originX = pairs.x.first, let originY = pairs.y.first else { return .nan }
  var total = 0.0
  var sums = (x: 0.0, y: 0.0)
  for i in pairs.x.indices {
    total += pairs.weights[i]
    sums.x += pairs.weights[i] * (pairs.x[i] - originX)
    sums.y += pairs.weights[i] * (pairs.y[i] - originY)
  }
  var (square, product) = (0.0, 0.0)
  for i in pairs.x.indices {
    let dx = pairs.x[i] - originX - sums.x / total
    square += pairs.weights[i] * dx * dx
    product += pairs.weights[i] * dx * (pairs.y[i] - originY - sums.y / total)
  }
  return square > 0 ? product / square : .nan
}

/// Jonckheere and Terpstra's ordered trend of y over the groups that x orders, from −1 to 1: the share of pairs of
/// different groups that rise less the share that fall. NaN where x is constant. Cost O(n²).
///
/// It is (2J − P)/P for their statistic J, ties of y counted half, and P pairs of different x: Somers' d.
package func jonckheereTrend(_ pairs: PairedSample) -> Double {
  let (x, y, weights) = (pairs.x, pairs.y, pairs.weights)
  var (difference, untied) = (0.0, 0.0)
  for i in x.indices {
    var row = (difference: 0.0, untied: 0.0)
    for j in 0..<i where x[i] != x[j] {
      let sign: Double = y[i] > y[j] ? 1 : y[i] < y[j] ? -1 : 0
      row.difference += weights[j] * (x[i] > x[j] ? sign : -sign)
      row.untied += weights[j]
    }
    difference += weights[i] * row.difference
    untied += weights[i] * row.untied
  }
  return untied > 0 ? difference / untied : .nan
}
