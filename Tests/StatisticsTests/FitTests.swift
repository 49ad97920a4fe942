import Statistics
import Testing

@Suite struct FitTests {
  typealias V = TestVectors

  @Test func scalingLawsMatchScipy() throws {
    let saturating = try #require(ScalingFit.saturating(V.sizes, V.losses))
    let found = [
      saturating.asymptote, saturating.factor, saturating.exponent, saturating.asymptoteError,
      saturating.factorError,
      saturating.exponentError, saturating.residualSquares,
    ]
    // SciPy's search ends at about 1e-8.
    #expect(close(found, V.saturating, 1e-7))
    let law = try #require(ScalingFit.powerLaw(V.sizes, V.losses))
    let power = [law.factor, law.exponent, law.factorError, law.exponentError, law.residualSquares]
    #expect(close(power, V.powerLaw, 1e-7))
    #expect(saturating.correctedAkaike < law.correctedAkaike)
    let test = ModelComparison.nestedTest(
      simple: (law.residualSquares, 2), full: (saturating.residualSquares, 3), points: 8)
    #expect(test.pValue < 1e-5)
    let interval = saturating.exponentInterval(0.95)
    #expect(interval.lower < 0.55 && 0.55 < interval.upper)
    #expect(saturating.asymptoteInterval(0.95).lower < saturating.asymptote)
    #expect(ModelComparison.weightOfFirst(1, 1) == 0.5)
  }

  @Test func exactLawsAreFound() throws {
    let x: [Double] = [1, 2, 4, 8, 16, 32]
    let fit = try #require(ScalingFit.powerLaw(x, x.map { 3 * $0 * $0.squareRoot() }))
    #expect(close([fit.factor, fit.exponent], [3, -1.5], 1e-10))
    #expect(close(fit.value(at: 64), 1536, 1e-9))
    #expect(ScalingFit.saturating(x, x) == nil, "a line shows no levelling off")
    #expect(
      ScalingFit.powerLaw([1, 2], [1, 2]) == nil && ScalingFit.powerLaw([0, 1, 2], [1, 2, 3]) == nil)
    #expect(ScalingFit.saturating([1, 1, 1, 1], [1, 2, 3, 4]) == nil)
    #expect(ScalingFit.powerLaw(x, x.map { _ in .nan }) == nil)
    #expect(ModelComparison.correctedAkaike(residualSquares: 1, points: 4, parameters: 2) == .infinity)
    #expect(ModelComparison.nestedTest(simple: (1, 2), full: (0, 3), points: 9).obstacle == "no variation")
  }

  @Test func brokenLines() throws {
    let fit = try #require(SegmentedFit(V.steps, V.bent))
    let found = [fit.breakpoint, fit.intercept, fit.slope, fit.change, fit.changeError, fit.residualSquares]
    #expect(close(found, V.segmented, 1e-6))
    let interval = fit.breakpointInterval(0.95)
    #expect(interval.lower < 6.4 && 6.4 < interval.upper && interval.upper - interval.lower < 2)
    let change = fit.changeInterval(0.95)
    #expect(change.lower < -0.8 && -0.8 < change.upper)
    #expect(fit.changeTest(seed: 1).pValue == 0.001)
    let noise = [0.3, -0.2, 0.1, 0.4, -0.3, 0, 0.2, -0.4, 0.1, -0.1, 0.3, -0.2]
    let straight = try #require(SegmentedFit(V.steps, zip(V.steps, noise).map { 0.5 * $0 + $1 }))
    #expect(straight.changeTest(seed: 1).pValue > 0.05)
    #expect(
      SegmentedFit([1, 2, 3, 4], [1, 2, 3, 4]) == nil
        && SegmentedFit([1, 1, 2, 2, 3], [1, 2, 3, 4, 5]) == nil)
  }

  @Test func isotonic() throws {
    let places: [Double] = [1, 2, 3, 3, 5, 6, 7, 8]
    let values: [Double] = [1, 3, 2, 2.5, 4, 3.5, 3.4, 6]
    #expect(close(try #require(isotonicFit(places, values)), V.isotonic))
    let falling = try #require(isotonicFit(places, values.map { -$0 }, isIncreasing: false))
    #expect(close(falling.map { -$0 }, V.isotonic))
    #expect(isotonicFit([3, 1, 2], [3, 1, 2]) == [3, 1, 2])
    #expect(isotonicFit([1, 2], [2, 1], weights: [3, 1]) == [1.75, 1.75])
    #expect(
      isotonicFit([], []) == [] && isotonicFit([1], [.nan]) == nil
        && isotonicFit([1], [1], weights: [0]) == nil)
  }
}

