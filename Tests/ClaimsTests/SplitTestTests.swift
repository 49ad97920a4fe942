import Claims
import Diagnostics
import Experiments
import Statistics
import Testing

/// Tests for comparing learners over splits of one data set.
@Suite struct SplitTestTests {
  typealias Row = Samples.Row

  private static let blocks = 12

  /// `replay` above `ewc` above `fine-tune` in most seeds.
  private static let rows = (0..<blocks).flatMap { seed -> [Row] in
    let base = Double((seed * 7) % 5) / 10
    let values = seed % 6 == 0 ? [0.2, 0.3, 0.1] : [0.3, 0.2, 0.1]
    return zip(Samples.methods, values).map { Row(method: $0, seed: Double(seed), accuracy: base + $1) }
  }

  private func judged(_ text: String, _ test: Claim.Test, share: Double? = nil) throws -> Judgement {
    let claim = Claim(
      name: "c", title: nil, statement: .that(try proposition(text)), unit: ["seed"], fixed: [], test: test,
      margin: 0, level: 0.95, role: .hypothesis, needs: [], expect: nil, testShare: share)
    var log = DiagnosticLog()
    #expect(claim.check(at: source(text), log: &log), "\(log.sorted.map(\.message))")
    return judge([claim], with: Samples.evaluator(honest: Self.rows))[0]
  }

  @Test func nemenyiRanksAllMethodsAndTestsTwo() throws {
    let best = "mean(honest.accuracy where method = replay)"
    let worst = "mean(honest.accuracy where method = fine-tune)"
    let judgement = try judged("\(best) > \(worst)", .nemenyi)
    #expect(judgement.verdict == .supported)
    #expect(judgement.testName == "Nemenyi, 3 levels of method ranked over 12 seeds")
    // Mean ranks 34/12, 26/12 and 1 over 12 blocks: z = (34/12 − 1)/√(3·4/(6·12)), of a range of three.
    let z = (34.0 / 12 - 1) / (12.0 / 72).squareRoot() * 2.0.squareRoot()
    let p = NormalRangeDistribution(count: 3).tails(z).upper / 2
    #expect(abs(judgement.pValue! - p) < 1e-12)
    #expect(try judged("\(best) < \(worst)", .nemenyi).verdict == .refuted)
    let close = try judged("\(best) > mean(honest.accuracy where method = ewc)", .nemenyi)
    #expect(close.verdict == .inconclusive)
  }

  @Test func nemenyiNeedsTwoLevelsOfOneColumn() throws {
    for text in [
      "mean(honest.accuracy) > 0.5",
      "mean(honest.accuracy where method = replay) > mean(honest.nll where method = ewc) + 1",
      "mean(honest.accuracy where method = replay) > mean(honest.accuracy where method = replay)",
      "mean(honest.accuracy where method = replay) > median(honest.accuracy where method = ewc)",
    ] {
      var log = DiagnosticLog()
      let claim = claim(.that(try proposition(text)), test: .nemenyi)
      #expect(!claim.check(at: source(text), log: &log), "\(text)")
    }
  }

  @Test func overlappingTrainingPartsWidenTheError() throws {
    let text =
      "mean(honest.accuracy where method = replay) - mean(honest.accuracy where method = ewc) > 0"
    let differences = (0..<Self.blocks).map { $0 % 6 == 0 ? -0.1 : 0.1 }
    for share in [0.0, 0.25, 2.5] {
      let expected = StudentTest.correctedResampled(differences, testShare: share).result(against: 0)
      let found = try judged(text, .correctedResampled, share: share)
      #expect(abs(found.pValue! - expected.pAbove!) < 1e-9)
    }
    #expect(try judged(text, .correctedResampled, share: 0).verdict == .supported)
    #expect(try judged(text, .correctedResampled, share: 2.5).verdict == .inconclusive)
  }
}
