import Randomness
import Statistics
import Testing

/// How often intervals hold the true value, on fixed streams: 400 made-up experiments each, 199 resamples.
///
/// The standard error of such a share is about 0.011 at 95 %, so the bands leave three of them on the low
/// side. A percentile interval at five seeds covers about 84 %, a nested resampling of a crossed design about
/// 50 %: both lie far outside.
@Suite struct CoverageTests {
  /// Effects of two units and a remainder; the true mean is 0.
  private static func rows(_ folds: Int, _ seeds: Int, _ replication: Int, seedEffect: Double, isNested: Bool)
    -> [(levels: [Int], value: Double)]
  {
    var stream = RandomStream(
      seed: 11, role: "test", purpose: "effects \(folds) \(seeds)", index: replication)
    let foldEffects = (0..<folds).map { _ in stream.normal() }
    let seedEffects = (0..<(isNested ? folds * seeds : seeds)).map { _ in seedEffect * stream.normal() }
    return (0..<folds).flatMap { fold in
      (0..<seeds).map { seed in
        let level = isNested ? fold * seeds + seed : seed
        return ([fold, level], foldEffects[fold] + seedEffects[level] + 0.5 * stream.normal())
      }
    }
  }

  private static func coverage(
    _ design: ResamplingDesign, regularity: StatisticalFunction.Regularity = .smooth,
    rows: (Int) -> [(levels: [Int], value: Double)]
  ) -> Double {
    let bootstrap = MultiwayBootstrap(design: design, draws: 199)
    let replications = 400
    var hits = 0
    for replication in 0..<replications {
      let found = bootstrap.distribution(
        of: SyntheticMean(rows(replication)), regularity: regularity, seed: UInt64(replication))
      let interval = found?.interval(0.95)
      if let interval, interval.lower <= 0, interval.upper >= 0 { hits += 1 }
    }
    return Double(hits) / Double(replications)
  }

  @Test(arguments: [5, 10]) func oneUnit(_ n: Int) {
    let design = ResamplingDesign(units: [.crossed("seed", n)])
    let covered = Self.coverage(design) { replication in
      Self.rows(n, 1, replication, seedEffect: 0, isNested: false).map { ([$0.levels[0]], $0.value) }
    }
    #expect(covered >= 0.915 && covered <= 0.995, "covers \(covered)")
  }

  @Test func percentilesOfFiveSeedsDoNotCover() {
    let design = ResamplingDesign(units: [.crossed("seed", 5)])
    let covered = Self.coverage(design, regularity: .stepwise) { replication in
      Self.rows(5, 1, replication, seedEffect: 0, isNested: false).map { ([$0.levels[0]], $0.value) }
    }
    #expect(covered < 0.9, "covers \(covered)")
  }

  @Test(arguments: [(5, 5), (5, 10), (10, 5), (10, 10)]) func crossed(_ folds: Int, _ seeds: Int) {
    let design = ResamplingDesign(units: [.crossed("fold", folds), .crossed("seed", seeds)])
    let covered = Self.coverage(design) {
      Self.rows(folds, seeds, $0, seedEffect: 1.5, isNested: false)
    }
    #expect(covered >= 0.915 && covered <= 0.995, "covers \(covered)")
  }

  @Test func nestedResamplingOfACrossedDesignDoesNotCover() {
    // The mistake: seeds that recur in every fold resampled within each fold, as if they were different ones.
    let nested = ResamplingDesign.Unit(
      name: "seed", levelCount: 50, pools: (0..<10).map { fold in (0..<5).map { fold * 5 + $0 } },
      isNested: true)
    let covered = Self.coverage(ResamplingDesign(units: [.crossed("fold", 10), nested])) { replication in
      Self.rows(10, 5, replication, seedEffect: 3, isNested: false).map { row in
        ([row.levels[0], row.levels[0] * 5 + row.levels[1]], row.value)
      }
    }
    #expect(covered < 0.8, "covers \(covered)")
  }

  @Test(arguments: [5, 10]) func nested(_ folds: Int) {
    let seeds = 3
    let unit = ResamplingDesign.Unit(
      name: "search", levelCount: folds * seeds,
      pools: (0..<folds).map { fold in (0..<seeds).map { fold * seeds + $0 } }, isNested: true)
    let covered = Self.coverage(ResamplingDesign(units: [.crossed("fold", folds), unit])) {
      Self.rows(folds, seeds, $0, seedEffect: 1, isNested: true)
    }
    #expect(covered >= 0.915 && covered <= 0.995, "covers \(covered)")
  }

  @Test(arguments: [(3, 3), (3, 10)]) func fewLevels(_ folds: Int, _ seeds: Int) {
    let design = ResamplingDesign(units: [.crossed("fold", folds), .crossed("seed", seeds)])
    let covered = Self.coverage(design) {
      Self.rows(folds, seeds, $0, seedEffect: 0.5, isNested: false)
    }
    #expect(covered >= 0.915 && covered <= 0.995, "covers \(covered)")
  }
}