@Suite struct SurvivalTests {
  typealias V = TestVectors
  static let first = CensoredSample(
    [3, 5, 5, 8, 10, 12, 15, 20], isEvent: [true, true, false, true, false, true, true, false])!
  static let second = CensoredSample(
    [2, 3, 6, 6, 7, 9, 11, 14, 14], isEvent: [true, true, true, true, false, true, true, true, false])!
  static let third = CensoredSample([1, 4, 4, 16, 18], isEvent: [true, true, true, false, true])!

  @Test func curvesMatchStatsmodels() {
    let curve = SurvivalCurve(Self.first)
    #expect(close(curve.times + curve.survival + curve.variance.map { $0.squareRoot() }, V.survival))
    #expect(curve.median == 12)
    // Areas between the steps at 3, 5, 8 and 12 up to 14.
    let area = 3 + 2 * 0.875 + 3 * 0.75 + 4 * 0.6 + 2 * 0.4
    #expect(close(curve.restrictedMean(until: 14).mean, area))
    // Without censoring it is the mean of min(t, τ) with the variance of that mean by n.
    let complete = CensoredSample([1, 2, 4, 9], isEvent: [true, true, true, true])!
    let found = SurvivalCurve(complete).restrictedMean(until: 6)
    #expect(close(found.mean, 13.0 / 4) && close(found.variance, (1 + 4 + 16 + 36 - 169.0 / 4) / 16))
  }

  @Test func logRanksMatchStatsmodels() {
    let two = logRankTest([Self.first, Self.second])
    #expect(close([two.statistic * two.statistic, two.pValue], V.logRank))
    #expect(two.pAbove! < two.pBelow!, "the first group's times are longer")
    let three = logRankTest([Self.first, Self.second, Self.third])
    #expect(close([three.statistic, three.pValue], V.logRankThree))
  }

  @Test func restrictedMeansDiffer() {
    let test = RestrictedMeanTest(Self.first, Self.second, until: 14)
    let interval = test.interval(0.95)
    #expect(test.difference > 0 && interval.lower < test.difference && test.difference < interval.upper)
    #expect(close(test.result.statistic, test.difference / test.standardError))
  }

  @Test func degenerate() {
    #expect(CensoredSample([], isEvent: []) == nil && CensoredSample([.infinity], isEvent: [true]) == nil)
    #expect(CensoredSample([-1], isEvent: [true]) == nil && CensoredSample([1], isEvent: []) == nil)
    let none = CensoredSample([1, 2], isEvent: [false, false])!
    #expect(SurvivalCurve(none).median == .infinity)
    #expect(SurvivalCurve(none).restrictedMean(until: 5) == (5, 0))
    #expect(logRankTest([none, none]).obstacle == "no variation" && logRankTest([none]).obstacle != nil)
    #expect(RestrictedMeanTest(none, none, until: 5).result.obstacle == "no variation")
  }
}

@Suite struct PowerTests {
  @Test func matchesStatsmodels() {
    let found = [
      TTestPower(.oneSample, effect: 0.5).power(20),
      TTestPower(.oneSample, effect: 0.8, isTwoSided: false).power(5),
      TTestPower(.twoSamples, effect: 1.2).power(10),
      TTestPower(.twoSamples, effect: 0.3, significance: 0.01).power(100),
    ]
    #expect(close(found, TestVectors.power, 1e-9))
    #expect(TTestPower(.oneSample, effect: 0.5).sampleSize(power: 0.8) == Int(TestVectors.samples[0]))
    #expect(TTestPower(.twoSamples, effect: 0.5).sampleSize(power: 0.9) == Int(TestVectors.samples[1]))
    #expect(TTestPower(.oneSample, effect: 0).sampleSize(power: 0.5) == nil)
    #expect(TTestPower(.oneSample, effect: 1).power(1).isNaN)
    #expect(close(TTestPower(.oneSample, effect: 0).power(7), 0.05, 1e-10))
    let limit = NoncentralStudentDistribution(degreesOfFreedom: .infinity, noncentrality: 1).tails(2)
    #expect(limit == NormalDistribution.tails(1))
  }
}
