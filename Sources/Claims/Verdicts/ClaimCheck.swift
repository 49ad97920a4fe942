import Diagnostics
import Statistics

extension Claim {
  /// Refuses combinations of keys that no data could decide; false where the log got an error.
  ///
  /// - Parameter span: the claim block's place, for what concerns no single proposition.
  package func check(at span: SourceSpan, log: inout DiagnosticLog) -> Bool {
    var problems = DiagnosticLog()
    for column in unit where fixed.contains(column) {
      problems.error(
        .conflictingPaths, "'\(column)' is both a unit and fixed", at: span,
        note: "a unit's levels are resampled, a fixed column keeps its own")
    }
    if test == .tost, margin == 0 {
      problems.error(
        .missingKey, "the test 'tost' needs a margin", at: span,
        note: "two values are equivalent when they differ by less than the margin", fix: "add 'margin: 0.01'")
    }
    if test == .permutation, unit.count != 1 {
      problems.error(
        .outOfRange, "the test 'permutation' needs one unit, not \(unit.count)", at: span,
        note: "it flips the signs of differences, one a level", fix: "write 'unit: [seed]', or drop 'test'")
    }
    for proposition in statement.propositions {
      let isEquality = proposition.relation == .equal
      if test == .tost, !isEquality {
        problems.error(
          .expressionType, "the test 'tost' needs '=', not '\(proposition.relation.rawValue)'",
          at: proposition.left.span,
          note: "it tests whether two values are equal within the margin", fix: "write '… = …'")
      } else if isEquality, test != .tost, role != .identity, !proposition.isCount, role != .negativeControl {
        problems.error(
          .expressionType, "no test can support that two estimates are equal", at: proposition.left.span,
          fix: "write 'test: tost' with a margin, or 'role: identity' where they are equal by construction")
      }
    }
    log.merge(problems)
    return !problems.hasErrors
  }
}

extension Proposition {
  /// Whether it compares counts and numbers only, which are facts about the results.
  var isCount: Bool { left.isCount && right.isCount }
}

extension ValueNode {
  fileprivate var isCount: Bool {
    switch self {
    case .number: true
    case .arithmetic(_, let a, let b, _): a.isCount && b.isCount
    case .call(let call): FunctionRegistry.function(call.function.text)?.regularity == .exact
    }
  }

  /// The value of a number written out, or nil.
  var literal: Double? {
    if case .number(let value, _) = self { value } else { nil }
  }
}
