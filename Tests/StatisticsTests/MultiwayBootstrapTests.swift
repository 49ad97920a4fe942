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

  @Test func oneUnitStudentisedByItselfIsStudentised() throws {
    let (statistic, design) = Self.oneUnit([0.2, 0.5, 0.9, 0.4, 0.7, 0.1])
    let bootstrap = MultiwayBootstrap(design: design, draws: 60)
    let value = try #require(bootstrap.distribution(of: statistic, by: .student, seed: 3)).value
    let whole = bootstrap.studentisedReplicates(of: statistic, around: value, in: 0..<60, seed: 3)
    let parts = [0..<13, 13..<60].flatMap {
      bootstrap.replicatesByUnit(of: statistic, around: value, in: $0, seed: 3)
    }
    #expect(zip(whole, parts).allSatisfy { $0.isNaN && $1.isNaN || abs($0 - $1) < 1e-12 })
  }

  @Test func crossedUnitsOfVeryUnequalSizesAreStudentisedEachByItself() throws {
    // value = row effect + column effect, so that each unit's deviation is that of its own effects alone.
    let (a, b) = ([0.0, 1, 2, 4, 8], [0.0, 1, 3, 6, 9, 12, 2, 5, 7, 4, 10])
    let rows = a.indices.flatMap { i in b.indices.map { j in (levels: [i, j], value: a[i] + b[j]) } }
    let design = ResamplingDesign(units: [.crossed("fold", 5), .crossed("seed", 11)])
    let bootstrap = MultiwayBootstrap(design: design, draws: 40)
    let found = try #require(
      bootstrap.distribution(of: SyntheticMean(rows), regularity: .smooth, seed: 1))
    #expect(found.method == .studentisedByUnit)
    let even = MultiwayBootstrap(
      design: ResamplingDesign(units: [.crossed("fold", 5), .crossed("seed", 10)]), draws: 40)
    let other = even.distribution(
      of: SyntheticMean(rows.filter { $0.levels[1] < 10 }), regularity: .smooth, seed: 1)
    #expect(other?.method == .studentisedBootstrap)
    let deviations = bootstrap.replicatesByUnit(
      of: SyntheticMean(rows), around: found.value, in: 0..<40, seed: 1)
    var weights = design.ones
    func variance(_ values: [Double], _ weights: [Double]) -> (mean: Double, variance: Double) {
      let n = Double(values.count)
      let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / n
      let squares = zip(values, weights).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) }
      return (mean, squares / (n * (n - 1)))
    }
    let whole = [variance(a, design.ones[0]), variance(b, design.ones[1])]
    let total = whole[0].variance + whole[1].variance
    for draw in 0..<40 {
      var stream = RandomStream(seed: 1, role: "analysis", purpose: "resampling").indexed(draw)
      design.draw(&stream, into: &weights)
      let kept = (Double(draw) + 0.5) / 40 * total < whole[0].variance ? 0 : 1
      let drawn = [variance(a, weights[0]), variance(b, weights[1])]
      let expected = (0..<2).reduce(0) { sum, unit in
        let more = unit == kept ? 0 : 2 * whole[unit].variance / Double([4, 10][unit])
        let own = max(drawn[unit].variance, whole[unit].variance / 64)
        return sum + (whole[unit].variance / total).squareRoot() * (drawn[unit].mean - whole[unit].mean)
          / (own + more).squareRoot()
      }
      let isUndefined = deviations[draw].isNaN && drawn[kept].variance < 1e-20
      #expect(isUndefined || abs(deviations[draw] - expected) < 1e-9)
    }
  }

  /// Every third resample misses the one level far off and has almost no error.
  @Test(arguments: [8, 20]) func levelsAtACeilingLeaveAnIntervalOfTheSizeOfTheirSpread(_ count: Int) throws {
    let values = (0..<count).map { $0 == 0 ? 0 : 1 + 1e-6 * Double($0) }
    let rows = values.indices.flatMap { i in
      (0..<5).map { (levels: [i, $0], value: values[i] + 1e-7 * Double($0)) }
    }
    let design = ResamplingDesign(units: [.crossed("search", count), .crossed("seed", 5)])
    let found = try #require(
      MultiwayBootstrap(design: design, draws: 999).distribution(
        of: SyntheticMean(rows), regularity: .smooth, seed: 1))
    let interval = found.interval(0.95)
    let (error, value) = (found.standardError, found.value)
    #expect(interval.lower > value - 12 * error && interval.upper < value + 12 * error)
    #expect(interval.lower < value - error && interval.upper > value + error)
  }

  @Test func drawsKeepTheSizeOfEveryPool() {
    let design = ResamplingDesign(
      units: [.crossed("fold", 4), .stratified("item", [3, 70_000]), .nested("search", [3, 3, 3, 3])])
    var stream = RandomStream(seed: 3, role: "test", purpose: "resampling")
    var weights = design.ones
    for _ in 0..<50 {
      design.draw(&stream, into: &weights)
      #expect(weights[0].reduce(0, +) == 4)
      #expect(weights[1][..<3].reduce(0, +) == 3 && weights[1][3...].reduce(0, +) == 70_000)
      #expect(weights[2].allSatisfy { $0 == 1 }, "nested levels come with their parents")
    }
  }

  @Test func levelsAreDrawnUniformly() {
    for count in [2, 3, 10, 37] {
      let design = ResamplingDesign(units: [.crossed("level", count)])
      var stream = RandomStream(seed: 8, role: "test", purpose: "levels")
      var weights = design.ones
      var totals = [Double](repeating: 0, count: count)
      for _ in 0..<4_000 {
        design.draw(&stream, into: &weights)
        for level in weights[0].indices { totals[level] += weights[0][level] }
      }
      let chiSquare = totals.reduce(0) { $0 + ($1 - 4_000) * ($1 - 4_000) / 4_000 }
      let share = ChiSquareDistribution(degreesOfFreedom: Double(count - 1)).tails(chiSquare).upper
      #expect(share > 1e-3, "\(count) levels: χ² \(chiSquare)")
    }
  }

  @Test func divisionsGiveTheSameBits() {
    let (statistic, design) = Self.oneUnit([0.2, 0.5, 0.9, 0.4, 0.7, 0.1])
    let bootstrap = MultiwayBootstrap(design: design, draws: 40)
    let whole = bootstrap.replicates(of: statistic, in: 0..<40, seed: 3)
    let parts = [0..<7, 7..<40].flatMap { bootstrap.replicates(of: statistic, in: $0, seed: 3) }
    #expect(whole == parts)
    let errors = bootstrap.studentisedReplicates(of: statistic, around: 0.4, in: 0..<40, seed: 3)
    let errorParts = [0..<7, 7..<40].flatMap {
      bootstrap.studentisedReplicates(of: statistic, around: 0.4, in: $0, seed: 3)
    }
    #expect(errors.map(\.bitPattern) == errorParts.map(\.bitPattern))
  }

  @Test func statisticsOfRowsAgreeWithThePlainOne() {
    let design = ResamplingDesign(units: [.crossed("fold", 3), .crossed("seed", 4)])
    let values: [Double] = [0.25, 1.25, 4.25, 2.25, 2.25, 4.25, 1.25, 0.25, 1.25, 4.25, 2.25, 2.25]
    let levels: [[Int]] = [[0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2], [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3]]
    let plain = SyntheticMean(values.indices.map { ([levels[0][$0], levels[1][$0]], values[$0]) })
    let mean = ResampledMean(values, levels: levels, design: design)
    let ordered = ResampledRows(values, levels: levels) { Moments($0).mean }
    var stream = RandomStream(seed: 3, role: "test", purpose: "resampling")
    var weights = design.ones
    for _ in 0..<20 {
      design.draw(&stream, into: &weights)
      for statistic in [plain, mean, ordered] as [any ResampledStatistic] { statistic.load(weights) }
      #expect(abs(mean.value() - plain.value()) < 1e-12 && abs(ordered.value() - plain.value()) < 1e-12)
      for unit in 0..<2 {
        for level in weights[unit].indices where weights[unit][level] > 0 {
          let expected = plain.value(without: level, of: unit)
          guard expected.isFinite else { continue }
          #expect(abs(mean.value(without: level, of: unit) - expected) < 1e-12)
          #expect(abs(ordered.value(without: level, of: unit) - expected) < 1e-12)
        }
      }
    }
  }

  @Test func adjustedPercentilesMatchScipy() throws {
    let (statistic, design) = Self.oneUnit(TestVectors.skew)
    let found = try #require(
      MultiwayBootstrap(design: design, draws: 40_000).distribution(of: statistic, by: .bca, seed: 1))
    guard case .adjustedBootstrap(_, _, let acceleration) = found.method else {
      Issue.record("method \(found.method)")
      return
    }
    #expect(abs(acceleration - TestVectors.acceleration[0]) < 1e-12)
    let (lower, upper) = found.interval(0.95)
    #expect(abs(lower - TestVectors.bca[0]) < 0.01 && abs(upper - TestVectors.bca[1]) < 0.03)
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
    for method in MultiwayBootstrap.Method.allCases {
      let found = try #require(
        MultiwayBootstrap(design: design, draws: 9_999).distribution(of: statistic, by: method, seed: 2))
      let (lower, upper) = found.interval(0.95)
      #expect(lower < found.value && found.value < upper)
      #expect(found.pAbove(lower - 1e-9) <= 0.0251 && found.pAbove(lower + 1e-9) > 0.024, "\(method)")
      #expect(found.pBelow(upper + 1e-9) <= 0.0251 && found.pBelow(upper - 1e-9) > 0.024, "\(method)")
      #expect(found.pAbove(-1e9) < 0.025 && found.pBelow(-1e9) > 0.999, "\(method)")
      #expect(found.pAbove(-1e9) > 0, "\(method)")
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
