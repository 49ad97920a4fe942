import Claims
import Experiments
import Reports
import Studies

/// Claims with their verdicts.
struct ClaimPresentation {
  let views: [ClaimView]

  init(outcome: StudyOutcome, evaluation: Evaluation) {
    views = judge(outcome.study.claims, with: evaluation.evaluator).map { Self.view($0, outcome) }
  }

  private static func view(_ judgement: Judgement, _ outcome: StudyOutcome) -> ClaimView {
    let claim = judgement.claim
    let isLeaky = judgement.flags.contains { if case .leaky = $0 { true } else { false } }
    var marks: [String] = []
    if let look = outcome.ledger.lateClaim(claim.name, digest: claim.digest) {
      marks.append("after look \(look)")
    }
    if isLeaky { marks.append("leaky") }
    marks += judgement.flags.filter { if case .leaky = $0 { false } else { true } }.map(\.text)
    return ClaimView(
      name: claim.name, verdict: verdict(judgement.verdict), isProvisional: outcome.study.profile != "full",
      title: claim.title, statement: statement(claim), sentence: judgement.sentence, facts: facts(judgement),
      marks: marks)
  }

  private static func verdict(_ verdict: Claim.Verdict) -> ClaimView.Verdict {
    switch verdict {
    case .supported: .supported
    case .refuted: .refuted
    case .inconclusive: .inconclusive
    case .notEvaluated: .notEvaluated
    }
  }

  private static func statement(_ claim: Claim) -> String {
    let propositions = claim.statement.propositions.map(\.text)
    return propositions.count == 1 && claim.statement.keyword == "that"
      ? propositions[0] : "\(claim.statement.keyword) of: \(propositions.joined(separator: "; "))"
  }

  private static func facts(_ judgement: Judgement) -> [Fact] {
    var facts: [Fact] = []
    for (number, part) in judgement.parts.enumerated() {
      guard let estimate = part.estimate, estimate.value.isFinite else { continue }
      let text = EstimateText(estimate)
      guard judgement.parts.count == 1 else {
        let interval = text.interval.map { " \($0)" } ?? ""
        facts.append(Fact("Part \(number + 1)", "\(text.value)\(interval), \(estimate.evidence)"))
        continue
      }
      facts.append(Fact("Estimate", text.value))
      if let interval = text.interval, let level = estimate.interval?.level {
        facts.append(Fact("\(NumberText.fixed(level * 100, decimals: 0)) % interval", interval))
      }
      facts.append(Fact("Rests on", estimate.evidence))
    }
    if let p = judgement.adjustedP {
      facts.append(Fact("p, adjusted", NumberText.probability(p)))
      facts.append(Fact("Family", "\(count(judgement.familySize, "hypothesis", "hypotheses")), Holm"))
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
    if judgement.claim.margin > 0 { facts.append(Fact("Margin", numberLabel(judgement.claim.margin))) }
    if let expected = judgement.claim.expect { facts.append(Fact("Expected", expected.rawValue)) }
    return facts
  }
}
