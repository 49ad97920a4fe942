/// Hochberg's step-up adjustment of a family of p-values (Hochberg 1988), in the order given.
///
/// The k-th smallest of m is multiplied by m − k + 1; adjusted values never exceed those of larger p-values. As
/// Holm's it bounds the chance of any false rejection, but only for independent or positively dependent tests.
package func hochbergAdjusted(_ pValues: [Double]) -> [Double] {
  stepUp(pValues) { rank, count in Double(count - rank) }
}

/// Benjamini & Hochberg's adjustment (1995), in the order given: rejecting where it is at most q keeps the expected
/// share of false rejections among all at most q, for independent or positively dependent tests.
package func benjaminiHochbergAdjusted(_ pValues: [Double]) -> [Double] {
  stepUp(pValues) { rank, count in Double(count) / Double(rank + 1) }
}

/// From the largest p-value down: each times its factor, at most that of the next larger one, at most 1. An
/// undefined p-value counts as 1.
private func stepUp(_ pValues: [Double], factor: (_ rank: Int, _ count: Int) -> Double) -> [Double] {
  let values = pValues.map { $0.isNaN ? 1 : $0 }
  let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
  var adjusted = values
  var smallest = 1.0
  for (rank, place) in order.enumerated().reversed() {
    smallest = min(smallest, factor(rank, values.count) * values[place])
    adjusted[place] = smallest
  }
  return adjusted
}
