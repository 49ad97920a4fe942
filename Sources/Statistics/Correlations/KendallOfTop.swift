/// Kendall's τ-b among the pairs of the largest x, a fifth of all.
///
/// Pairs are taken from the largest x down until their weights reach a fifth; all pairs tied with the last are taken, too.
package func kendallOfTopFifth(_ pairs: PairedSample) -> Double {
  let wanted = pairs.weights.reduce(0, +) / 5
  var bound = -Double.infinity
  var reached = 0.0
  for place in pairs.x.indices.sorted(by: { pairs.x[$0] > pairs.x[$1] }) {
    if reached >= wanted { break }
    reached += pairs.weights[place]
    bound = pairs.x[place]
  }
  return kendallTauB(
    PairedSample(
      pairs.x, pairs.y, weights: zip(pairs.x, pairs.weights).map { $0 >= bound ? $1 : 0 }))
}
