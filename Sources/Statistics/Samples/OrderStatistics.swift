/// Quantile by linear interpolation between order statistics: position (n − 1)·q in the ascending sample
/// (Hyndman & Fan 1996, definition 7). NaN of nothing.
package func quantile(_ sample: WeightedSample, _ q: Double) -> Double {
  let total = sample.total
  guard total > 0 else { return .nan }
  let position = (total - 1) * q
  let below = position.rounded(.down)
  let low = sample.value(at: below)
  let fraction = position - below
  guard fraction > 0 else { return low }
  let high = sample.value(at: below + 1)
  return low == high ? low : low + fraction * (high - low)
}

/// Interquartile mean: the mean of the middle half of the sample, values at the edges counted in part.
///
/// The measure of Agarwal et al. 2021 ("Deep reinforcement learning at the edge of the statistical
/// precipice"). Deviation: their code cuts ⌊n/4⌋ values from each end, ours exactly n/4; equal where n is a
/// multiple of 4.
package func interquartileMean(_ sample: WeightedSample) -> Double {
  let total = sample.total
  guard total > 0 else { return .nan }
  let (from, to) = (total / 4, total * 3 / 4)
  guard let origin = sample.values.first else { return .nan }
  let sum = sample.values.withUnsafeBufferPointer { values in
    sample.weights.withUnsafeBufferPointer { weights in
      var i = 0
      var passed = 0.0
      while passed + weights[i] <= from {
        passed += weights[i]
        i += 1
      }
      var sum = 0.0
      while passed < to {
        let next = passed + weights[i]
        sum += (min(next, to) - max(passed, from)) * (values[i] - origin)
        passed = next
        i += 1
      }
      return sum
    }
  }
  return origin + sum / (to - from)
}

/// The smallest value that occurs; NaN of nothing.
package func minimum(_ sample: WeightedSample) -> Double {
  sample.weights.firstIndex { $0 > 0 }.map { sample.values[$0] } ?? .nan
}

/// The largest value that occurs; NaN of nothing.
package func maximum(_ sample: WeightedSample) -> Double {
  sample.weights.lastIndex { $0 > 0 }.map { sample.values[$0] } ?? .nan
}
