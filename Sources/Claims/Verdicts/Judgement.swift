import Statistics

/// What the results say of a claim, and why.
package struct Judgement: Sendable {
  /// What the results say of one proposition of the claim.
  package struct Part: Sendable {
    package let proposition: Proposition
    /// Which key of a series it is about, as `task = mnist`; nil for a single number.
    package let key: String?
    /// The quantity tested: the left side, or left minus right where the right side is no plain number. Nil
    /// where it could not be computed.
    package let estimate: Estimate?
    /// What the quantity is compared with, margin not included.
    package let bound: Double
    /// One-sided p-value against the proposition's failing; 1 where nothing could be said.
    package let pSupported: Double
    /// One-sided p-value against its holding; 1 where nothing could be said.
    package let pRefuted: Double
    /// How it was tested, such as `paired bootstrap, studentised`.
    package let testName: String
    /// Whether the p-values come from a test; else they are 0 and 1 for a fact, and 1 where nothing could be
    /// said.
    package let isTested: Bool
    /// Why nothing could be said, or nil.
    package let obstacle: String?
    /// Whether the profile has no results for it.
    package let isLacking: Bool
  }

  package let claim: Claim
  package let verdict: Claim.Verdict
  package let parts: [Part]
  /// The smaller of the claim's two one-sided p-values, over all its parts; nil where nothing was tested.
  package let pValue: Double?
  /// The same after Holm's adjustment; nil outside the family.
  package let adjustedP: Double?
  /// How many hypotheses the family has, withdrawn ones among them; 0 outside it.
  package let familySize: Int
  /// The plain-language sentence.
  package let sentence: String

  /// The quantity of a claim of one proposition.
  package var estimate: Estimate? { parts.count == 1 ? parts[0].estimate : nil }

  /// How it was tested, each way once.
  package var testName: String {
    var names: [String] = []
    for part in parts where !names.contains(part.testName) { names.append(part.testName) }
    return names.joined(separator: "; ")
  }

  /// The marks of all its parts, each once.
  package var flags: [Estimate.Flag] {
    var flags: [Estimate.Flag] = []
    for flag in parts.flatMap({ $0.estimate?.flags ?? [] }) where !flags.contains(flag) { flags.append(flag) }
    return flags
  }
}
