import Statistics
import Testing

@Suite struct CorrelationTestTests {
  typealias V = TestVectors

  private func numbers(_ test: CorrelationTest) -> [Double] {
    [test.value, test.result.pAbove ?? .nan, test.result.pBelow ?? .nan, test.result.pValue]
  }

  @Test func matchScipy() {
    let pearson = CorrelationTest(.pearson, V.x, V.z)
    #expect(close(numbers(pearson), V.pearsonTest))
    let interval = pearson.interval(0.95)
    #expect(close([interval.lower, interval.upper], V.pearsonInterval))
    #expect(close(numbers(CorrelationTest(.spearman, V.x, V.z)), V.spearmanTest))
    #expect(close(numbers(CorrelationTest(.kendall, V.x, V.z)), V.kendallTest))
    let columns = (0..<5).flatMap { [V.scores[$0 * 4], V.scores[$0 * 4 + 1]] }
    #expect(close(numbers(CorrelationTest(.kendall, V.tied, columns)), V.kendallTied))
  }

  @Test func intervalsHoldTheValue() {
    for kind in [CorrelationTest.Kind.pearson, .spearman, .kendall] {
      let test = CorrelationTest(kind, V.x, V.z)
      let (narrow, wide) = (test.interval(0.8), test.interval(0.99))
      #expect(wide.lower < narrow.lower && narrow.lower < test.value)
      #expect(test.value < narrow.upper && narrow.upper < wide.upper)
    }
  }

  @Test func degenerate() {
    #expect(CorrelationTest(.pearson, [1, 2], [1, 2]).result.obstacle == "fewer than 3 values")
    #expect(CorrelationTest(.kendall, [1, 1, 1], [1, 2, 3]).result.obstacle == "no variation")
    #expect(CorrelationTest(.pearson, [1, 2, .infinity], [1, 2, 3]).result.obstacle == "an infinite value")
    #expect(CorrelationTest(.spearman, [1, 2, .infinity], [1, 2, 3]).value == 1)
    #expect(CorrelationTest(.pearson, [1, 2, 3], [1, 2, 3]).result.pAbove == 0)
    #expect(CorrelationTest(.pearson, [1, 2, 3], [1, 2, 4]).interval(0.95).lower.isNaN)
  }

  @Test func straightLine() throws {
    let fit = try #require(LinearFit(V.x, V.z))
    let found = [
      fit.slope, fit.intercept, fit.slopeError, fit.interceptError, fit.determination, fit.slopeTest().pValue,
    ]
    #expect(close(found, V.line))
    #expect(close(linearSlope(PairedSample(V.x, V.z)), V.line[0]))
    let interval = fit.slopeInterval(0.95)
    #expect(close(fit.slopeTest(against: interval.lower).pValue, 0.05, 1e-10))
    #expect(LinearFit([1, 1, 1], [1, 2, 3]) == nil && LinearFit([1, 2], [1, 2]) == nil)
    #expect(LinearFit([1, 2, 3], [2, 4, 6])?.slopeTest().obstacle == "no variation")
  }
}

@Suite struct BenchmarkAggregateTests {
  @Test func optimalityGaps() {
    #expect(optimalityGap(WeightedSample([0.5, 0.75, 2]), target: 1) == 0.25)
    #expect(optimalityGap(WeightedSample([]), target: 1).isNaN)
  }

  @Test func improvement() {
    // 2 > 1; 3 > 1, 3 > 2; 2 = 2 half: 3.5 of 6.
    #expect(close(probabilityOfImprovement(WeightedSample([2, 3]), WeightedSample([1, 2, 4])), 3.5 / 6))
    #expect(probabilityOfImprovement(PairedSample([1, 2], [0, 3])) == 0.5)
    #expect(probabilityOfImprovement([[1, 2], [5]], [[0], [5]]) == 0.75)
    #expect(probabilityOfImprovement([[1], []], [[0], [1]]).isNaN)
    let test = mannWhitneyTest(TestVectors.rankedA, TestVectors.rankedB)
    let chance = probabilityOfImprovement(
      WeightedSample(TestVectors.rankedA), WeightedSample(TestVectors.rankedB))
    #expect(close(chance, test.statistic / 42))
  }

  @Test func aggregatesOfTasksMatchNumPy() throws {
    let scores = (0..<5).map { Array(TestVectors.runs[($0 * 8)..<($0 * 8 + 8)]) }
    let found = try #require(aggregateDistribution(scores, draws: 20_000, seed: 1))
    let (lower, upper) = found.interval(0.95)
    #expect(close(found.value, TestVectors.runIntervals[0]))
    // Quantiles of 20,000 resamples are good to about a hundredth of the interval.
    #expect(close([lower, upper], Array(TestVectors.runIntervals[1...]), 0.02))
    #expect(aggregateDistribution([[1], [2]], draws: 9, seed: 1)?.value == nil)
    #expect(aggregateDistribution([], draws: 9, seed: 1)?.value == nil)
  }

  @Test func profiles() {
    #expect(scoreProfile([0.2, 0.6, .nan, 1], thresholds: [0, 0.6, 1]) == [0.75, 0.25, 0])
    let costs = [[1, 2], [4, 2], [.infinity, 3], [.infinity, .nan]]
    #expect(costProfiles(costs, ratios: [1, 2]) == [[0.25, 0.5], [0.5, 0.75]])
    // Areas of the steps from 1 to 3: (3 − 1)/2 + (3 − 2)/2, and (3 − 2)/2 + 1 + 1, of four problems.
    #expect(costProfileScores(costs, largestRatio: 3) == [0.375, 0.625])
  }

  @Test func valueAtLargestIsThatOfTheFirstLargest() {
    #expect(valueAtLargest(PairedSample([5, 6, 7], [1, 3, 3])) == 6)
    #expect(valueAtLargest(PairedSample([5, 6, 7], [9, 3, 4], weights: [0, 1, 1])) == 7)
    #expect(valueAtLargest(PairedSample([5, .nan], [1, 3])) == 5)
    #expect(valueAtLargest(PairedSample([], [])).isNaN)
  }
}
