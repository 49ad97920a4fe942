import Experiments
import Statistics

/// Judges all claims of a study together: verdicts of hypotheses depend on how many there are.
///
/// Each claim has a p-value for each direction. `all:` is supported at the largest of its parts'
/// (intersection–union, Berger 1982) and refuted at k times the smallest of k; `any:` the other way round.
/// Hypotheses, evaluated or not, form one family: the smaller p-value of each is adjusted by Holm's method,
/// and a verdict needs an adjusted value of at most (1 − level)/2. Preconditions, identities and negative
/// controls stand outside.
///
/// A negative control is refuted where its proposition is found, at its unadjusted level, so that a faulty
/// pipeline shows. Without a margin it is supported where nothing is found; with a margin where the value is
/// shown to lie within it, and only there.
///
/// - Parameters:
///   - claims: in the order of the study; `needs` names earlier ones.
///   - withdrawn: how many claims stood at a look in a form that is in the study no more. Each counts as a hypothesis
///     of the family: it was tested, and was not kept for some reason.
package func judge(_ claims: [Claim], withdrawn: Int = 0, with evaluator: Evaluator) -> [Judgement] {
  let tested = claims.map { claim in
    let test = PropositionTest(evaluator: evaluator, claim: claim)
    return TestedClaim(
      claim: claim,
      parts: claim.statement.propositions.flatMap(test.parts))
  }
  let family = tested.indices.filter { tested[$0].claim.role == .hypothesis }
  let adjusted = holmAdjusted(family.map { tested[$0].smallestP } + [Double](repeating: 1, count: withdrawn))
  var judgements: [Judgement] = []
  for (place, tested) in tested.enumerated() {
    let adjustedP = family.firstIndex(of: place).map { adjusted[$0] }
    let (verdict, reason) = tested.verdict(p: adjustedP ?? tested.smallestP, earlier: judgements)
    judgements.append(
      Judgement(
        claim: tested.claim, verdict: verdict, parts: tested.parts, pValue: tested.pValue,
        adjustedP: tested.pValue == nil ? nil : adjustedP,
        familySize: adjustedP == nil ? 0 : family.count + withdrawn,
        sentence: Wording(
          tested: tested, verdict: verdict, reason: reason, adjustedP: adjustedP,
          familySize: family.count + withdrawn
        ).sentence))
  }
  return judgements
}

/// A claim with its parts tested, before the family is known.
struct TestedClaim {
  let claim: Claim
  let parts: [Judgement.Part]

  var pSupported: Double {
    let values = parts.map(\.pSupported)
    if case .any = claim.statement { return multiplied(values) }
    return values.max()!
  }

  var pRefuted: Double {
    let values = parts.map(\.pRefuted)
    if case .all = claim.statement { return multiplied(values) }
    return values.max()!
  }

  var smallestP: Double { min(pSupported, pRefuted) }

  /// Nil where no part was tested.
  var pValue: Double? { parts.contains(where: \.isTested) ? smallestP : nil }

  /// Bonferroni's bound for the smallest of several.
  private func multiplied(_ values: [Double]) -> Double { min(1, Double(values.count) * values.min()!) }

  /// - Parameter p: the smaller p-value, adjusted where the claim belongs to the family.
  func verdict(p: Double, earlier: [Judgement]) -> (Claim.Verdict, reason: String?) {
    if let lacking = parts.first(where: \.isLacking) { return (.notEvaluated, lacking.obstacle) }
    for name in claim.needs {
      let needed = earlier.first { $0.claim.name == name }
      if needed?.verdict != .supported {
        return (
          .inconclusive, "it needs '\(name)', which is \(needed?.verdict.rawValue ?? "not a claim above it")"
        )
      }
    }
    let obstacle = parts.first { $0.obstacle != nil }?.obstacle
    if claim.role == .negativeControl {
      if pSupported <= threshold { return (.supported, nil) }
      if pRefuted <= threshold { return (.refuted, nil) }
      return claim.margin == 0 && obstacle == nil ? (.supported, nil) : (.inconclusive, obstacle)
    }
    guard p <= threshold else { return (.inconclusive, obstacle) }
    return (pSupported < pRefuted ? .supported : .refuted, nil)
  }

  /// The level of each direction. Rounding must not turn 0.05/2 away from 0.025.
  var threshold: Double { (1 - claim.level) / 2 + 1e-12 }
}
