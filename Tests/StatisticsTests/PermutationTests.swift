import Randomness
import Statistics
import Testing

@Suite struct PermutationTests {
  typealias V = TestVectors

  @Test func labels() {
    let exact = labelPermutationTest(Array(V.x[..<5]), Array(V.y[..<6]), seed: 1)
    #expect(exact.isExact && close([exact.pAbove!, exact.pBelow!], V.labels))
    let random = labelPermutationTest(Array(V.x[..<5]), Array(V.y[..<6]), draws: 400, seed: 1)
    // Four standard errors of 400 draws.
    #expect(!random.isExact && abs(random.pAbove! - V.labels[0]) < 0.06)
    #expect(labelPermutationTest([1], [1], seed: 1).pValue == 1)
    #expect(labelPermutationTest([], [1], seed: 1).obstacle == "a sample without values")
    #expect(labelPermutationTest([.infinity], [1], seed: 1).obstacle == "an infinite value")
  }

  @Test func largestStatistic() {
    let rows = (0..<8).map { Array(V.comparisons[($0 * 3)..<($0 * 3 + 3)]) }
    #expect(close(maximumStatisticTest(rows, seed: 1), V.maximum))
    let random = maximumStatisticTest(rows, draws: 250, seed: 1)
    #expect(zip(random, V.maximum).allSatisfy { abs($0 - $1) < 0.13 })
    #expect(maximumStatisticTest([], seed: 1) == [] && maximumStatisticTest([[1], [1, 2]], seed: 1) == [])
    #expect(maximumStatisticTest([[0, 1], [0, 1]], seed: 1)[0].isNaN)
    #expect(maximumStatisticTest([[1], [.nan]], seed: 1) == [])
  }
}

@Suite struct ItemBootstrapTests {
  @Test func binomialNumbersHaveTheirDistribution() {
    // Both methods, and p on both sides of ½, against exact probabilities: χ² over all outcomes that are not rare.
    for (n, p) in [(12, 0.3), (60, 0.45), (200, 0.93)] {
      var streams = RandomStream(seed: 5, role: "test", purpose: "binomial")
      let bootstrap = ItemBootstrapProbe(n, p)
      var counts = [Double](repeating: 0, count: n + 1)
      let draws = 40_000.0
      for _ in 0..<Int(draws) { counts[bootstrap.draw(&streams)] += 1 }
      let distribution = BinomialDistribution(
        trials: n, probability: (Double(n) * p).rounded() / Double(n))
      var (chiSquare, cells) = (0.0, -1.0)
      for k in 0...n where distribution.mass(k) * draws > 10 {
        let expected = distribution.mass(k) * draws
        chiSquare += (counts[k] - expected) * (counts[k] - expected) / expected
        cells += 1
      }
      let share = ChiSquareDistribution(degreesOfFreedom: cells).tails(chiSquare).upper
      #expect(share > 1e-3, "n \(n), p \(p): χ² \(chiSquare) of \(cells)")
    }
  }

  @Test func fewValuesAreResampledExactly() throws {
    let values = (0..<1000).map { $0 % 10 == 0 ? -1.0 : $0 % 3 == 0 ? 1 : 0 }
    let bootstrap = try #require(ItemBootstrap(values))
    let plain = Moments(WeightedSample(values))
    #expect(bootstrap.isExact && close(bootstrap.mean, plain.mean))
    #expect(close(bootstrap.standardError, plain.standardDeviation / 1000.0.squareRoot()))
    let found = bootstrap.distribution(draws: 4_000, seed: 1)
    #expect(abs(found.standardError / bootstrap.standardError - 1) < 0.04)
  }

  @Test func manyValuesAreGrouped() throws {
    var stream = RandomStream(seed: 2, role: "test", purpose: "items")
    let values = (0..<20_000).map { _ in stream.normal() * stream.normal() }
    let bootstrap = try #require(ItemBootstrap(values))
    #expect(!bootstrap.isExact)
    let plain = Moments(WeightedSample(values))
    #expect(close(bootstrap.standardError, plain.standardDeviation / 20_000.0.squareRoot(), 1e-10))
    let found = bootstrap.distribution(draws: 4_000, seed: 1)
    #expect(abs(found.standardError / bootstrap.standardError - 1) < 0.04)
    let (lower, upper) = found.interval(0.95)
    #expect(abs((upper - lower) / (2 * 1.96 * bootstrap.standardError) - 1) < 0.06)
  }

  @Test func divisionsGiveTheSameBits() throws {
    let bootstrap = try #require(ItemBootstrap((0..<500).map { Double($0 * $0 % 97) }))
    let whole = bootstrap.replicates(in: 0..<40, seed: 3)
    #expect(bootstrap.replicates(in: 0..<13, seed: 3) + bootstrap.replicates(in: 13..<40, seed: 3) == whole)
  }

  @Test func degenerate() throws {
    #expect(ItemBootstrap([1]) == nil && ItemBootstrap([1, .nan]) == nil)
    let constant = try #require(ItemBootstrap([2, 2, 2]))
    #expect(constant.distribution(draws: 9, seed: 1).method == .constant(levels: 3))
  }
}

/// A two-valued sample whose resampled mean shows one binomial number.
private struct ItemBootstrapProbe {
  let bootstrap: ItemBootstrap
  let count: Int

  init(_ n: Int, _ p: Double) {
    count = n
    bootstrap = ItemBootstrap((0..<n).map { Double($0) < (Double(n) * p).rounded() ? 0 : 1 })!
  }

  /// How many of the items drawn are the lower value.
  func draw(_ stream: inout RandomStream) -> Int {
    let mean = bootstrap.replicates(in: 0..<1, seed: stream.next())[0]
    return count - Int((mean * Double(count)).rounded())
  }
}
