import Claims
import Experiments
import Statistics
import Testing

/// A claim over `seed` with the language's defaults.
func claim(
  _ statement: Claim.Statement, name: String = "claim", unit: [String] = ["seed"],
  test: Claim.Test = .pairedBootstrap, censored: String? = nil,
  margin: Double = 0, level: Double = 0.95, role: Claim.Role = .hypothesis, needs: [String] = [],
  title: String? = nil
) -> Claim {
  Claim(
    name: name, title: title, statement: statement, unit: unit, fixed: [], test: test, censored: censored,
    margin: margin,
    level: level,
    role: role, needs: needs, expect: nil)
}

@Suite struct VerdictTests {
  /// `honest` near 0.7 and `conventional` near 0.8, ten paired seeds each.
  static let evaluator = Samples.evaluator(
    honest: Samples.noisy(0.7, seed: 1), conventional: Samples.noisy(0.8, seed: 2))

  private func verdict(_ claim: Claim) -> Claim.Verdict { judge([claim], with: Self.evaluator)[0].verdict }

  @Test(arguments: [
    ("mean(conventional.accuracy) - mean(honest.accuracy) > 0", Claim.Verdict.supported),
    ("mean(conventional.accuracy) > mean(honest.accuracy)", .supported),
    ("mean(conventional.accuracy) < mean(honest.accuracy)", .refuted),
    ("mean(conventional.accuracy) - mean(honest.accuracy) <= 0", .refuted),
    ("mean(conventional.accuracy) - mean(honest.accuracy) > 0.1", .inconclusive),
    ("0.5 < mean(honest.accuracy)", .supported), ("mean(honest.accuracy) >= 0.9", .refuted),
    ("median(honest.accuracy) < 0.9", .supported), ("count(honest.accuracy) = 10", .supported),
    ("count(honest.accuracy) > 10", .refuted), ("count(honest.accuracy where accuracy < 0) = 0", .supported),
    ("max(honest.accuracy) < 0.9", .inconclusive),
    ("mean(honest.accuracy) / (1 - count(honest.accuracy) / 10) > 1", .inconclusive),
    ("mean(honest.nll) + mean(honest.accuracy) > 0.5", .supported),
  ]) func ofOneProposition(_ text: String, _ expected: Claim.Verdict) throws {
    #expect(verdict(claim(.that(try proposition(text)))) == expected)
  }

  @Test(arguments: [
    ("all", ["> 0.5", "< 0.9"], Claim.Verdict.supported), ("all", ["> 0.5", "> 0.9"], .refuted),
    ("all", ["> 0.5", "> 0.7"], .inconclusive), ("any", ["> 0.5", "> 0.9"], .supported),
    ("any", ["> 0.8", "> 0.9"], .refuted), ("any", ["> 0.9", "> 0.7"], .inconclusive),
  ]) func ofSeveral(_ keyword: String, _ ends: [String], _ expected: Claim.Verdict) throws {
    let propositions = try ends.map { try proposition("mean(honest.accuracy) \($0)") }
    #expect(verdict(claim(keyword == "all" ? .all(propositions) : .any(propositions))) == expected)
  }

  @Test(arguments: [
    (Claim.Test.pairedBootstrap, ">", 0.0, Claim.Verdict.refuted), (.pairedBootstrap, ">", 0.2, .supported),
    (.pairedBootstrap, ">", 0.1, .inconclusive), (.tost, "=", 0.2, .supported), (.tost, "=", 0.02, .refuted),
    (.tost, "=", 0.1, .inconclusive), (.bootstrap, ">", 0, .refuted), (.permutation, ">", 0, .refuted),
    (.permutation, "<", 0, .supported), (.permutation, ">", 0.2, .supported),
    (.pairedBootstrap, "=", 0, .refuted),
  ]) func ofTestsAndMargins(_ test: Claim.Test, _ sign: String, _ margin: Double, _ expected: Claim.Verdict)
    throws
  {
    let text = "mean(honest.accuracy) \(sign) mean(conventional.accuracy)"
    #expect(verdict(claim(.that(try proposition(text)), test: test, margin: margin)) == expected)
  }

