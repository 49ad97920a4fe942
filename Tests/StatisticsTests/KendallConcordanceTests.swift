import Statistics
import Testing

@Suite struct KendallConcordanceTests {
  private func w(_ judges: [[Double]], weights: [Double]? = nil) -> Double {
    let rows = judges.enumerated().flatMap { judge, values in values.map { (Double(judge), $0) } }
    let weights = judges.enumerated().flatMap { judge, values in values.map { _ in weights?[judge] ?? 1 } }
    return kendallConcordance(PairedSample(rows.map(\.0), rows.map(\.1), weights: weights))
  }

  @Test func agreementIsOneAndOppositionIsNone() {
    #expect(abs(w([[1, 2, 3, 4], [10, 20, 30, 40], [5, 6, 7, 8]]) - 1) < 1e-12)
    #expect(abs(w([[1, 2, 3, 4], [4, 3, 2, 1]])) < 1e-12)
  }

  @Test func itIsTheMeanRankCorrelationRescaled() {
    // W = (r̄(m − 1) + 1)/m; Spearman's r of (1 2 3 4) with (1 3 2 4) is 0.8, and of (2 1 4 3) with each 0.6 and 0.
    let expected = ((0.8 + 0.6 + 0.0) / 3 * 2 + 1) / 3
    #expect(abs(w([[1, 2, 3, 4], [1, 3, 2, 4], [2, 1, 4, 3]]) - expected) < 1e-12)
  }

  @Test func tiesAreCorrectedFor() {
    // Ranks (1.5 1.5 3) and (1 2 3): R = 2.5, 3.5, 6; S = 6.5; W = 12·6.5/(4·24 − 2·6).
    #expect(abs(w([[1, 1, 2], [1, 2, 3]]) - 78.0 / 84) < 1e-12)
    #expect(w([[1, 1], [2, 2]]).isNaN)
  }

  @Test func weightsRepeatAJudge() {
    let twice = w([[1, 2, 3], [1, 2, 3], [3, 1, 2]])
    #expect(abs(w([[1, 2, 3], [3, 1, 2]], weights: [2, 1]) - twice) < 1e-12)
  }

  @Test func unequalJudgesHaveNone() {
    #expect(w([[1, 2, 3], [1, 2]]).isNaN && w([[1], [2]]).isNaN)
  }
}
