import Statistics
import Testing

/// The scoring of time to result on examples worked by hand.
@Suite struct TimeToResultTests {
  private let miss = Double.infinity

  @Test func aStudyTakesItsFastestHitAndAWorkloadTheMedianStudy() {
    // Fastest hits 30, 10 and 25: the median is 25.
    #expect(timeToResult(studies: [[40, 30, miss], [10, 50, 20], [miss, 25, 90]]) == 25)
    // One study misses altogether: 10, 30, ∞.
    #expect(timeToResult(studies: [[10, miss], [30, 40], [miss, .nan]]) == 30)
    // Two of three miss: so does the workload.
    #expect(timeToResult(studies: [[10], [miss], [miss]]) == miss)
    #expect(timeToResult(studies: [[10], [20]]) == 15)
    #expect(timeToResult(studies: []).isNaN)
  }

  @Test func theScoreIsTheAreaUnderTheProfile() {
    // A is fastest on the first workload and takes 2× on the second; B takes 3× and 1×.
    // A: (1 + (4 − 2) / 3) / 2 = 5/6. B: ((4 − 3) / 3 + 1) / 2 = 2/3.
    let scores = timeToResultScores([[10, 30], [40, 20]])
    #expect(abs(scores[0] - 5.0 / 6) < 1e-12 && abs(scores[1] - 2.0 / 3) < 1e-12)
  }

  @Test func aMissAndMoreThanFourTimesEarnNothing() {
    // B misses the first workload and takes five times as long on the second.
    let scores = timeToResultScores([[10, miss], [10, 50]])
    #expect(scores == [1, 0])
    // Exactly four times is within the ratio, and its share of the area is nothing.
    #expect(timeToResultScores([[10, 40]]) == [1, 0])
    // A workload that nobody solves counts against all.
    #expect(timeToResultScores([[10, 10], [miss, miss]]) == [0.5, 0.5])
  }

  @Test func theExpressionGivesTheSameScore() {
    let times = [[10.0, 30], [40, 20], [miss, 15], [miss, miss]]
    let fastest = times.map { $0.min()! }
    let scores = timeToResultScores(times)
    for method in 0..<2 {
      let sample = PairedSample(times.map { $0[method] }, fastest)
      #expect(abs(timeToResultScore(sample) - scores[method]) < 1e-12)
    }
  }
}
