import Randomness

/// The bootstrap over several units at once, crossed or nested.
///
/// Studentised, because the spread of few levels varies itself: at five seeds plain percentiles cover 84 %
/// instead of 95 % (Hall 1992, "The bootstrap and Edgeworth expansion", ch. 3).
package struct MultiwayBootstrap: Sendable {
  package let design: ResamplingDesign
  /// How many resamples.
  package let draws: Int

  package init(design: ResamplingDesign, draws: Int) {
    precondition(draws > 0, "at least one resample")
    self.design = design
    self.draws = draws
  }

  /// Levels below which a unit cannot give bootstrap quantiles of its own.
  package static let fewLevels = 5

  /// The share of resamples without an error of their own beyond which studentised quantiles mean nothing: just
  /// below the tail of a 95 % interval, which would end in them.
  static let tolerableShare = 0.02

  /// The distribution of a statistic, or nil where none can be had: no unit has two levels, the value or its
  /// error is undefined, it is an extreme of what is resampled, or it moves in steps and has fewer than five
  /// levels.
  package func distribution(
    of statistic: any ResampledStatistic, regularity: StatisticalFunction.Regularity, seed: UInt64
  ) -> SamplingDistribution? {
    let sizes = design.units.filter { !$0.isNested }.flatMap { $0.pools.map(\.count) }.filter { $0 > 1 }
    guard let largest = sizes.max(), let smallest = sizes.min() else { return nil }
    let ones = design.ones
    statistic.load(ones)
    let value = statistic.value()
    guard value.isFinite, regularity == .smooth || regularity == .stepwise else { return nil }
    if regularity == .stepwise {
      guard largest >= Self.fewLevels else { return nil }
      return percentile(of: statistic, value: value, levels: largest, seed: seed)
    }
    let jackknife = MultiwayJackknife(design: design)
    let error = jackknife.standardError(of: statistic, at: ones, value: value)
    guard error.isFinite else { return nil }
    let rounding = 1e-12 * max(abs(value), statistic.magnitude)
    if error <= rounding {
      return SamplingDistribution(
        method: .constant(levels: largest), value: value, standardError: 0, replicates: [], undefined: 0)
    }
    func student() -> SamplingDistribution {
      statistic.load(ones)
      let degrees = jackknife.degreesOfFreedom(of: statistic, at: ones, value: value)
      return SamplingDistribution(
        method: .studentT(degreesOfFreedom: degrees), value: value, standardError: error, replicates: [],
        undefined: 0)
    }
    if smallest < Self.fewLevels { return student() }
    var stream = RandomStream(seed: seed, role: "analysis", purpose: "resampling")
    var replicates: [Double] = []
    replicates.reserveCapacity(draws)
    for _ in 0..<draws {
      let weights = design.draw(&stream)
      statistic.load(weights)
      let drawn = statistic.value()
      guard drawn.isFinite else { continue }
      let drawnError = jackknife.standardError(of: statistic, at: weights, value: drawn)
      guard drawnError.isFinite, drawnError > rounding else { continue }
      replicates.append((drawn - value) / drawnError)
    }
    let undefined = draws - replicates.count
    // Where many resamples do not vary at all, as with few levels that share values, the outer quantiles are theirs.
    if Double(undefined) > Self.tolerableShare * Double(draws) { return student() }
    return SamplingDistribution(
      method: .studentisedBootstrap, value: value, standardError: error, replicates: replicates.sorted(),
      undefined: undefined)
  }

  private func percentile(
    of statistic: any ResampledStatistic, value: Double, levels: Int, seed: UInt64
  ) -> SamplingDistribution {
    var stream = RandomStream(seed: seed, role: "analysis", purpose: "resampling")
    var replicates: [Double] = []
    for _ in 0..<draws {
      statistic.load(design.draw(&stream))
      let drawn = statistic.value()
      if drawn.isFinite { replicates.append(drawn) }
    }
    let undefined = draws - replicates.count
    replicates.sort()
    if undefined == 0, replicates.first == value, replicates.last == value {
      return SamplingDistribution(
        method: .constant(levels: levels), value: value, standardError: 0, replicates: [], undefined: 0)
    }
    return SamplingDistribution(
      method: .percentileBootstrap(levels: levels), value: value,
      standardError: Moments(WeightedSample(replicates)).standardDeviation, replicates: replicates,
      undefined: undefined)
  }
}
