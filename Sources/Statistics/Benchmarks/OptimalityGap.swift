/// How far scores fall short of a target on average, Σ max(0, target − x) / n; scores above it count as reaching
/// it (Agarwal et al. 2021). NaN of nothing.
package func optimalityGap(_ sample: WeightedSample, target: Double) -> Double {
  let total = sample.total
  guard total > 0 else { return .nan }
  var sum = 0.0
  for (value, weight) in zip(sample.values, sample.weights) { sum += weight * max(0, target - value) }
  return sum / total
}
