import Claims
import Diagnostics
import Experiments
import Testing

/// The registered tests, propositions over the keys of a series, and the family.
@Suite struct ClaimTestTests {
  typealias Row = Samples.Row

  static let evaluator = Samples.evaluator(
    honest: Samples.noisy(0.7, seed: 1), conventional: Samples.noisy(0.8, seed: 2))

  private func seriesProposition(_ text: String) throws -> Proposition {
    var log = DiagnosticLog()
    guard let proposition = Proposition.parse(text, at: source(text), log: &log),
      proposition.check(Samples.scope, allowsSeries: true, log: &log)
    else { throw log.sorted.first! }
    return proposition
  }

  @Test(arguments: [
    Claim.Test.sign, .tTest, .wilcoxon, .permutation, .mannWhitney, .welch, .pairedBootstrap, .bootstrap,
  ]) func everyTestFindsADifferenceInItsDirection(_ test: Claim.Test) throws {
    for (text, verdict) in [
      ("mean(conventional.accuracy) > mean(honest.accuracy)", Claim.Verdict.supported),
      ("mean(conventional.accuracy) - mean(honest.accuracy) > 0", .supported),
      ("mean(conventional.accuracy) < mean(honest.accuracy)", .refuted),
      ("mean(conventional.accuracy) - mean(honest.accuracy) > 0.1", .inconclusive),
      ("mean(conventional.accuracy) - mean(honest.accuracy) > 0.2", .refuted),
    ] {
      let judgement = judge([claim(.that(try proposition(text)), test: test)], with: Self.evaluator)[0]
      #expect(judgement.verdict == verdict, "\(test.rawValue) of \(text): \(judgement.sentence)")
    }
  }

  @Test func aBinomialTestCountsSuccesses() throws {
    let solved = (0..<20).map { Row(seed: Double($0), accuracy: $0 < 17 ? 1 : 0) }
    let evaluator = Samples.evaluator(honest: solved)
    func verdict(_ text: String) throws -> Judgement {
      judge([claim(.that(try proposition(text)), test: .binomial)], with: evaluator)[0]
    }
    #expect(try verdict("mean(honest.accuracy) > 0.5").verdict == .supported)
    #expect(try verdict("mean(honest.accuracy) > 0.8").verdict == .inconclusive)
    #expect(try verdict("mean(honest.accuracy) < 0.5").verdict == .refuted)
    // Scipy: binomtest(17, 20, 0.5, alternative='greater').
    #expect(abs(try verdict("mean(honest.accuracy) > 0.5").pValue! - 0.0012884140014648438) < 1e-12)
    let graded = judge(
      [claim(.that(try proposition("mean(honest.accuracy) > 0.5")), test: .binomial)], with: Self.evaluator)[
        0]
    #expect(graded.sentence.contains("a binomial test needs levels of 0 and 1"))
  }

