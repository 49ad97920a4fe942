import Diagnostics
import Experiments

/// A condition on the factors of an experiment: `model = linear and tune.trials = 64`.
///
/// Decides which cells `except` drops and on which cells `tune.where` searches.
package struct FactorCondition: Sendable {
  private let condition: RowCondition

  /// The condition, or nil with its mistakes in the log.
  ///
  /// - Parameters:
  ///   - factors: the experiment's factors with the labels of their levels.
  ///   - isRestricted: whether a profile may have dropped levels, so that the condition may name others; they were
  ///     checked in the full document.
  package static func parse(
    _ text: String, at span: SourceSpan, factors: [(name: String, levels: [String])],
    isRestricted: Bool = false, log: inout DiagnosticLog
  ) -> FactorCondition? {
    do throws(Diagnostic) {
      var parser = try ExpressionParser(ExpressionText(text, at: span))
      let condition = try parser.condition()
      try parser.finish()
      if !isRestricted { for clause in condition.clauses { try check(clause, factors) } }
      return FactorCondition(condition: condition)
    } catch {
      log.add(error)
      return nil
    }
  }

  /// Whether a cell with those levels meets the condition.
  package func holds(_ levels: [(name: String, level: Setting)]) -> Bool {
    Self.holds(condition) { name in levels.first { $0.name == name }?.level }
  }

  private static func check(
    _ clause: ConditionClause, _ factors: [(name: String, levels: [String])]
  ) throws(Diagnostic) {
    let names = factors.map(\.name)
    guard let factor = factors.first(where: { $0.name == clause.column.text }) else {
      throw Diagnostic(
        .unknownColumn, "'\(clause.column.text)' is not a factor of this experiment", at: clause.column.span,
        note: names.isEmpty ? "it varies nothing" : "its factors are \(names.joined(separator: ", "))",
        fix: nearestName(to: clause.column.text, in: names).map { "write '\($0)'" })
    }
    if clause.relation.isOrder, !factor.levels.allSatisfy({ decimal($0) != nil }) {
      throw Diagnostic(
        .expressionType, "the levels of '\(factor.name)' have no order", at: clause.span,
        note: "its levels are \(factor.levels.joined(separator: ", "))", fix: "compare with = or !=")
    }
    for literal in clause.literals where !literal.isColumn && !clause.relation.isOrder {
      let isLevel = factor.levels.contains { $0 == literal.text || literal.number.map(numberLabel) == $0 }
      guard !isLevel else { continue }
      throw Diagnostic(
        .unknownLevel, "'\(literal.text)' is not a level of '\(factor.name)'", at: literal.span,
        note: "its levels are \(factor.levels.joined(separator: ", "))",
        fix: nearestName(to: literal.text, in: factor.levels).map { "write '\($0)'" })
    }
  }

  private static func holds(_ condition: RowCondition, _ level: (String) -> Setting?) -> Bool {
    switch condition {
    case .and(let a, let b): return holds(a, level) && holds(b, level)
    case .or(let a, let b): return holds(a, level) || holds(b, level)
    case .clause(let clause):
      guard let value = level(clause.column.text) else { return false }
      return clause.literals.contains { literal in
        let other: Setting? = literal.isColumn ? level(literal.text) : nil
        let number = literal.isColumn ? other?.number : literal.number
        if let a = value.number, let b = number { return clause.relation.holds(a, b) }
        let same = value.label == (other?.label ?? literal.text)
        return clause.relation == .equal ? same : clause.relation == .notEqual && !same
      }
    }
  }
}
