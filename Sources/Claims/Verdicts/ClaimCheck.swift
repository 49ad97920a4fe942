import Diagnostics
import Experiments
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
    if test.needsOneUnit, unit.count != 1 {
      problems.error(
        .outOfRange, "the test '\(test.rawValue)' needs one unit, not \(unit.count)", at: span,
        note: "it compares one value a level", fix: "write 'unit: [seed]', or drop 'test'")
    }
    if test == .correctedResampled, testShare == nil {
      problems.error(
        .wrongProtocol, "the test '\(test.rawValue)' needs experiments under one cross-validation", at: span,
        note: "it corrects for training parts that overlap from split to split", fix: "drop 'test'")
    }
    if censored != nil {
      if case .times = test.method {
      } else {
        problems.error(
          .conflictingPaths, "'censored' is for tests of times, and '\(test.rawValue)' is none", at: span,
          fix: "write 'test: log-rank' or 'test: restricted-mean'")
      }
    }
    checkForm(&problems)
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

extension Claim {
  /// Some tests read the proposition itself: two sides that are compared, or a trend against 0.
  private func checkForm(_ problems: inout DiagnosticLog) {
    for proposition in statement.propositions {
      switch test.method {
      case .sides where proposition.sides == nil:
        problems.error(
          .expressionType, "the test '\(test.rawValue)' compares two groups", at: proposition.left.span,
          fix: "write 'mean(EXPERIMENT.COLUMN where …) > mean(EXPERIMENT.COLUMN where …)'")
      case .times where !proposition.comparesColumns || margin > 0:
        problems.error(
          .expressionType, "the test '\(test.rawValue)' compares two columns of times, without a margin",
          at: proposition.left.span,
          fix: "write 'mean(EXPERIMENT.TIME where …) < mean(EXPERIMENT.TIME where …)'")
      case .ranks where RankedMethods(proposition) == nil || margin > 0:
        problems.error(
          .expressionType, "the test '\(test.rawValue)' compares two levels of one column, without a margin",
          at: proposition.left.span,
          fix: "write 'mean(EXPERIMENT.COLUMN where METHOD = a) > mean(EXPERIMENT.COLUMN where METHOD = b)'")
      case .trend where !proposition.isTrend || margin > 0:
        problems.error(
          .expressionType, "the test '\(test.rawValue)' needs a trend against 0, without a margin",
          at: proposition.left.span,
          fix: "write 'jonckheere(EXPERIMENT.FACTOR, EXPERIMENT.COLUMN) per [FACTOR, seed] > 0'")
      default: break
      }
    }
  }
}

extension Proposition {
  /// The two values that are compared: its sides, or those of a difference on the left against a number.
  var sides: (left: ValueNode, right: ValueNode)? {
    if right.literal == nil { return left.literal == nil ? (left, right) : nil }
    if case .arithmetic(.minus, let a, let b, _) = left, a.literal == nil, b.literal == nil { return (a, b) }
    return nil
  }

  /// Whether it compares a function of one column with that of another, without a bound.
  fileprivate var comparesColumns: Bool {
    guard let sides, right.literal == nil || right.literal == 0 else { return false }
    return [sides.left, sides.right].allSatisfy { side in
      guard case .call(let call) = side, call.keys.isEmpty, call.arguments.count == 1,
        case .column = call.arguments[0]
      else { return false }
      return true
    }
  }

  fileprivate var isTrend: Bool {
    guard right.literal == 0, case .call(let call) = left else { return false }
    return call.function.text == "jonckheere"
  }

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
