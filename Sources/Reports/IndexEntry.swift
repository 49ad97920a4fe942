/// One study's place in the index and among the claims of all studies.
package struct IndexEntry: Hashable, Codable, Sendable {
  /// Whether the report shows the study as it is.
  package enum State: String, Codable, Sendable {
    /// Everything in it was run and is shown.
    case complete
    /// Something was left out that this machine cannot run.
    case incomplete
    /// Trials failed, and what rests on them is not shown.
    case failed
    /// The study has mistakes or is not trusted: the report is of an earlier state of it.
    case stale
    /// The same without an earlier report.
    case missing
  }

  package var theme: String
  package var title: String
  package var paper: String?
  /// The report's path from the index, such as `tuning/tune-where-you-evaluate.html`.
  package var href: String
  package var claims: [Claim]
  package var state: State
  /// Why it is not final or not complete; empty where all is well.
  package var warnings: [String]
  /// `7,200 trials`.
  package var trials: String
  /// What its trials cost, counted exactly.
  package var cost: Cost
  /// `full` or `quick`.
  package var profile: String
  /// Whether the verdicts are those of a restricted profile, never shown as final.
  package var isProvisional: Bool { profile != "full" }

  package init(
    theme: String, title: String, paper: String?, href: String, claims: [Claim], state: State = .complete,
    warnings: [String], trials: String, cost: Cost = Cost(), profile: String = "full"
  ) {
    self.theme = theme
    self.title = title
    self.paper = paper
    self.href = href
    self.claims = claims
    self.state = state
    self.warnings = warnings
    self.trials = trials
    self.cost = cost
    self.profile = profile
  }

  /// Training examples seen and floating-point operations, the same on every machine.
  package struct Cost: Hashable, Codable, Sendable {
    package var examples: Int
    package var operations: Int

    package init(examples: Int = 0, operations: Int = 0) {
      self.examples = examples
      self.operations = operations
    }

    package static func + (a: Cost, b: Cost) -> Cost {
      Cost(examples: a.examples + b.examples, operations: a.operations + b.operations)
    }

    /// `12.3 million examples, 4.56 × 10⁹ operations`; empty where nothing was counted.
    var text: String {
      [
        examples == 0 ? nil : "\(ShortCount.text(examples)) training examples",
        operations == 0 ? nil : "\(ShortCount.text(operations)) operations",
      ].compactMap { $0 }.joined(separator: ", ")
    }
  }

  /// A claim as lists of claims show it.
  package struct Claim: Hashable, Codable, Sendable {
    package var title: String
    package var verdict: ClaimView.Verdict
    /// The id of the claim in its report.
    package var anchor: String
    /// `0.33 %`, its interval and what it is held against; nil where there is none.
    package var estimate: String?
    package var interval: String?
    package var claimed: String?
    /// Estimate and ends of its interval, in half-widths of the interval from the threshold towards the claim.
    package var place: Place?
    /// What a reader must know of the verdict: `after look 2`, `leaky`, `pilot-informed`.
    package var marks: [String]

    package init(
      title: String, verdict: ClaimView.Verdict, anchor: String, estimate: String? = nil,
      interval: String? = nil, claimed: String? = nil, place: Place? = nil, marks: [String] = []
    ) {
      self.title = title
      self.verdict = verdict
      self.anchor = anchor
      self.estimate = estimate
      self.interval = interval
      self.claimed = claimed
      self.place = place
      self.marks = marks
    }
  }

  /// Where an estimate lies on an axis that claims in different units share.
  package struct Place: Hashable, Codable, Sendable {
    package var value: Double
    package var lower: Double
    package var upper: Double

    package init(value: Double, lower: Double, upper: Double) {
      self.value = value
      self.lower = lower
      self.upper = upper
    }
  }
}

/// A large whole number in three digits.
enum ShortCount {
  /// `12,345`, `12.3 million`, `4.56 billion`, `7.89 × 10¹³`.
  static func text(_ count: Int) -> String {
    if count < 1_000_000 {
      let digits = String(count)
      return digits.count > 3 ? digits.dropLast(3) + "," + digits.suffix(3) : digits
    }
    let exponent = String(count).count - 1
    if exponent < 9 { return "\(digits(count, 6)) million" }
    if exponent < 12 { return "\(digits(count, 9)) billion" }
    let raised = String(exponent).map { Array("⁰¹²³⁴⁵⁶⁷⁸⁹")[$0.wholeNumberValue ?? 0] }
    return "\(digits(count, exponent)) × 10" + String(raised)
  }

  /// Three digits of `count` in units of a power of ten, rounded down.
  private static func digits(_ count: Int, _ unit: Int) -> String {
    let all = String(count)
    let whole = all.dropLast(unit)
    guard whole.count < 3 else { return String(whole) }
    let rest = all.suffix(unit).prefix(3 - max(whole.count, 1))
    return (whole.isEmpty ? "0" : whole) + "." + rest
  }
}
