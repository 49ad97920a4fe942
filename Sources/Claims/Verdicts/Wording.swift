import Statistics

/// The plain-language sentence of a judgement.
struct Wording {
  let tested: TestedClaim
  let verdict: Claim.Verdict
  /// Why it is open, where that is not a matter of p-values.
  let reason: String?
  let adjustedP: Double?
  let familySize: Int

  var sentence: String {
    switch verdict {
    case .notEvaluated: return "Not evaluated in this profile: \(reason ?? "results are lacking")."
    case .inconclusive:
      if let reason { return "The data do not decide: \(reason)\(estimated(" (", ")"))." }
      return "The data do not decide: \(undecided)."
    case .supported: return "\(supportedOpening): \(finding)."
    case .refuted: return "\(refutedOpening): \(finding)."
    }
  }

  private var claim: Claim { tested.claim }

  private var supportedOpening: String {
    switch claim.role {
    case .hypothesis, .precondition: "The data support it"
    case .identity: "It holds"
    case .negativeControl:
      claim.margin > 0
        ? "Within the margin, as a negative control should be"
        : "Not found, as a negative control should be"
    }
  }

  private var refutedOpening: String {
    switch claim.role {
    case .hypothesis, .precondition: "The data speak against it"
    case .identity: "It does not hold"
    case .negativeControl: "The negative control failed, for what it says was found"
    }
  }

  private var finding: String {
    guard tested.parts.count == 1 else { return "\(countOfParts)\(probability(", "))" }
    return "\(estimated("", ""))\(probability(", "))"
  }

  private var undecided: String {
    let start = tested.parts.count == 1 ? estimated("", "") : countOfParts
    let alone = tested.smallestP <= tested.threshold && adjustedP != nil
    let family = alone ? "; alone it would have passed, but not among \(familySize) hypotheses" : ""
    let needed =
      adjustedP == nil
      ? "" : "; \(ShortNumber.plain(((1 - claim.level) / 2 * 1e6).rounded() / 1e6)) or less would decide"
    return "\(start)\(probability(", "))\(family)\(needed)"
  }

  /// `of 3 parts, each taken alone, 2 supported and 1 refuted`.
  private var countOfParts: String {
    let holding = tested.parts.filter { $0.pSupported <= tested.threshold }.count
    let failing = tested.parts.filter { $0.pRefuted <= tested.threshold }.count
    return "of \(tested.parts.count) parts, each taken alone, \(holding) supported and \(failing) refuted"
  }

  /// `the estimate is 0.031, 95 % interval 0.012 to 0.050, against a bound of 0`, between the two texts.
  private func estimated(_ before: String, _ after: String) -> String {
    guard tested.parts.count == 1, let estimate = tested.parts[0].estimate, estimate.value.isFinite else {
      return ""
    }
    let part = tested.parts[0]
    let decimals = ShortNumber.decimals(estimate)
    let isFact = estimate.interval == nil && part.obstacle == nil
    let what =
      part.proposition.right.literal == nil ? "the difference" : isFact ? "the value" : "the estimate"
    var text = "\(what) is \(ShortNumber.text(estimate.value, decimals: decimals))"
    if let interval = estimate.interval, claim.role != .identity {
      let ends = [interval.lower, interval.upper].map { ShortNumber.text($0, decimals: decimals) }
      text += ", \(ShortNumber.percent(interval.level)) interval \(ends[0]) to \(ends[1])"
    }
    text += ", to be compared with \(ShortNumber.plain(part.bound))"
    if claim.margin > 0 { text += " and a margin of \(ShortNumber.plain(claim.margin))" }
    return before + text + after
  }

  private func probability(_ before: String) -> String {
    guard claim.role != .identity, let p = tested.pValue else { return "" }
    let raw = before + ShortNumber.probability(p)
    guard let adjustedP, familySize > 1 else { return raw }
    return "\(raw), \(ShortNumber.probability(adjustedP)) adjusted for \(familySize) hypotheses"
  }
}
