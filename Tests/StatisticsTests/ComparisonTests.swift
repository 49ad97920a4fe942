import Statistics
import Testing

/// Comparisons of samples agree with scipy, and a weighted value is that of the sample written out.
@Suite struct ComparisonTests {
  private typealias V = ComparisonVectors

  private func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-13 * max(1, abs(b)) }

  @Test func agreeWithReferences() {
    let (x, y) = (WeightedSample(V.x), WeightedSample(V.y))
    let pairs = PairedSample(V.groups, V.responses)
    #expect(isClose(probabilityOfImprovement(x, y), V.improvement))
    #expect(isClose(probabilityOfImprovement(y, x), 1 - V.improvement))
    #expect(isClose(linearSlope(pairs), V.slope))
    #expect(isClose(jonckheereTrend(pairs), V.trend))
    #expect(isClose(optimalityGap(x, target: 0.5), V.gap))
    #expect(isClose(geometricMean(WeightedSample(V.x.map(abs))), V.geometricMean))
    #expect(isClose(shareAbove(x, 0.2), V.shareAbove) && isClose(shareBelow(x, 0.2), V.shareBelow))
  }

  @Test func weightsAreOccurrences() {
    let weights: [Double] = [2, 0, 1, 3, 1, 0, 1, 2, 1]
    func written(_ values: [Double]) -> [Double] {
      zip(values, weights).flatMap { [Double](repeating: $0, count: Int($1)) }
    }
    let (weighted, plain) = (WeightedSample(V.x, weights: weights), WeightedSample(written(V.x)))
    let y = WeightedSample(V.y)
    #expect(isClose(probabilityOfImprovement(weighted, y), probabilityOfImprovement(plain, y)))
    #expect(isClose(optimalityGap(weighted, target: 0.5), optimalityGap(plain, target: 0.5)))
    #expect(isClose(shareAbove(weighted, 0), shareAbove(plain, 0)))
    let pairs = PairedSample(V.groups, V.responses, weights: weights)
    let all = PairedSample(written(V.groups), written(V.responses))
    #expect(isClose(linearSlope(pairs), linearSlope(all)))
    #expect(isClose(jonckheereTrend(pairs), jonckheereTrend(all)))
  }

  @Test func nothingHasNoValue() {
    let nothing = WeightedSample([])
    #expect(probabilityOfImprovement(nothing, WeightedSample([1])).isNaN && shareAbove(nothing, 0).isNaN)
    #expect(optimalityGap(nothing, target: 0).isNaN && geometricMean(WeightedSample([1, -1])).isNaN)
    #expect(linearSlope(PairedSample([1, 1], [0, 2])).isNaN)
    #expect(jonckheereTrend(PairedSample([1, 1], [0, 2])).isNaN)
  }

  @Test func aTrendWithinBlocksIsFound() {
    // Three groups in six blocks, rising in each: only the observed order gives the largest trend.
    let groups: [Double] = (0..<6).flatMap { _ in [0.0, 1, 2] }
    let blocks = (0..<6).flatMap { block in [Int32](repeating: Int32(block), count: 3) }
    let rising = (0..<6).flatMap { block in (0..<3).map { Double(10 * block + $0) } }
    func test(_ values: [Double]) -> TrendPermutationTest {
      TrendPermutationTest(pairs: PairedSample(groups, values), blocks: blocks, draws: 999, seed: 0)
    }
    #expect(test(rising).pAbove <= 0.002 && test(rising).pBelow == 1)
    #expect(test(rising.map { -$0 }).pBelow <= 0.002)
    let flat = [Double](repeating: 1, count: 18)
    #expect(test(flat).pAbove == 1 && test(flat).pBelow == 1)
  }
}
