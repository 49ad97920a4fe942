import Randomness

/// The bootstrap over several units at once: crossed, nested or stratified, as the design says.
///
/// Each resample has a stream of its own, named by its number, so that any division among workers gives the same bits.
package struct MultiwayBootstrap: Sendable {
  /// How an interval is made of resamples.
  package enum Method: String, CaseIterable, Sendable {
    /// `studentised`, where `student` is wider half-way to it: quantiles of few levels vary much themselves. Each
    /// one-sided p-value is the larger of that of `studentised` and the mean of both; intervals are where it equals the
    /// tail. Alone `studentised` covers too little with five to thirty levels of exponential effects, the wider of the
    /// two too much with five levels (`studies/benchmarks/verdicts.md`).
    case guarded
    /// Quantiles of (θ* − θ)/se* (Hall 1992, "The bootstrap and Edgeworth expansion", ch. 3).
    case studentised
    /// Quantiles of what each unit's own studentised deviations add up to; see `replicatesByUnit`.
    case studentisedByUnit = "studentised-by-unit"
    /// Student's t around the jackknife error, with Satterthwaite's degrees of freedom; without resamples.
    case student
    /// Quantiles of θ*: short where levels are few (84 % instead of 95 % at five).
    case percentile
    /// Quantiles of θ* further out, as Student's t lies outside the normal distribution.
    case expandedPercentile = "expanded-percentile"
    /// Quantiles of θ* mirrored at θ.
    case basic
    /// Quantiles of θ* corrected for bias and acceleration (Efron 1987).
    case bca
  }

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

  /// The smallest error of a resample that counts, as a share of the sample's own.
  ///
  /// Where most levels are equal or nearly so and few lie far off, as returns at a ceiling, every third resample of eight
  /// levels misses those few and has hardly an error, if any: over that, its deviation is hundreds of errors, and so would
  /// be the interval. With normal to exponential effects errors below an eighth are rare
  /// (`studies/benchmarks/verdicts.md`).
  static let leastError = 0.125

  /// The share of undefined resamples beyond which studentised quantiles mean nothing: just below the tail of a 95 %
  /// interval, which would end in them.
  static let tolerableShare = 0.02

  /// The distribution of a statistic by the method that suits it, or nil where none can be had: no unit has two
  /// levels, the value or its error is undefined, it is an extreme of what is resampled, or it moves in steps and has
  /// fewer than five levels.
  ///
  /// Crossed units of which one has more than twice the levels of another are studentised each by itself. Resampled at
  /// once, a unit of five levels is rarely seen to vary as little as its five levels may have by chance, for the other
  /// unit still varies; nor do Satterthwaite's degrees of freedom know, which are largest where the variance of the few
  /// levels was underestimated. Either way 30 folds × 5 seeds lost 7 to 9 % of families of five true hypotheses instead
  /// of 5. Of about as many levels each, units studentised by themselves cover too much: 97 % at 5 × 5, where resampling
  /// at once holds 96 (`studies/benchmarks/verdicts.md`).
  package func distribution(
    of statistic: any ResampledStatistic, regularity: StatisticalFunction.Regularity, seed: UInt64
  ) -> SamplingDistribution? {
    guard let levels = levelCounts else { return nil }
    switch regularity {
    case .exact, .extreme: return nil
    case .stepwise:
      return levels.largest < Self.fewLevels
        ? nil : distribution(of: statistic, by: .expandedPercentile, seed: seed)
    case .smooth:
      if levels.smallest < Self.fewLevels { return distribution(of: statistic, by: .student, seed: seed) }
      return distribution(of: statistic, by: isUneven ? .studentisedByUnit : .guarded, seed: seed)
    }
  }

  /// The distribution of a statistic by a given method, or nil where there is none: no unit has two levels, or the
  /// value, or the error that the method needs, is undefined.
  ///
  /// Where every level gives the same value the method is `constant`; where too many resamples are undefined it
  /// is `studentT` instead of the studentised bootstrap.
  package func distribution(
    of statistic: any ResampledStatistic, by method: Method, seed: UInt64
  ) -> SamplingDistribution? {
    guard let levels = levelCounts else { return nil }
    statistic.load(design.ones)
    let value = statistic.value()
    guard value.isFinite else { return nil }
    switch method {
    case .student, .studentised, .studentisedByUnit, .guarded:
      return withErrors(statistic, value, levels.largest, method, seed)
    case .percentile, .expandedPercentile, .basic, .bca:
      let values = replicates(of: statistic, in: 0..<draws, seed: seed)
      return withoutErrors(statistic, value, levels, method, values.filter(\.isFinite).sorted())
    }
  }

  /// The values of some of the resamples, by number; NaN where undefined.
  package func replicates(of statistic: any ResampledStatistic, in range: Range<Int>, seed: UInt64)
    -> [Double]
  {
    resamples(of: statistic, in: range, seed: seed) { _ in statistic.value() }
  }

  /// The same, each less the value and over its own jackknife error, or over the least one that counts where that is
  /// larger; NaN where undefined.
  package func studentisedReplicates(
    of statistic: any ResampledStatistic, around value: Double, in range: Range<Int>, seed: UInt64
  ) -> [Double] {
    let jackknife = MultiwayJackknife(design: design)
    statistic.load(design.ones)
    let least = Self.leastError * jackknife.standardError(of: statistic, at: design.ones, value: value)
    return resamples(of: statistic, in: range, seed: seed) { weights in
      let drawn = statistic.value()
      guard drawn.isFinite else { return .nan }
      let error = jackknife.standardError(of: statistic, at: weights, value: drawn)
      return error.isFinite ? (drawn - value) / max(error, least) : .nan
    }
  }

  /// What `body` makes of each resample, its weights loaded.
  private func resamples(
    of statistic: any ResampledStatistic, in range: Range<Int>, seed: UInt64, _ body: ([[Double]]) -> Double
  ) -> [Double] {
    let varying = design.varyingUnits
    return draws(in: range, seed: seed) { _, weights in
      if varying.count == 1 { statistic.load(weights, varying: varying[0]) } else { statistic.load(weights) }
      return body(weights)
    }
  }

  /// What `body` makes of each resample's number and weights.
  func draws(in range: Range<Int>, seed: UInt64, _ body: (Int, [[Double]]) -> Double) -> [Double] {
    var weights = design.ones
    let streams = RandomStream(seed: seed, role: "analysis", purpose: "resampling")
    return range.map { draw in
      var stream = streams.indexed(draw)
      design.draw(&stream, into: &weights)
      return body(draw, weights)
    }
  }

  /// Errors below it are those of rounding.
  func rounding(_ statistic: any ResampledStatistic, _ value: Double) -> Double {
    1e-12 * max(abs(value), statistic.magnitude)
  }

  /// The smallest and largest number of levels that vary together, or nil where none do.
  private var levelCounts: (smallest: Int, largest: Int)? {
    let sizes = design.units.filter { !$0.isNested }.flatMap { $0.pools.map(\.count) }.filter { $0 > 1 }
    guard let smallest = sizes.min(), let largest = sizes.max() else { return nil }
    return (smallest, largest)
  }

  /// Whether one of several crossed units has more than twice the levels of another.
  private var isUneven: Bool {
    let sizes = design.varyingUnits.compactMap { design.units[$0].smallestPool }
    guard let smallest = sizes.min(), let largest = sizes.max() else { return false }
    return largest > 2 * smallest
  }

  private func withErrors(
    _ statistic: any ResampledStatistic, _ value: Double, _ levels: Int, _ method: Method, _ seed: UInt64
  ) -> SamplingDistribution? {
    let jackknife = MultiwayJackknife(design: design)
    let ones = design.ones
    let error = jackknife.standardError(of: statistic, at: ones, value: value)
    guard error.isFinite else { return nil }
    if error <= rounding(statistic, value) { return constant(value, levels) }
    let degrees = jackknife.degreesOfFreedom(of: statistic, at: ones, value: value)
    if method != .student {
      let isByUnit = method == .studentisedByUnit
      let deviations =
        isByUnit
        ? replicatesByUnit(of: statistic, around: value, in: 0..<draws, seed: seed)
        : studentisedReplicates(of: statistic, around: value, in: 0..<draws, seed: seed)
      let replicates = deviations.filter(\.isFinite).sorted()
      let undefined = draws - replicates.count
      // Where many resamples have no value, as a correlation with a constant, the outer quantiles are theirs.
      if Double(undefined) <= Self.tolerableShare * Double(draws) {
        return SamplingDistribution(
          method: isByUnit ? .studentisedByUnit : .studentisedBootstrap, value: value, standardError: error,
          replicates: replicates,
          undefined: undefined, guardDegrees: method == .guarded ? degrees : nil)
      }
    }
    return SamplingDistribution(
      method: .studentT(degreesOfFreedom: degrees), value: value, standardError: error, replicates: [],
      undefined: 0)
  }

  private func withoutErrors(
    _ statistic: any ResampledStatistic, _ value: Double, _ levels: (smallest: Int, largest: Int),
    _ method: Method,
    _ replicates: [Double]
  ) -> SamplingDistribution? {
    let undefined = draws - replicates.count
    if undefined == 0, replicates.first == value, replicates.last == value {
      return constant(value, levels.largest)
    }
    let kind: SamplingDistribution.Method
    switch method {
    case .basic: kind = .basicBootstrap(levels: levels.largest)
    case .bca:
      // Ties count half, so that a stepwise statistic has no bias for being equal to itself.
      let below = replicates.reduce(0) { $0 + ($1 < value ? 1 : $1 == value ? 0.5 : 0) }
      let total = Double(replicates.count)
      let bias = NormalDistribution.quantile(min(max(below, 0.5), total - 0.5) / total)
      statistic.load(design.ones)
      let acceleration = MultiwayJackknife(design: design).acceleration(of: statistic, at: design.ones)
      guard bias.isFinite, acceleration.isFinite else { return nil }
      kind = .adjustedBootstrap(levels: levels.largest, bias: bias, acceleration: acceleration)
    case .expandedPercentile:
      kind = .expandedPercentileBootstrap(levels: levels.largest, smallest: levels.smallest)
    case .percentile, .student, .studentised, .studentisedByUnit, .guarded:
      kind = .percentileBootstrap(levels: levels.largest)
    }
    return SamplingDistribution(
      method: kind, value: value, standardError: Moments(WeightedSample(replicates)).standardDeviation,
      replicates: replicates, undefined: undefined)
  }

  private func constant(_ value: Double, _ levels: Int) -> SamplingDistribution {
    SamplingDistribution(
      method: .constant(levels: levels), value: value, standardError: 0, replicates: [], undefined: 0)
  }
}
