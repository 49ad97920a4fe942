import Randomness

/// Losses on a scale on which a model of the good ones is not spoilt by the bad ones.
///
/// With the best at 0 and the median of the first losses at 1, distances up to 1 are kept; above, they grow like the
/// logarithm: x becomes 1 + ln x. The first losses are those of an even design; a median of all would creep towards the
/// best as the search gathers there. Where it is no worse than the best, the worst stands in for it.
struct LossWarp {
  private let best: Double
  private let scale: Double

  private let designCount = 10

  /// - Parameter losses: finite ones in the order asked, at least one.
  init(_ losses: [Double]) {
    let first = losses.prefix(designCount).sorted()
    let median = first[first.count / 2]
    best = losses.min()!
    scale = (median > best ? median : losses.max()!) - best
  }

  func callAsFunction(_ loss: Double) -> Double {
    guard scale > 0 else { return 0 }
    let distance = min((loss - best) / scale, 1e300)
    return distance > 1 ? 1 + naturalLogarithm(distance) : distance.isNaN ? 0 : distance
  }
}
