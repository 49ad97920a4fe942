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
