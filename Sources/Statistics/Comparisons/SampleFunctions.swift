/// The share of a sample that lies above a bound; values on it do not. NaN of nothing.
package func shareAbove(_ sample: WeightedSample, _ bound: Double) -> Double {
  share(sample) { $0 > bound }
}

/// The share of a sample that lies below a bound; values on it do not. NaN of nothing.
package func shareBelow(_ sample: WeightedSample, _ bound: Double) -> Double {
  share(sample) { $0 < bound }
}

private func share(_ sample: WeightedSample, _ holds: (Double) -> Bool) -> Double {
  let total = sample.total
  guard total > 0 else { return .nan }
  return zip(sample.values, sample.weights).reduce(0) { holds($1.0) ? $0 + $1.1 : $0 } / total
}

/// The mean shortfall from a target, max(0, target − x): Agarwal et al. 2021's optimality gap. NaN of nothing.
package func optimalityGap(_ sample: WeightedSample, _ target: Double) -> Double {
  let total = sample.total
  guard total > 0 else { return .nan }
  return zip(sample.values, sample.weights).reduce(0) { $0 + $1.1 * max(0, target - $1.0) } / total
}

/// The probability that a value of `a` exceeds one of `b`, ties counted half: Mann & Whitney's U over the number of
/// pairs, the probability of improvement of Agarwal et al. 2021. NaN where either is empty. Cost O(n + m).
package func probabilityOfImprovement(_ a: WeightedSample, _ b: WeightedSample) -> Double {
  let (total, others) = (a.total, b.total)
  guard total > 0, others > 0 else { return .nan }
  var sum = 0.0
  var below = 0.0
  var next = 0
  for (value, weight) in zip(a.values, a.weights) {
    while next < b.values.count, b.values[next] < value {
      below += b.weights[next]
      next += 1
    }
    var equal = 0.0
    var place = next
    while place < b.values.count, b.values[place] == value {
      equal += b.weights[place]
      place += 1
    }
    sum += weight * (below + equal / 2)
  }
  return sum / (total * others)
}

/// The mean on the logarithmic scale, exp(Σw ln x / Σw); NaN of nothing and where a value is not above 0.
package func geometricMean(_ sample: WeightedSample) -> Double {
  let total = sample.total
  guard total > 0, let least = sample.weights.firstIndex(where: { $0 > 0 }), sample.values[least] > 0 else {
    return .nan
  }
  return exponential(zip(sample.values, sample.weights).reduce(0) { $1.1 > 0 ? $0 + $1.1 * logarithm($1.0) : $0 } / total)
}
