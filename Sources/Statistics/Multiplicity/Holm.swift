/// Holm's step-down adjustment of a family of p-values (Holm 1979), in the order given.
///
/// The k-th smallest of m is multiplied by m − k + 1; adjusted values never fall below those of smaller
/// p-values and never exceed 1. Rejecting where the adjusted value is at most α keeps the chance of any false
/// rejection in the family at most α, whatever the dependence. An undefined p-value counts as 1.
package func holmAdjusted(_ pValues: [Double]) -> [Double] {
  let pValues = pValues.map { $0.isNaN ? 1 : $0 }
  let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
  var adjusted = pValues
  var largest = 0.0
  for (rank, place) in order.enumerated() {
    largest = max(largest, min(1, Double(pValues.count - rank) * pValues[place]))
    adjusted[place] = largest
  }
  return adjusted
}
