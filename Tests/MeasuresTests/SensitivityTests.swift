import Experiments
import Measures
import Parts
import Testing

@Suite struct SensitivityTests {
  private func value(
    _ scores: [Double], _ labels: [Int32], specificity: Double = 0.9, positive: Int = 0
  ) -> Double {
    let probabilities = scores.flatMap { positive == 0 ? [$0, 1 - $0] : [1 - $0, $0] }
    return SensitivityAtSpecificity(
      Settings(["specificity": .number(specificity), "positive": .integer(positive)])
    ).value(.classification(probabilities: probabilities, classes: 2, labels: labels))
  }

  /// Ten negative rows with scores 0.05, 0.15 … 0.95 behind the positive ones.
  private let negatives = (0..<10).map { (Double($0) + 0.5) / 10 }
  private let truth = [Int32](repeating: 1, count: 10)

  @Test func oneFalseAlarmInTenIsAllowed() {
    // The threshold may pass 0.95 but not 0.85: three of four positive rows lie above it.
    #expect(value([0.99, 0.96, 0.9, 0.2] + negatives, [0, 0, 0, 0] + truth) == 0.75)
    #expect(value([0.99, 0.96, 0.9, 0.2] + negatives, [0, 0, 0, 0] + truth, specificity: 1) == 0.5)
    #expect(value([0.99, 0.96, 0.9, 0.2] + negatives, [0, 0, 0, 0] + truth, specificity: 0) == 1)
  }

  @Test func equalScoresAreCalledAlike() {
    // The positive row at 0.85 comes with a second false alarm.
    #expect(value([0.99, 0.85] + negatives, [0, 0] + truth) == 0.5)
  }

  @Test func theOtherClassCanBeThePositiveOne() {
    #expect(value([0.9, 0.8, 0.1, 0.2], [1, 1, 0, 0], positive: 1) == 1)
    #expect(value([0.1, 0.2, 0.9, 0.8], [1, 1, 0, 0], positive: 1) == 0)
  }

  @Test func withoutBothKindsOfRowsItIsUndefined() {
    #expect(value([0.5, 0.6], [0, 0]).isNaN)
    #expect(value([0.5, 0.6], [1, 1]).isNaN)
  }
}
