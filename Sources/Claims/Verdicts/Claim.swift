import Experiments

/// A statement of the author's that results will support, refute or leave open.
package struct Claim: Sendable {
  package enum Statement: Sendable {
    case that(Proposition)
    /// Every one of them (intersection–union).
    case all([Proposition])
    /// At least one of them.
    case any([Proposition])

    package var propositions: [Proposition] {
      switch self {
      case .that(let proposition): [proposition]
      case .all(let propositions), .any(let propositions): propositions
      }
    }
  }

  package enum Role: String, CaseIterable, Sendable {
    /// Tested within the family of the study's hypotheses.
    case hypothesis
    /// Must hold for the claims that need it; tested outside the family.
    case precondition
    /// Holds by construction: compared exactly, without a test.
    case identity
    /// Must not be found: supported where the proposition is not, refuted where it is.
    case negativeControl = "negative-control"
  }

  package enum Verdict: String, CaseIterable, Sendable {
    case supported, refuted, inconclusive
    /// The profile has no results for some of it.
    case notEvaluated = "not evaluated"
  }

  package let name: String
  package let title: String?
  package let statement: Statement
  /// The columns whose levels are resampled.
  package let unit: [String]
  /// The strata: columns that keep their levels in every resample, as all columns do that are not units.
  package let fixed: [String]
  package let test: Test
  /// For tests of times: the column that is 1 where a run ended before the event; nil where such runs have no time.
  package let censored: String?
  /// How much the wrong side may be ahead (`>`, `<`: non-inferiority), or how far apart equals may lie
  /// (`tost`, negative controls). In the unit of the proposition; 0 for none.
  package let margin: Double
  /// Such as 0.95: each direction is tested at (1 − level)/2.
  package let level: Double
  package let role: Role
  /// Names of earlier claims without which this one stays open.
  package let needs: [String]
  /// Shown beside the verdict, never used for it.
  package let expect: Verdict?
  /// Under cross-validation the size of a score part over that of its training part, from the protocol itself.
  package let testShare: Double?
  /// The pilot that informed its bound, in the author's words; nil where no data had been seen.
  package let pilot: String?

  package init(
    name: String, title: String?, statement: Statement, unit: [String], fixed: [String], test: Test,
    censored: String? = nil, margin: Double, level: Double, role: Role, needs: [String], expect: Verdict?,
    testShare: Double? = nil, pilot: String? = nil
  ) {
    self.name = name
    self.title = title
    self.statement = statement
    self.unit = unit
    self.fixed = fixed
    self.test = test
    self.censored = censored
    self.margin = margin
    self.level = level
    self.role = role
    self.needs = needs
    self.expect = expect
    self.testShare = testShare
    self.pilot = pilot
  }

  /// What the ledger remembers: the digest of everything the verdict depends on, white space apart.
  ///
  /// Name, title and expectation are not part of it; the names it needs are.
  package var digest: Digest {
    var writer = CanonicalWriter()
    writer.object { w in
      if let censored {
        w.key("censored")
        w.value(censored)
      }
      w.key("fixed")
      w.array { w in for column in fixed.sorted() { w.value(column) } }
      w.key("level")
      w.value(level)
      w.key("margin")
      w.value(margin)
      w.key("needs")
      w.array { w in for name in needs.sorted() { w.value(name) } }
      w.key("role")
      w.value(role.rawValue)
      w.key("statement")
      w.object { w in
        w.key(statement.keyword)
        w.array { w in for proposition in statement.propositions { w.value(proposition.canonicalText) } }
      }
      w.key("test")
      w.value(test.rawValue)
      w.key("unit")
      w.array { w in for column in unit.sorted() { w.value(column) } }
    }
    return Digest(of: writer.bytes)
  }
}

extension Claim.Statement {
  /// In the author's words: one proposition as it stands, several behind what joins them.
  package var text: String {
    let texts = propositions.map(\.text)
    if case .that = self { return texts[0] }
    return "\(keyword) of: \(texts.joined(separator: "; "))"
  }

  /// The key that introduces it in a claim block.
  package var keyword: String {
    switch self {
    case .that: "that"
    case .all: "all"
    case .any: "any"
    }
  }
}
