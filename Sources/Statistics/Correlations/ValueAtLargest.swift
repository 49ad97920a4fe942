/// The x of the pair whose y is largest, the first of equals; NaN without a pair.
///
/// With y measured apart from x, this is what choosing by y is worth: the luck of the choice is left behind.
package func valueAtLargest(_ pairs: PairedSample) -> Double {
  var best: Int?
  for i in pairs.y.indices {
    if let known = best, pairs.y[i] <= pairs.y[known] { continue }
    best = i
  }
  return best.map { pairs.x[$0] } ?? .nan
}
