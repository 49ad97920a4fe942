/// What resampling says about a statistic: its standard error, intervals, and p-values against any bound.
package struct SamplingDistribution: Sendable {
  /// How intervals and p-values come about.
  package enum Method: Hashable, Sendable {
    /// Quantiles of (θ* − θ)/se*, each resample with its own standard error.
    case studentisedBootstrap
    /// The same where the deviation of each resample is put together from those of the units, each over its own
    /// standard error.
    case studentisedByUnit
    /// Quantiles of θ* itself, for statistics that move in steps. They say too little of few levels: no
    /// p-value is below the sign test's 2⁻ⁿ.
    case percentileBootstrap(levels: Int)
    /// Quantiles of θ* at the tail Φ(−√(n/(n−1))·t) instead of Φ(−z), which widens them for few levels by as much as
    /// Student's interval of a mean (Hesterberg 2015, "What teachers should know about the bootstrap", 5.3); n is
    /// the smallest number of levels of a unit. No p-value is below the sign test's.
    case expandedPercentileBootstrap(levels: Int, smallest: Int)
    /// Quantiles of θ* mirrored at θ, as if the error θ* − θ were that of θ.
    case basicBootstrap(levels: Int)
    /// Percentiles moved for the median's bias z₀ and for an error that grows with the value, a (BCa; Efron 1987,
    /// "Better bootstrap confidence intervals").
    case adjustedBootstrap(levels: Int, bias: Double, acceleration: Double)
    /// Student's t around the jackknife error: a unit of fewer than five levels gives no quantiles of its own, nor
    /// do resamples of which many have no value.
    case studentT(degreesOfFreedom: Int)
    /// Every level gives the same value: the sign test's 2⁻ⁿ stands in for an error that cannot be estimated.
    case constant(levels: Int)
  }

  package let method: Method
  package let value: Double
  /// The jackknife standard error; for percentiles the standard deviation of the resamples.
  package let standardError: Double
  /// Studentised deviations, or resampled values; ascending, undefined ones left out.
  let replicates: [Double]
  /// Resamples whose value or error is undefined; they count against every conclusion.
  let undefined: Int
  /// Degrees of freedom of the Student's t that a studentised interval is moved half-way to on a side where that is
  /// wider; nil for no such guard.
  var guardDegrees: Int?

  /// An interval that covers the true value with about that probability; its ends may be infinite.
  package func interval(_ level: Double) -> (lower: Double, upper: Double) {
    let tail = (1 - level) / 2
    switch method {
    case .constant: return (value, value)
    case .studentT(let degrees):
      let t = StudentDistribution(degreesOfFreedom: Double(degrees)).quantile(1 - tail)
      return (value - t * standardError, value + t * standardError)
    case .studentisedBootstrap, .studentisedByUnit:
      let (low, high) = tails(tail)
      guard let guardDegrees else { return (value - high * standardError, value - low * standardError) }
      let t = StudentDistribution(degreesOfFreedom: Double(guardDegrees)).quantile(1 - tail)
      let above = guardedEnd(from: high, to: t, tail: tail, guardedAbove)
      let below = -guardedEnd(from: -low, to: t, tail: tail) { guardedBelow(-$0) }
      return (value - above * standardError, value - below * standardError)
    case .percentileBootstrap: return tails(tail)
    case .expandedPercentileBootstrap(_, let smallest):
      let z = StudentDistribution(degreesOfFreedom: Double(smallest - 1)).quantile(tail)
      return tails(NormalDistribution.cumulative(z * expansion(smallest)))
    case .basicBootstrap:
      let (low, high) = tails(tail)
      return (2 * value - high, 2 * value - low)
    case .adjustedBootstrap(_, let bias, let acceleration):
      let z = NormalDistribution.quantile(tail)
      return (
        replicate(share: adjusted(z, bias, acceleration)), replicate(share: adjusted(-z, bias, acceleration))
      )
    }
  }

  /// One-sided p-value of the data against "the true value is at most `bound`": small where it lies above.
  ///
  /// Bootstrap p-values count the sample itself among the resamples, (1 + k)/(1 + B), and are never 0.
  package func pAbove(_ bound: Double) -> Double {
    switch method {
    case .constant(let levels): return value > bound ? signTest(levels) : 1
    case .studentT(let degrees):
      return StudentDistribution(degreesOfFreedom: Double(degrees)).cumulative(
        (bound - value) / standardError)
    case .studentisedBootstrap, .studentisedByUnit:
      let observed = (value - bound) / standardError
      return guardedAbove(observed)
    case .percentileBootstrap(let levels): return max(signTest(levels), share(firstIndex { $0 > bound }))
    case .expandedPercentileBootstrap(let levels, let smallest):
      return max(signTest(levels), unexpanded(share(firstIndex { $0 > bound }), smallest))
    case .basicBootstrap(let levels):
      return max(signTest(levels), share(replicates.count - firstIndex { $0 >= 2 * value - bound }))
    case .adjustedBootstrap(let levels, let bias, let acceleration):
      let passed = share(firstIndex { $0 > bound })
      return max(signTest(levels), unadjusted(passed, bias, acceleration))
    }
  }

  /// One-sided p-value of the data against "the true value is at least `bound`": small where it lies below.
  package func pBelow(_ bound: Double) -> Double {
    switch method {
    case .constant(let levels): return value < bound ? signTest(levels) : 1
    case .studentT(let degrees):
      return StudentDistribution(degreesOfFreedom: Double(degrees)).cumulative(
        (value - bound) / standardError)
    case .studentisedBootstrap, .studentisedByUnit:
      let observed = (value - bound) / standardError
      return guardedBelow(observed)
    case .percentileBootstrap(let levels):
      return max(signTest(levels), share(replicates.count - firstIndex { $0 >= bound }))
    case .expandedPercentileBootstrap(let levels, let smallest):
      let passed = share(replicates.count - firstIndex { $0 >= bound })
      return max(signTest(levels), unexpanded(passed, smallest))
    case .basicBootstrap(let levels):
      return max(signTest(levels), share(firstIndex { $0 > 2 * value - bound }))
    case .adjustedBootstrap(let levels, let bias, let acceleration):
      let passed = share(replicates.count - firstIndex { $0 >= bound })
      return max(signTest(levels), unadjusted(passed, -bias, -acceleration))
    }
  }

  /// √(n/(n−1)): resamples of n vary less than samples do.
  private func expansion(_ smallest: Int) -> Double { (Double(smallest) / Double(smallest - 1)).squareRoot() }

  /// The one-sided level at which an expanded interval would end where that share of resamples lies.
  private func unexpanded(_ share: Double, _ smallest: Int) -> Double {
    let z = NormalDistribution.quantile(share) / expansion(smallest)
    return StudentDistribution(degreesOfFreedom: Double(smallest - 1)).cumulative(z)
  }

  /// The share of resamples below which the end of an interval lies: Φ(z₀ + (z₀ + z)/(1 − a(z₀ + z))).
  private func adjusted(_ z: Double, _ bias: Double, _ acceleration: Double) -> Double {
    let moved = bias + z
    let slack = 1 - acceleration * moved
    // Beyond the pole the end of the scale is meant.
    guard slack > 0 else { return acceleration > 0 ? 1 : 0 }
    return NormalDistribution.cumulative(bias + moved / slack)
  }

  /// The one-sided level at which an interval would end where that share of resamples lies: the inverse of `adjusted`.
  private func unadjusted(_ share: Double, _ bias: Double, _ acceleration: Double) -> Double {
    let distance = NormalDistribution.quantile(share) - bias
    let slack = 1 + acceleration * distance
    guard slack > 0 else { return acceleration > 0 ? 0 : 1 }
    return NormalDistribution.cumulative(distance / slack - bias)
  }

  /// The replicate below which that share lies, undefined ones at both outer ends.
  private func replicate(share: Double) -> Double {
    let isLow = share < 0.5
    let (low, high) = tails(isLow ? share : 1 - share)
    return isLow ? low : high
  }

  /// The share of studentised deviations of at least t, moved half-way to Student's where that is larger.
  private func guardedAbove(_ t: Double) -> Double {
    halfway(share(replicates.count - firstIndex { $0 >= t })) { $0.tails(t).upper }
  }

  private func guardedBelow(_ t: Double) -> Double {
    halfway(share(firstIndex { $0 > t })) { $0.tails(t).lower }
  }

  private func halfway(_ share: Double, _ tail: (StudentDistribution) -> Double) -> Double {
    guard let guardDegrees else { return share }
    return max(share, (share + tail(StudentDistribution(degreesOfFreedom: Double(guardDegrees)))) / 2)
  }

  /// The least deviation whose guarded p-value is no larger than the tail: between the studentised quantile and
  /// Student's, or the former where that is the larger.
  private func guardedEnd(
    from quantile: Double, to student: Double, tail: Double, _ p: (Double) -> Double
  ) -> Double {
    guard quantile < student else { return quantile }
    var (low, high) = (quantile, student)
    for _ in 0..<60 {
      let middle = low + (high - low) / 2
      if p(middle) <= tail { high = middle } else { low = middle }
    }
    return high
  }

  private func share(_ extreme: Int) -> Double {
    Double(1 + extreme + undefined) / Double(1 + replicates.count + undefined)
  }

  /// P(all n levels on one side of the bound) where the bound is their median.
  private func signTest(_ levels: Int) -> Double {
    Double(sign: .plus, exponent: -min(levels, 1000), significand: 1)
  }

  /// The k-th smallest and k-th largest replicate, k = (B + 1)·tail, undefined ones at the outer end of both.
  private func tails(_ tail: Double) -> (Double, Double) {
    let total = replicates.count + undefined
    guard tail >= 0, tail <= 1 else { return (.nan, .nan) }
    let k = max(1, Int((Double(total + 1) * tail + 1e-9).rounded(.down)))
    let place = k - 1 - undefined
    guard place >= 0, place < replicates.count else { return (-.infinity, .infinity) }
    return (replicates[place], replicates[replicates.count - 1 - place])
  }

  /// The first place whose replicate meets a condition that holds from some replicate on.
  private func firstIndex(_ holds: (Double) -> Bool) -> Int {
    var low = 0
    var high = replicates.count
    while low < high {
      let middle = (low + high) / 2
      if holds(replicates[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