  @Test func identitiesAreComparedExactly() throws {
    for (text, expected) in [
      ("mean(honest.nll) + mean(honest.accuracy) = 1", Claim.Verdict.supported),
      ("mean(honest.accuracy) = mean(honest.accuracy)", .supported),
      ("mean(honest.accuracy) = 0.7", .refuted), ("mean(honest.accuracy) > 0.6", .supported),
    ] {
      let judgement = judge([claim(.that(try proposition(text)), role: .identity)], with: Self.evaluator)[0]
      #expect(judgement.verdict == expected, "\(text)")
      #expect(judgement.pValue == nil && judgement.testName == "exact comparison")
    }
  }

  @Test(arguments: [
    ("mean(conventional.accuracy) > mean(honest.accuracy)", 0.0, Claim.Verdict.refuted),
    ("mean(honest.accuracy where seed < 1005) > mean(honest.accuracy where seed >= 1005)", 0, .supported),
    ("mean(conventional.accuracy) > mean(honest.accuracy)", 0.2, .supported),
    ("mean(conventional.accuracy) > mean(honest.accuracy)", 0.1, .refuted),
    (
      "mean(honest.accuracy where seed < 1005) > mean(honest.accuracy where seed >= 1005)", 0.001,
      .inconclusive
    ),
    ("count(honest.accuracy) > 5", 0, .refuted), ("count(honest.accuracy) > 50", 0, .supported),
  ]) func ofNegativeControls(_ text: String, _ margin: Double, _ expected: Claim.Verdict) throws {
    #expect(verdict(claim(.that(try proposition(text)), margin: margin, role: .negativeControl)) == expected)
  }

  @Test func withoutResultsNothingIsEvaluated() throws {
    let rows = Samples.noisy(0.7).map { row in
      var row = row
      row.trials = 16
      return row
    }
    // A quick profile: only replay at 16 trials.
    let quick = Evaluator(tables: ["honest": Samples.table("honest", rows)], schemas: Samples.scope)
    func judged(_ text: String) throws -> Judgement {
      judge([claim(.that(try proposition(text)))], with: quick)[0]
    }
    let ewc = try judged("mean(honest.accuracy where method = ewc and tune.trials = 16) > 0.5")
    #expect(ewc.verdict == .notEvaluated)
    #expect(
      ewc.sentence == "Not evaluated in this profile: there are no results with method = ewc.")
    // What no condition names takes the levels that the profile has.
    #expect(try judged("mean(honest.accuracy where tune.trials = 16) > 0.5").verdict == .supported)
    #expect(try judged("mean(honest.accuracy where tune.trials > 1) > 0.5").verdict == .notEvaluated)
    #expect(try judged("mean(honest.accuracy where method != replay) > 0.5").verdict == .notEvaluated)
    #expect(
      try judged("mean(honest.accuracy where method = replay and tune.trials = 16) > 0.5").verdict
        == .supported)
    #expect(
      try judged("mean(honest.accuracy where method = replay and tune.trials = 16 and seed = 1) > 0.5")
        .verdict
        == .notEvaluated)
    let other = try judged("mean(conventional.accuracy) > 0.5")
    #expect(other.verdict == .inconclusive)
    #expect(other.sentence == "The data do not decide: there are no results of 'conventional'.")
  }

  @Test func oneSeedDecidesNothing() throws {
    let evaluator = Samples.evaluator(honest: Samples.noisy(0.7, count: 1))
    let judgement = judge([claim(.that(try proposition("mean(honest.accuracy) > 0.1")))], with: evaluator)[0]
    #expect(judgement.verdict == .inconclusive && judgement.pValue == nil)
    #expect(
      judgement.sentence.hasPrefix(
        "The data do not decide: no unit has two levels or more (the estimate is 0."))
    let unnamed = judge(
      [claim(.that(try proposition("mean(honest.accuracy) > 0.1")), unit: [])], with: evaluator)[0]
    #expect(unnamed.verdict == .inconclusive && unnamed.sentence.contains("it names no unit to resample"))
  }

  @Test func aLevelThatAloneCarriesASideDecidesNothing() throws {
    let evaluator = Samples.evaluator(
      honest: Samples.noisy(0.7), conventional: [Samples.Row(seed: 1000, accuracy: 0.9)])
    let text = "mean(conventional.accuracy) > mean(honest.accuracy)"
    let judgement = judge([claim(.that(try proposition(text)))], with: evaluator)[0]
    #expect(judgement.verdict == .inconclusive)
    #expect(judgement.sentence.contains("some level carries a side alone"))
  }

  @Test func permutationOfTwoUnitsIsRefused() throws {
    let text = "mean(honest.accuracy) < mean(conventional.accuracy)"
    let rows = Samples.noisy(0.7).flatMap { row in
      (0..<2).map { Samples.Row(seed: row.seed, search: Double($0), accuracy: row.accuracy) }
    }
    let evaluator = Samples.evaluator(honest: rows, conventional: rows)
    let judgement = judge(
      [claim(.that(try proposition(text)), unit: ["seed", "search"], test: .permutation)], with: evaluator)[0]
    #expect(judgement.verdict == .inconclusive)
    #expect(judgement.sentence.contains("needs one unit whose levels occur on both sides"))
  }
}

