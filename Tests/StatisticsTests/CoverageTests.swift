import Randomness
import Statistics
import Testing

/// How often intervals hold the true value, on fixed streams: 400 made-up experiments each, 199 resamples.
///
/// The standard error of such a share is about 0.011 at 95 %, so the bands leave three of them on the low
/// side. A percentile interval at five seeds covers about 84 %, a nested resampling of a crossed design about
/// 50 %: both lie far outside.
@Suite struct CoverageTests {
  private static func batch(
    _ layout: SimulatedExperiment.Layout, _ noise: SimulatedExperiment.Noise = .normal,
    _ method: MultiwayBootstrap.Method? = nil
  ) -> CoverageSimulation.Batch {
    CoverageSimulation(SimulatedExperiment(layout, noise), method: method, draws: 199).batch(
      0..<400, seed: 11)
  }

  static let layouts: [SimulatedExperiment.Layout] = [
    .independent(5), .independent(10), .paired(5), .paired(10), .crossed(folds: 5, seeds: 5),
    .crossed(folds: 5, seeds: 10), .crossed(folds: 10, seeds: 10), .crossed(folds: 3, seeds: 10),
    .nested(folds: 5, seeds: 3), .nested(folds: 10, seeds: 3),
  ]

  @Test(arguments: layouts) func theDefaultCovers(_ layout: SimulatedExperiment.Layout) {
    let found = Self.batch(layout)
    #expect(found.coverage >= 0.915 && found.coverage <= 0.995, "covers \(found.coverage)")
    // What the intervals miss is what the tests get wrong.
    #expect(abs(found.falselyAbove - found.above) <= 1 && abs(found.falselyBelow - found.below) <= 1)
  }

  @Test func skewedRunsAreCoveredToo() {
    #expect(Self.batch(.independent(10), .skewed).coverage >= 0.915)
    #expect(Self.batch(.independent(10), .exponential, .student).coverage < 0.93)
  }

  @Test func mediansAreCovered() {
    for noise in SimulatedExperiment.Noise.allCases {
      let experiment = SimulatedExperiment(.independent(10), noise)
      let found = CoverageSimulation(experiment, of: .median, method: nil, draws: 199).batch(
        0..<400, seed: 11)
      #expect(found.coverage >= 0.915, "\(noise) covers \(found.coverage)")
    }
    #expect(SimulatedExperiment(.paired(5), .skewed).truth(.median) == nil)
  }

  @Test func percentilesOfFiveSeedsDoNotCover() {
    #expect(Self.batch(.independent(5), .normal, .percentile).coverage < 0.9)
    #expect(Self.batch(.independent(5), .normal, .bca).coverage < 0.9)
  }

  @Test func batchesAddUp() {
    let simulation = CoverageSimulation(
      SimulatedExperiment(.nested(folds: 5, seeds: 2), .exponential), method: .basic, draws: 49)
    let parts = simulation.batch(0..<37, seed: 2) + simulation.batch(37..<100, seed: 2)
    let whole = simulation.batch(0..<100, seed: 2)
    #expect(abs(parts.width - whole.width) < 1e-9)
    #expect(parts.covered == whole.covered && parts.above == whole.above && parts.dataSets == 100)
    #expect(whole.interval.lower < whole.coverage && whole.coverage < whole.interval.upper)
    #expect(whole.covered + whole.above + whole.below == 100 && whole.meanWidth > 0)
  }

  @Test func familiesKeepTheirErrorRate() {
    let simulation = CoverageSimulation(SimulatedExperiment(.paired(10), .normal), method: .student, draws: 1)
    let errors = simulation.familyErrors(0..<500, size: 5, seed: 4)
    // 5 % of 500 and three standard errors of it.
    #expect(errors > 5 && errors <= 40, "\(errors) of 500")
  }

  @Test func familiesOfCrossedDesignsWithFewLevelsKeepIt() {
    let experiment = SimulatedExperiment(.crossed(folds: 26, seeds: 5), .normal)
    let (byUnit, student) = (
      CoverageSimulation(experiment, method: nil, draws: 299).familyErrors(0..<200, size: 5, seed: 4),
      CoverageSimulation(experiment, method: .student, draws: 299).familyErrors(0..<200, size: 5, seed: 4)
    )
    // 5 % of 200 and three standard errors of it; Satterthwaite's degrees of freedom lose more on the same data.
    #expect(byUnit <= 19 && student > byUnit, "\(byUnit) and \(student) of 200")
  }

  @Test func nestedResamplingOfACrossedDesignDoesNotCover() {
    // The mistake: seeds that recur in every fold treated as if they were different ones.
    let crossed = SimulatedExperiment(.crossed(folds: 30, seeds: 5), .normal)
    let design = ResamplingDesign(units: [
      .crossed("fold", 30), .nested("seed", [Int](repeating: 5, count: 30)),
    ])
    let bootstrap = MultiwayBootstrap(design: design, draws: 199)
    let hits = (0..<200).filter { replication in
      var stream = RandomStream(seed: 11, role: "test", purpose: "effects", index: replication)
      let (values, levels) = crossed.rows(&stream)
      let own = zip(levels[0], levels[1]).map { $0 * 5 + $1 }
      let statistic = ResampledMean(values, levels: [levels[0], own], design: design)
      let interval = bootstrap.distribution(of: statistic, regularity: .smooth, seed: UInt64(replication))?
        .interval(0.95)
      return interval.map { $0.lower <= 0 && $0.upper >= 0 } ?? false
    }
    #expect(hits.count < 140, "covers \(hits.count) of 200")
  }
}
