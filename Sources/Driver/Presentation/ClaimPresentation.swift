import Claims
import Experiments
import Reports
import Studies

/// Claims with their verdicts.
struct ClaimPresentation {
  let views: [ClaimView]
  let judgements: [Judgement]

  init(outcome: StudyOutcome, evaluation: Evaluation) {
    let claims = outcome.study.claims
    let withdrawn = outcome.ledger.formerClaims(now: claims.map(\.digest))
    judgements = judge(claims, withdrawn: withdrawn, with: evaluation.evaluator)
    views = judgements.map { Self.view($0, outcome, withdrawn: withdrawn) }
  }

  /// Verdicts that differ from what was expected, preconditions that fail, unreliable intervals.
  ///
  /// - Parameter isFull: whether a claim that is not evaluated is a finding too; another profile may lack its cells.
  func findings(isFull: Bool) -> [String] {
    judgements.flatMap { judgement -> [String] in
      let (name, verdict) = (judgement.claim.name, judgement.verdict)
      if verdict == .notEvaluated, !isFull { return [] }
      var found: [String] = []
      if let expected = judgement.claim.expect, expected != verdict {
        found.append("the claim '\(name)' is \(verdict.rawValue), and was expected \(expected.rawValue)")
      }
      if judgement.claim.role == .precondition, verdict != .supported {
        found.append("the precondition '\(name)' is \(verdict.rawValue)")
      }
      if judgement.parts.contains(where: { $0.estimate?.isUnreliable ?? false }) {
        found.append("the claim '\(name)' rests on an interval that is unreliable: too few runs")
      }
      return found
    }
  }

  private static func view(_ judgement: Judgement, _ outcome: StudyOutcome, withdrawn: Int) -> ClaimView {
    let claim = judgement.claim
    let isLeaky = judgement.flags.contains { if case .leaky = $0 { true } else { false } }
    let isExternal = judgement.flags.contains { if case .external = $0 { true } else { false } }
    var marks: [String] = []
    if let look = outcome.ledger.lateClaim(claim.name, digest: claim.digest) {
      marks.append("after look \(look)")
    }
    if isLeaky { marks.append("leaky") }
    if isExternal { marks.append("external") }
    marks += judgement.flags.filter { flag in
      switch flag {
      case .leaky, .external: false
      default: true
      }
    }.map(\.text)
    return ClaimView(
      name: claim.name, verdict: verdict(judgement.verdict), isProvisional: outcome.study.profile != "full",
      title: claim.title, statement: claim.statement.text, sentence: judgement.sentence,
      facts: facts(judgement, withdrawn: withdrawn)
        + outcome.ledger.formerTexts(of: claim.name, now: claim.digest).map {
          Fact("At look \($0.look) it said", $0.text)
        }, marks: marks)
  }

  private static func verdict(_ verdict: Claim.Verdict) -> ClaimView.Verdict {
    switch verdict {
    case .supported: .supported
    case .refuted: .refuted
    case .inconclusive: .inconclusive
    case .notEvaluated: .notEvaluated
    }
  }

  /// The most parts that a claim lists.
  private static let listedParts = 12

  /// Parts that fail come first, so that a list cut short still shows them.
  private static func partFacts(_ judgement: Judgement) -> [Fact] {
    let numbered = judgement.parts.enumerated().sorted { a, b in
      let failing = (a.element.pSupported > 0.5, b.element.pSupported > 0.5)
      return failing.0 == failing.1 ? a.offset < b.offset : failing.0
    }
    var facts = numbered.prefix(listedParts).sorted { $0.offset < $1.offset }.map { number, part in
      let name = part.key ?? "Part \(number + 1)"
      guard let estimate = part.estimate, estimate.value.isFinite else {
        return Fact(name, part.obstacle ?? "no value")
      }
      let text = EstimateText(estimate)
      return Fact(name, "\(text.value)\(text.interval.map { " \($0)" } ?? ""), \(estimate.evidence)")
    }
    let rest = judgement.parts.count - facts.count
    if rest > 0 { facts.append(Fact("Not listed", count(rest, "further part"))) }
    return facts
  }

  private static func facts(_ judgement: Judgement, withdrawn: Int) -> [Fact] {
    var facts = judgement.parts.count == 1 ? [] : partFacts(judgement)
    if judgement.parts.count == 1, let estimate = judgement.parts[0].estimate, estimate.value.isFinite {
      let text = EstimateText(estimate)
      facts.append(Fact("Estimate", text.value))
      if let interval = text.interval, let level = estimate.interval?.level {
        // Tests of another kind judge by p-values of their own; the interval stays that of tables and charts.
        let kind = judgement.claim.test.isOfIntervals ? "" : " of the bootstrap"
        facts.append(Fact("\(NumberText.fixed(level * 100, decimals: 0)) % interval\(kind)", interval))
      }
      facts.append(Fact("Rests on", estimate.grounds))
    }
    if let p = judgement.adjustedP {
      facts.append(Fact("p, adjusted", NumberText.probability(p)))
      let former = withdrawn > 0 ? ", \(NumberText.count(withdrawn)) of them changed or withdrawn" : ""
      facts.append(
        Fact("Family", "\(count(judgement.familySize, "hypothesis", "hypotheses"))\(former), Holm"))
    } else if let p = judgement.pValue {
      facts.append(Fact("p", NumberText.probability(p)))
    }
    facts.append(Fact("Test", judgement.testName))
    facts.append(Fact("Role", judgement.claim.role.rawValue))
    if !judgement.claim.unit.isEmpty {
      facts.append(Fact("Resampled", judgement.claim.unit.joined(separator: ", ")))
    }
    if !judgement.claim.fixed.isEmpty {
      facts.append(Fact("Fixed", judgement.claim.fixed.joined(separator: ", ")))
    }
    if let pilot = judgement.claim.pilot { facts.append(Fact("Bound", "pilot-informed: \(pilot)")) }
    if judgement.claim.margin > 0 { facts.append(Fact("Margin", numberLabel(judgement.claim.margin))) }
    if let expected = judgement.claim.expect { facts.append(Fact("Expected", expected.rawValue)) }
    return facts
  }
}