@Suite struct FamilyTests {
  static let evaluator = VerdictTests.evaluator

  @Test func holmCountsHypothesesOnly() throws {
    // A bound just below the interval passes alone, but not ten times over.
    let interval = try #require(
      Self.evaluator.evaluate(expression("mean(honest.accuracy)"), units: ["seed"]).interval)
    let weak = claim(
      .that(try proposition("mean(honest.accuracy) > \(interval.lower - 0.0005)")), name: "weak")
    let alone = judge([weak], with: Self.evaluator)[0]
    #expect(alone.verdict == .supported && alone.familySize == 1 && alone.adjustedP == alone.pValue)
    let others = try (0..<9).map { place in
      claim(.that(try proposition("mean(honest.accuracy) > 0.7 + 0 * \(place)")), name: "other-\(place)")
    }
    let among = judge([weak] + others, with: Self.evaluator)[0]
    #expect(among.pValue == alone.pValue && among.familySize == 10)
    let p = try #require(among.pValue)
    #expect(abs(try #require(among.adjustedP) - min(1, 10 * p)) < 1e-12)
    #expect(among.verdict == .inconclusive)
    #expect(
      among.sentence.hasSuffix(
        "; alone it would have passed, but not among 10 hypotheses; 0.025 or less would decide."))
    let preconditions = others.map { other in
      claim(other.statement, name: other.name, role: .precondition)
    }
    let outside = judge([weak] + preconditions, with: Self.evaluator)
    #expect(outside[0].verdict == .supported && outside[0].familySize == 1)
    #expect(outside[1].familySize == 0 && outside[1].adjustedP == nil)
  }

  @Test func hypothesesWithoutResultsStayInTheFamily() throws {
    let sound = claim(.that(try proposition("mean(honest.accuracy) > 0.5")), name: "sound")
    let lacking = claim(.that(try proposition("mean(honest.accuracy where seed = 1) > 0.5")), name: "lacking")
    let judgements = judge([sound, lacking], with: Self.evaluator)
    #expect(judgements.map(\.verdict) == [.supported, .notEvaluated])
    #expect(judgements[0].familySize == 2 && judgements[1].pValue == nil)
  }

  @Test func aFailedPreconditionLeavesTheClaimOpen() throws {
    let sane = claim(.that(try proposition("mean(honest.accuracy) > 0.9")), name: "sane", role: .precondition)
    let main = claim(.that(try proposition("mean(honest.accuracy) > 0.5")), name: "main", needs: ["sane"])
    let judgements = judge([sane, main], with: Self.evaluator)
    #expect(judgements.map(\.verdict) == [.refuted, .inconclusive])
    #expect(
      judgements[1].sentence.hasPrefix(
        "The data do not decide: it needs 'sane', which is refuted (the estimate is"))
    let met = claim(.that(try proposition("mean(honest.accuracy) > 0.6")), name: "sane", role: .precondition)
    #expect(judge([met, main], with: Self.evaluator)[1].verdict == .supported)
    #expect(judge([main], with: Self.evaluator)[0].verdict == .inconclusive)
  }

  @Test func sentencesExplainThemselves() throws {
    let judgement = judge(
      [claim(.that(try proposition("mean(conventional.accuracy) - mean(honest.accuracy) > 0")))],
      with: Self.evaluator)[0]
    let estimate = try #require(judgement.estimate)
    let interval = try #require(estimate.interval)
    func text(_ value: Double) -> String {
      let thousandths = Int((value * 1000).rounded())
      let digits = String(thousandths)
      return "0." + String(repeating: "0", count: 3 - digits.count) + digits
    }
    let ends = "\(text(interval.lower)) to \(text(interval.upper))"
    #expect(
      judgement.sentence
        == "The data support it: the estimate is \(text(estimate.value)), 95 % interval \(ends), "
        + "to be compared with 0, p < 0.001.")
    #expect(judgement.testName == "paired bootstrap, studentised")
    #expect(judgement.flags.contains(.leaky(table: "conventional")))
  }

  @Test func judgingTwiceGivesTheSameBits() throws {
    let claims = [
      claim(.that(try proposition("mean(conventional.accuracy) - mean(honest.accuracy) > 0.09"))),
      claim(.that(try proposition("median(honest.accuracy) > 0.69")), name: "second"),
    ]
    let (first, again) = (judge(claims, with: Self.evaluator), judge(claims, with: Self.evaluator))
    for (a, b) in zip(first, again) {
      #expect(
        a.pValue == b.pValue && a.estimate?.interval == b.estimate?.interval && a.sentence == b.sentence)
    }
    // Its neighbours do not move a claim's draws, nor does another wording.
    #expect(judge([claims[1]], with: Self.evaluator)[0].pValue == first[1].pValue)
    let shown = try Self.evaluator.evaluate(
      expression("(mean(conventional.accuracy) - mean(honest.accuracy)) as percent"), units: ["seed"])
    #expect(shown.interval == first[0].estimate?.interval)
  }

  @Test func independentExperimentsAddTheirVariances() throws {
    // Equal noise on both sides: paired, the difference is constant; independent, it varies twice.
    let rows = Samples.noisy(0.7, sd: 0.05)
    let shifted = rows.map { Samples.Row(seed: $0.seed, accuracy: $0.accuracy + 0.1) }
    let evaluator = Samples.evaluator(honest: rows, conventional: shifted)
    let statement = Claim.Statement.that(
      try proposition("mean(conventional.accuracy) > mean(honest.accuracy)"))
    let paired = judge([claim(statement)], with: evaluator)[0]
    #expect(paired.flags.contains(.noVariation) && paired.verdict == .supported)
    #expect(paired.testName == "sign test of 10 equal levels" && paired.pValue == 1.0 / 1024)
    let independent = judge([claim(statement, test: .bootstrap)], with: evaluator)[0]
    let side = try #require(
      evaluator.evaluate(expression("mean(honest.accuracy)"), units: ["seed"]).standardError)
    let found = try #require(independent.estimate?.standardError)
    #expect(abs(found - side * 2.0.squareRoot()) < 1e-12)
    #expect(independent.testName == "bootstrap, studentised")
  }

  @Test func theDigestIsOfTheMeaning() throws {
    let text = "mean(honest.accuracy where method = replay) > 0.5"
    let base = claim(.that(try proposition(text)))
    let spaced = "mean( honest.accuracy  where method=replay )>0.5"
    #expect(claim(.that(try proposition(spaced)), name: "other", title: "A title").digest == base.digest)
    let changed = [
      claim(.that(try proposition("mean(honest.accuracy where method = ewc) > 0.5"))),
      claim(.all([try proposition(text)])), claim(.that(try proposition(text)), unit: ["seed", "search"]),
      claim(.that(try proposition(text)), test: .bootstrap), claim(.that(try proposition(text)), margin: 0.1),
      claim(.that(try proposition(text)), level: 0.9),
      claim(.that(try proposition(text)), role: .precondition),
      claim(.that(try proposition(text)), needs: ["sane"]),
    ]
    #expect(Set(changed.map(\.digest) + [base.digest]).count == changed.count + 1)
    #expect(
      claim(.that(try proposition(text)), unit: ["search", "seed"]).digest
        == claim(.that(try proposition(text)), unit: ["seed", "search"]).digest)
  }
}
