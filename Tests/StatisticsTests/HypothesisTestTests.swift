import Statistics
import Testing

/// Statistic and p-values above, below and two-sided, as the vectors list them.
private func numbers(_ result: TestResult) -> [Double] {
  [result.statistic, result.pAbove ?? .nan, result.pBelow ?? .nan, result.pValue]
}

@Suite struct StudentTestTests {
  typealias V = TestVectors

  @Test func matchScipy() {
    let one = StudentTest.oneSample(V.x)
    #expect(close(numbers(one.result(against: 0.78)), V.oneSample))
    let interval = one.interval(0.95)
    #expect(close([interval.lower, interval.upper], V.oneSampleInterval))
    #expect(close(numbers(StudentTest.pooled(V.x, V.y).result()), V.pooled))
    let welch = StudentTest.welch(V.x, V.y)
    #expect(close(numbers(welch.result()), V.welch) && close(welch.degreesOfFreedom, V.welchDegrees[0]))
    #expect(close(numbers(StudentTest.paired(V.x, V.z).result()), V.paired))
    let corrected = StudentTest.correctedResampled(zip(V.x, V.z).map { $0 - $1 }, testShare: 1.0 / 9).result()
    #expect(close([corrected.statistic, corrected.pValue], V.corrected))
  }

  @Test func degenerateSamplesSayWhy() {
    #expect(StudentTest.oneSample([]).obstacle == "fewer than 2 values")
    #expect(StudentTest.oneSample([1]).result().pValue.isNaN)
    #expect(StudentTest.oneSample([0.1, 0.1, 0.1]).obstacle == "no variation")
    #expect(StudentTest.oneSample([1, .nan]).obstacle == "an undefined value")
    #expect(StudentTest.welch([1, 2], [.infinity, 1]).obstacle == "an infinite value")
    #expect(StudentTest.pooled([1], [2]).obstacle == "fewer than 2 values")
    #expect(StudentTest.paired([1, 2], [1]).obstacle == "samples of different sizes")
    let huge = StudentTest.welch([1e200, -1e200], [2e200, 0])
    #expect(huge.obstacle == "values beyond the range of numbers" && huge.result().pValue.isNaN)
    #expect(StudentTest.welch([1, 1], [1, 1]).interval(0.95).lower.isNaN)
  }

  @Test func equivalenceIsTheLargerOfTwoTests() {
    let test = StudentTest.paired(TestVectors.x, TestVectors.z)
    let found = Equivalence(test, margin: 0.1)
    #expect(found.pEquivalent == max(found.pAboveLower, found.pBelowUpper))
    #expect(close(found.pNonInferior, test.result(against: -0.1).pAbove!))
    // A 90 % interval within the margins is a passed test at 5 %.
    let interval = test.interval(0.9)
    let margin = max(-interval.lower, interval.upper)
    #expect(close(Equivalence(test, margin: margin).pEquivalent, 0.05, 1e-10))
    #expect(Equivalence(StudentTest.oneSample([1]), margin: 1).pEquivalent.isNaN)
  }
}

@Suite struct AnovaTests {
  typealias V = TestVectors

  @Test func matchStatsmodels() throws {
    let one = try #require(oneWayAnova([V.x, V.y, Array(V.z[..<7])]))
    #expect(close([one.fRatio, one.pValue, one.etaSquared, one.omegaSquared], V.anova))
    #expect(close(one.etaSquared, one.partialEtaSquared))
    let cells = (0..<2).map { i in
      (0..<3).map { j in Array(V.cells[((i * 3 + j) * 4)..<((i * 3 + j) * 4 + 4)]) }
    }
    let two = try #require(TwoWayAnova(cells))
    let effects = [two.rows, two.columns, try #require(two.interaction)]
    #expect(close(effects.flatMap { [$0.sumOfSquares, $0.fRatio, $0.pValue] }, V.twoWay, 1e-10))
    let single = try #require(TwoWayAnova(cells.map { $0.map { [$0[0]] } }))
    #expect(single.interaction == nil)
    #expect(
      close(
        [single.rows, single.columns].flatMap { [$0.sumOfSquares, $0.fRatio, $0.pValue] }, V.twoWaySingle,
        1e-10))
  }

