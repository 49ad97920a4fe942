import Randomness
import Statistics
import Testing

@Suite struct MultiwayBootstrapTests {
  private static func oneUnit(_ values: [Double]) -> (SyntheticMean, ResamplingDesign) {
    (
      SyntheticMean(values.enumerated().map { ([$0], $1) }),
      ResamplingDesign(units: [.crossed("seed", values.count)])
    )
  }

  @Test func standardErrorOfAMeanIsTheTextbooks() throws {
    let values = [0.2, 0.5, 0.9, 0.4, 0.7, 0.1]
    let (statistic, design) = Self.oneUnit(values)
    let found = try #require(
      MultiwayBootstrap(design: design, draws: 99).distribution(of: statistic, regularity: .smooth, seed: 1))
    let expected = Moments(WeightedSample(values)).standardDeviation / 6.0.squareRoot()
    #expect(abs(found.standardError - expected) < 1e-14)
    #expect(found.method == .studentisedBootstrap)
  }

  @Test func crossedUnitsAddTheirVariances() throws {
    // value = row effect + column effect: each unit's variance is that of its own effects.
    let (a, b) = ([0.0, 1, 2, 4, 8], [0.0, 10, 30, 60, 90, 120])
    let rows = a.indices.flatMap { i in b.indices.map { j in (levels: [i, j], value: a[i] + b[j]) } }
    let design = ResamplingDesign(units: [.crossed("fold", 5), .crossed("seed", 6)])
    let found = try #require(
      MultiwayBootstrap(design: design, draws: 99).distribution(
        of: SyntheticMean(rows), regularity: .smooth, seed: 1))
    func variance(_ values: [Double]) -> Double {
      let sd = Moments(WeightedSample(values)).standardDeviation
      return sd * sd / Double(values.count)
    }
    let expected = (variance(a) + variance(b)).squareRoot()
    #expect(abs(found.standardError - expected) < 1e-12 * expected)
  }

  @Test func drawsKeepTheSizeOfEveryPool() {
    let nested = ResamplingDesign.Unit(
      name: "search", levelCount: 6, pools: [[0, 1, 2], [3, 4, 5]], isNested: true)
    let design = ResamplingDesign(units: [.crossed("fold", 4), nested])
    var stream = RandomStream(seed: 3, role: "test", purpose: "resampling")
    var weights = design.ones
    for _ in 0..<50 {
      design.draw(&stream, into: &weights)
      #expect(weights[0].reduce(0, +) == 4)
      #expect(weights[1][0..<3].reduce(0, +) == 3 && weights[1][3..<6].reduce(0, +) == 3)
    }
  }

  @Test func sameSeedSameBits() throws {
    let (statistic, design) = Self.oneUnit([0.2, 0.5, 0.9, 0.4, 0.7, 0.1])
    let bootstrap = MultiwayBootstrap(design: design, draws: 199)
    func interval(_ seed: UInt64) throws -> (Double, Double) {
      try #require(bootstrap.distribution(of: statistic, regularity: .smooth, seed: seed)).interval(0.95)
    }
    #expect(try interval(4) == interval(4))
    #expect(try interval(4) != interval(5))
  }

  @Test func pValuesAndIntervalsAgree() throws {
    let (statistic, design) = Self.oneUnit([0.2, 0.5, 0.9, 0.4, 0.7, 0.1, 0.35, 0.6])
    for regularity in [StatisticalFunction.Regularity.smooth, .stepwise] {
      let found = try #require(
        MultiwayBootstrap(design: design, draws: 1_999).distribution(
          of: statistic, regularity: regularity, seed: 2))
      let (lower, upper) = found.interval(0.95)
      #expect(lower < found.value && found.value < upper)
      #expect(found.pAbove(lower - 1e-9) <= 0.025 && found.pAbove(lower + 1e-9) > 0.025 - 1e-3)
      #expect(found.pBelow(upper + 1e-9) <= 0.025 && found.pBelow(upper - 1e-9) > 0.025 - 1e-3)
      #expect(found.pAbove(-1e9) >= 1.0 / 2_000 && found.pBelow(-1e9) == 1)
    }
  }

  @Test func fewLevelsTakeStudentsT() throws {
    let (statistic, design) = Self.oneUnit([0.5, 0.6, 0.8])
    let found = try #require(
      MultiwayBootstrap(design: design, draws: 99).distribution(of: statistic, regularity: .smooth, seed: 1))
    #expect(found.method == .studentT(degreesOfFreedom: 2))
    let half = StudentDistribution(degreesOfFreedom: 2).quantile(0.975) * found.standardError
    #expect(abs(found.interval(0.95).upper - (found.value + half)) < 1e-12)
    #expect(abs(found.pAbove(found.value - half) - 0.025) < 1e-9)
  }

  @Test func constantsNeedSixLevels() throws {
    func distribution(_ count: Int) throws -> SamplingDistribution {
      let (statistic, design) = Self.oneUnit([Double](repeating: 0.9, count: count))
      return try #require(
        MultiwayBootstrap(design: design, draws: 99).distribution(of: statistic, regularity: .smooth, seed: 1)
      )
    }
    let five = try distribution(5)
    #expect(five.method == .constant(levels: 5))
    #expect(five.interval(0.95) == (0.9, 0.9))
    #expect(five.pAbove(0.5) == 1.0 / 32 && five.pBelow(0.5) == 1 && five.pAbove(0.9) == 1)
    #expect(try distribution(6).pAbove(0.5) <= 0.025)
  }

  @Test func nothingIsSaidWithoutTwoLevels() {
    let (statistic, design) = Self.oneUnit([0.4])
    let bootstrap = MultiwayBootstrap(design: design, draws: 99)
    #expect(bootstrap.distribution(of: statistic, regularity: .smooth, seed: 1)?.value == nil)
    let (many, wide) = Self.oneUnit([0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
    let extreme = MultiwayBootstrap(design: wide, draws: 99)
    #expect(extreme.distribution(of: many, regularity: .extreme, seed: 1)?.value == nil)
  }

  @Test func fewLevelsOfAStepwiseValueAreNeverSignificant() throws {
    let (statistic, design) = Self.oneUnit([0.8, 0.81, 0.82, 0.83, 0.84])
    let found = try #require(
      MultiwayBootstrap(design: design, draws: 999).distribution(
        of: statistic, regularity: .stepwise, seed: 1))
    #expect(found.pAbove(0) == 1.0 / 32)
  }
}
