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

/// The mean on the logarithmic scale, exp(Σw ln x / Σw); NaN of nothing and where a value is not above 0.
package func geometricMean(_ sample: WeightedSample) -> Double {
  let total = sample.total
  guard total > 0, let least = sample.weights.firstIndex(where: { $0 > 0 }), sample.values[least] > 0 else {
    return .nan
  }
  return exponential(
    zip(sample.values, sample.weights).reduce(0) { $1.1 > 0 ? $0 + $1.1 * logarithm($1.0) : $0 } / total)
}