  @Test func omegaSquaredOfPairsIsThatOfTheGroups() {
    let groups = [V.x, V.y, Array(V.z[..<7])]
    func sample(weight: Double = 1, shift: Double = 0) -> PairedSample {
      let rows = groups.enumerated().flatMap { group, values in values.map { (Double(-group), $0 + shift) } }
      return PairedSample(rows.map(\.0), rows.map(\.1), weights: rows.map { _ in weight })
    }
    #expect(close(omegaSquared(sample()), V.anova[3]))
    #expect(close(omegaSquared(sample(shift: 1e6)), V.anova[3], 1e-6))
    // Everything twice: the share of the same groups, sure of more.
    #expect(omegaSquared(sample(weight: 2)) > V.anova[3])
  }

  @Test func omegaSquaredOfLittle() {
    #expect(omegaSquared(PairedSample([1, 1, 2, 2], [3, 3, 5, 5])) == 1)
    #expect(omegaSquared(PairedSample([1, 1, 2, 2], [0, 2, 0, 2])) == -1.0 / 3)
    let without: [([Double], [Double])] = [
      ([], []), ([1, 1], [1, 2]), ([1, 2], [1, 2]), ([1, 1, 2, 2], [0.1, 0.1, 0.1, 0.1]),
    ]
    for (x, y) in without {
      #expect(omegaSquared(PairedSample(x, y)).isNaN)
    }
    #expect(omegaSquared(PairedSample([1, 1, 2, 2], [0, 1, 2, .infinity])).isNaN)
  }

  @Test func degenerate() throws {
    #expect(
      oneWayAnova([[1, 2]]) == nil && oneWayAnova([[1], [2]]) == nil && oneWayAnova([[1, .nan], [2]]) == nil)
    #expect(TwoWayAnova([[[1], [2]], [[1], [2, 3]]]) == nil && TwoWayAnova([]) == nil)
    let constant = try #require(oneWayAnova([[0.1, 0.1], [0.1, 0.1]]))
    #expect(constant.fRatio.isNaN && constant.pValue.isNaN)
    let apart = try #require(oneWayAnova([[1, 1], [2, 2]]))
    #expect(apart.fRatio == .infinity && apart.pValue == 0)
  }
}

@Suite struct RankTestTests {
  typealias V = TestVectors

  @Test func wilcoxon() {
    let exact = wilcoxonSignedRankTest(zip(V.x, V.z).map { $0 - $1 })
    #expect(exact.isExact && close(Array(numbers(exact)[1...]), V.wilcoxon))
    let tied = wilcoxonSignedRankTest(V.tied)
    #expect(close(Array(numbers(tied)[..<3]), V.wilcoxonTied))
    let long = wilcoxonSignedRankTest(V.long)
    #expect(!long.isExact && close(Array(numbers(long)[1...]), V.wilcoxonLong))
  }

  @Test func mannWhitney() {
    #expect(close(numbers(mannWhitneyTest(V.x, V.apart)), V.mannWhitney))
    #expect(close(Array(numbers(mannWhitneyTest(V.rankedA, V.rankedB))[..<3]), V.mannWhitneyTied))
    #expect(close(numbers(mannWhitneyTest(V.long, V.tied)), V.mannWhitneyLong))
  }

  @Test func severalGroups() throws {
    let kruskal = kruskalWallisTest([V.tied, V.rankedA, V.rankedB])
    #expect(close([kruskal.statistic, kruskal.pValue], V.kruskal))
    let friedman = try #require(FriedmanTest((0..<9).map { Array(V.scores[($0 * 4)..<($0 * 4 + 4)]) }))
    #expect(close(friedman.meanRanks, V.meanRanks))
    let found = [friedman.result, friedman.imanDavenport].flatMap { [$0.statistic, $0.pValue] }
    #expect(close(found, V.friedman))
    // The reference is the less precise one.
    #expect(close([friedman.criticalDifference()] + friedman.nemenyiPValues()[0][1...], V.nemenyi, 1e-8))
    #expect(close(Array(friedman.holmPValues(control: 0)[1...]), V.holmRanks))
  }

  @Test func trend() {
    let exact = jonckheereTerpstraTest([[1, 4], [3, 6, 2], [5, 8, 7]])
    #expect(exact.isExact && close(Array(numbers(exact)[..<3]), V.trend))
    let permuted = jonckheereTerpstraTest([[1, 3], [3, 3, 2], [3, 8, 5]])
    #expect(!permuted.isExact && permuted.statistic == V.trendTied[0])
    // Four standard errors of 9,999 random permutations.
    #expect(close(Array(numbers(permuted)[1..<3]), Array(V.trendTied[1...]), 0.015))
    // The limit agrees with the exact distribution where both are at hand.
    let values = (0..<61).map { Double($0 * 37 % 61) }
    let groups = [Array(values[..<20]), Array(values[20..<40]), Array(values[40..<60])]
    let counted = jonckheereTerpstraTest(groups)
    let normal = jonckheereTerpstraTest([groups[0], groups[1], groups[2] + [values[60]]])
    #expect(counted.isExact && !normal.isExact && abs(normal.pAbove! - counted.pAbove!) < 0.05)
  }

