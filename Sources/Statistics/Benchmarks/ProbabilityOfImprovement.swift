/// The chance that a random x exceeds a random y, ties counting half: U/(nm) of Mann & Whitney, over all
/// combinations and not only the pairs (Agarwal et al. 2021). NaN of nothing. Cost O(n log n).
package func probabilityOfImprovement(_ pairs: PairedSample) -> Double {
  probabilityOfImprovement(
    WeightedSample(pairs.x, weights: pairs.weights), WeightedSample(pairs.y, weights: pairs.weights))
}

/// The same of two samples.
package func probabilityOfImprovement(_ x: WeightedSample, _ y: WeightedSample) -> Double {
  let pairs = x.total * y.total
  guard pairs > 0 else { return .nan }
  var wins = 0.0
  var place = 0
  var below = 0.0
  for (value, weight) in zip(x.values, x.weights) {
    while place < y.values.count, y.values[place] < value {
      below += y.weights[place]
      place += 1
    }
    var equal = 0.0
    var next = place
    while next < y.values.count, y.values[next] == value {
      equal += y.weights[next]
      next += 1
    }
    wins += weight * (below + equal / 2)
  }
  return wins / pairs
}

/// The mean over tasks of the chance that a run of the first algorithm exceeds one of the second (Agarwal et al.
/// 2021). NaN where some task lacks either.
///
/// - Parameters: task × run, as many tasks on both sides.
package func probabilityOfImprovement(_ x: [[Double]], _ y: [[Double]]) -> Double {
  precondition(x.count == y.count, "the same tasks on both sides")
  let sum = zip(x, y).reduce(0) { $0 + probabilityOfImprovement(WeightedSample($1.0), WeightedSample($1.1)) }
  return sum / Double(x.count)
}