  @Test func censoredTimesAreComparedByTheirEvents() throws {
    // Two of the slow runs never reach the target.
    let fast = [3.0, 4, 5, 5, 6, 7, 8, 9].enumerated().map { Row(seed: Double($0), accuracy: $1) }
    let slow = [9.0, 11, 12, 14, 15, 18, .nan, .nan].enumerated().map { Row(seed: Double($0), accuracy: $1) }
    let evaluator = Samples.evaluator(honest: fast, conventional: slow)
    func judged(_ text: String) throws -> Judgement {
      judge([claim(.that(try proposition(text)), test: .logRank)], with: evaluator)[0]
    }
    let text =
      "mean(honest.accuracy where method = replay and tune.trials = 4)"
    let shorter = try judged(
      "\(text) < mean(conventional.accuracy where method = replay and tune.trials = 4)")
    #expect(
      shorter.verdict == .supported && shorter.testName == "log-rank of 8 and 8 runs", "\(shorter.sentence)")
    let longer = try judged("\(text) > mean(conventional.accuracy where method = replay and tune.trials = 4)")
    #expect(longer.verdict == .refuted)
    var log = DiagnosticLog()
    let bounded = claim(
      .that(try proposition("mean(honest.accuracy) - mean(conventional.accuracy) < 2")), test: .logRank)
    #expect(!bounded.check(at: source("x"), log: &log))
  }

  @Test(arguments: [Claim.Test.logRank, .restrictedMean]) func endsOfRunsStandInAColumn(
    _ test: Claim.Test
  ) throws {
    // `nll` is 1 where a run ended at its budget of 10.
    func rows(_ times: [Double]) -> [Row] {
      times.enumerated().map { Row(seed: Double($0), accuracy: min($1, 10), nll: $1 > 10 ? 1 : 0) }
    }
    let evaluator = Samples.evaluator(
      honest: rows([2, 3, 3.5, 4, 5, 6, 6.5, 99]), conventional: rows([7, 8, 8.5, 9, 99, 99, 99, 99]))
    func judged(_ relation: String, _ evaluator: Evaluator) throws -> Judgement {
      let cell = "where method = replay and tune.trials = 4"
      let statement = try proposition(
        "mean(honest.accuracy \(cell)) \(relation) mean(conventional.accuracy \(cell))")
      return judge([claim(.that(statement), test: test, censored: "nll")], with: evaluator)[0]
    }
    #expect(try judged("<", evaluator).verdict == .supported)
    #expect(try judged(">", evaluator).verdict == .refuted)
    let shown = try #require(try judged("<", evaluator).parts[0].estimate)
    if test == .restrictedMean {
      // Up to 10 nothing is hidden by the budget: the mean times are those of the rows.
      #expect(abs(shown.value - (5 - 9.0625)) < 1e-12 && shown.interval != nil)
    }
    let unknown = Samples.evaluator(
      honest: rows([2, 3]), conventional: [Row(seed: 0, accuracy: 4, nll: 2), Row(seed: 1, accuracy: 5)])
    #expect(try judged("<", unknown).sentence.contains("'nll' must be 0 or 1"))
    var log = DiagnosticLog()
    let misplaced = claim(
      .that(try proposition("mean(honest.accuracy) > 0")), test: .pairedBootstrap, censored: "nll")
    #expect(!misplaced.check(at: source("x"), log: &log))
  }

  @Test func aTrendOverOrderedLabels() throws {
    let rows = (0..<6).flatMap { seed in
      Samples.methods.enumerated().map {
        Row(method: $1, seed: Double(seed), accuracy: Double($0) + 10 * Double(seed))
      }
    }
    let evaluator = Samples.evaluator(honest: rows)
    let text = "jonckheere(honest.method, honest.accuracy) per [method, seed] > 0"
    let judgement = judge([claim(.that(try proposition(text)), test: .jonckheereTerpstra)], with: evaluator)[
      0]
    #expect(judgement.verdict == .supported, "\(judgement.sentence)")
    #expect(judgement.testName == "Jonckheere–Terpstra, permuted within seed")
    let pooled = judge(
      [
        claim(
          .that(try proposition("jonckheere(honest.method, honest.accuracy) per [method, seed] > 0")),
          unit: ["search"],
          test: .jonckheereTerpstra)
      ], with: evaluator)[0]
    #expect(pooled.testName == "Jonckheere–Terpstra" && pooled.verdict == .inconclusive, "\(pooled.sentence)")
  }

  @Test func aSeriesIsOnePropositionAKey() throws {
    var rows: [Row] = []
    for (place, method) in Samples.methods.enumerated() {
      rows += Samples.noisy(0.5 + 0.1 * Double(place), seed: UInt64(place)).map {
        var row = $0
        row.method = method
        return row
      }
    }
    let evaluator = Samples.evaluator(honest: rows)
    func judged(_ statement: Claim.Statement) -> Judgement { judge([claim(statement)], with: evaluator)[0] }
    let rises = try seriesProposition("steps(mean(honest.accuracy) per [method]) > 0")
    let all = judged(.all([rises]))
    #expect(all.verdict == .supported)
    #expect(all.parts.map(\.key) == ["method = replay → ewc", "method = ewc → fine-tune"])
    #expect(
      judged(.all([try seriesProposition("mean(honest.accuracy) per [method] > 0.55")])).verdict == .refuted)
    #expect(
      judged(.any([try seriesProposition("mean(honest.accuracy) per [method] > 0.65")])).verdict == .supported
    )
    #expect(
      judged(.any([try seriesProposition("mean(honest.accuracy) per [method] > 0.8")])).verdict == .refuted)
    // A step back within a tolerance.
    #expect(
      judged(.all([try seriesProposition("steps(mean(honest.accuracy) per [method]) < 0.2")])).verdict
        == .supported)
  }

  @Test func aKeyWithoutAValueLeavesAClaimOpen() throws {
    let rows =
      Samples.noisy(0.7) + (0..<10).map { Row(method: "ewc", seed: Double(1000 + $0), accuracy: .nan) }
    let judgement = judge(
      [claim(.all([try seriesProposition("mean(honest.accuracy) per [method] > 0.5")]))],
      with: Evaluator(tables: ["honest": Samples.table("honest", rows)], schemas: Samples.scope))[0]
    #expect(judgement.verdict == .inconclusive)
    #expect(judgement.sentence.contains("no row has a value at method = ewc"))
  }

  @Test func countsOfViolationsAreFacts() throws {
    let judgement = judge(
      [claim(.all([try seriesProposition("count(honest.accuracy where accuracy > 0.9) = 0")]))],
      with: Self.evaluator)[0]
    #expect(judgement.verdict == .supported && judgement.pValue == nil)
  }

  @Test func withdrawnClaimsStayInTheFamily() throws {
    let text = "mean(honest.accuracy) > 0.685"
    let alone = judge([claim(.that(try proposition(text)))], with: Self.evaluator)[0]
    let amongMany = judge([claim(.that(try proposition(text)))], withdrawn: 9, with: Self.evaluator)[0]
    #expect(alone.familySize == 1 && amongMany.familySize == 10)
    #expect(abs(amongMany.adjustedP! - min(1, 10 * alone.adjustedP!)) < 1e-12)
  }

  @Test func formsThatATestCannotReadAreRefused() throws {
    func message(_ text: String, _ test: Claim.Test, unit: [String] = ["seed"]) throws -> String {
      var log = DiagnosticLog()
      let claim = claim(.that(try proposition(text)), unit: unit, test: test)
      #expect(!claim.check(at: source("x"), log: &log))
      return log.sorted.map(\.message).joined(separator: "; ")
    }
    #expect(
      try message("mean(honest.accuracy) > 0", .mannWhitney) == "the test 'mann-whitney' compares two groups")
    #expect(
      try message("mean(honest.accuracy) > 0", .jonckheereTerpstra)
        == "the test 'jonckheere-terpstra' needs a trend against 0, without a margin")
    #expect(
      try message("mean(honest.accuracy) > 0", .wilcoxon, unit: ["seed", "search"])
        == "the test 'wilcoxon' needs one unit, not 2")
  }
}