  @Test func degenerate() {
    #expect(wilcoxonSignedRankTest([0, 0]).obstacle == "no variation")
    #expect(wilcoxonSignedRankTest([.infinity, 1]).pAbove == 0.25)
    #expect(mannWhitneyTest([], [1]).obstacle == "a sample without values")
    #expect(mannWhitneyTest([1, 1], [1, 1]).pValue == 1)
    #expect(mannWhitneyTest([.infinity], [1, 2]).statistic == 2)
    #expect(kruskalWallisTest([[1], [1]]).obstacle == "no variation")
    #expect(kruskalWallisTest([[1, .nan], [1]]).obstacle == "an undefined value")
    #expect(FriedmanTest([[1, 2]]) == nil && FriedmanTest([[1, 2], [1, .nan]]) == nil)
    #expect(FriedmanTest([[1, 1], [2, 2]])?.result.obstacle == "no variation")
    #expect(FriedmanTest([[1, 2], [1, 2]])?.imanDavenport.statistic == .infinity)
    #expect(jonckheereTerpstraTest([[1, 2]]).obstacle == "fewer than 2 groups")
    #expect(jonckheereTerpstraTest([[1], [1]]).obstacle == "no variation")
  }
}

@Suite struct ProportionTests {
  typealias V = TestVectors

  @Test func binomial() {
    for (k, n, p, reference) in [
      (7, 20, 0.5, V.binomial7of20), (15, 20, 0.5, V.binomial15of20), (3, 40, 0.2, V.binomial3of40),
      (10, 10, 0.5, V.binomial10of10), (0, 5, 0.3, V.binomial0of5), (620, 1000, 0.6, V.binomial620of1000),
    ] {
      let found = binomialTest(successes: k, trials: n, probability: p)
      #expect(close(Array(numbers(found)[1...]), reference), "\(k) of \(n): \(found)")
    }
    #expect(binomialTest(successes: 1, trials: 0).obstacle == "no trials")
    #expect(binomialTest(successes: 3, trials: 9, probability: 0).pAbove == 0)
    #expect(binomialTest(successes: 9, trials: 9, probability: 1).pValue == 1)
  }

  @Test func signs() {
    #expect(close(signTest([1, 2, 0, 3, .infinity]).pAbove!, 1.0 / 16))
    #expect(signTest([0]).obstacle == "no variation" && signTest([]).obstacle != nil)
    #expect(close(mcNemarTest(onlyFirst: 7, onlySecond: 13).pValue, V.binomial7of20[2]))
    #expect(mcNemarTest(onlyFirst: 0, onlySecond: 0).obstacle == "no pair that disagrees")
  }

  @Test func intervals() {
    for (k, n, reference) in [
      (0, 10, V.intervals0of10), (7, 20, V.intervals7of20), (40, 40, V.intervals40of40),
      (940, 1000, V.intervals940of1000),
    ] {
      let wilson = wilsonInterval(successes: k, trials: n)
      let exact = clopperPearsonInterval(successes: k, trials: n)
      #expect(close([wilson.lower, wilson.upper, exact.lower, exact.upper], reference))
    }
    let difference = newcombeInterval(successes: (56, 48), trials: (70, 80))
    #expect(close([difference.lower, difference.upper], V.newcombe))
    let test = twoProportionTest(successes: (56, 48), trials: (70, 80))
    #expect(close([test.statistic, test.pValue], V.twoProportions))
    #expect(wilsonInterval(successes: 0, trials: 0).lower.isNaN)
    #expect(newcombeInterval(successes: (0, 0), trials: (0, 5)).lower.isNaN)
    #expect(twoProportionTest(successes: (0, 0), trials: (3, 5)).obstacle == "no variation")
  }

  @Test func families() {
    #expect(close(hochbergAdjusted(V.family), V.hochberg))
    #expect(close(benjaminiHochbergAdjusted(V.family), V.benjaminiHochberg))
    #expect(hochbergAdjusted([]) == [] && benjaminiHochbergAdjusted([0.01, .nan])[1] == 1)
    #expect(holmAdjusted([.nan, 0.01]) == [1, 0.02])
  }
}
