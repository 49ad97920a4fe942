import Diagnostics
import Experiments

/// A condition on named settings, or nil with its mistakes in the log.
///
/// - Parameters:
///   - columns: what it may speak of, with the labels of its levels; nil for any number.
///   - noun: what a column is and of what, as messages name it.
///   - isChecked: whether it may only name columns and levels there are.
package func parseCondition(
  _ text: String, at span: SourceSpan, columns: [(name: String, levels: [String]?)],
  named noun: (column: String, whole: String), isChecked: Bool = true, log: inout DiagnosticLog
) -> SettingCondition? {
  do throws(Diagnostic) {
    var parser = try ExpressionParser(ExpressionText(text, at: span))
    let condition = try parser.condition()
    try parser.finish()
    if isChecked { for clause in condition.clauses { try check(clause, columns, noun) } }
    return SettingCondition(condition)
  } catch {
    log.add(error)
    return nil
  }
}

private func check(
  _ clause: ConditionClause, _ columns: [(name: String, levels: [String]?)],
  _ noun: (column: String, whole: String)
) throws(Diagnostic) {
  func known(_ text: String, _ span: SourceSpan) throws(Diagnostic) -> (name: String, levels: [String]?) {
    if let column = columns.first(where: { $0.name == text }) { return column }
    let names = columns.map(\.name)
    throw Diagnostic(
      .unknownColumn, "'\(text)' is not a \(noun.column) of \(noun.whole)", at: span,
      note: names.isEmpty ? "it varies nothing" : "its \(noun.column)s are \(names.joined(separator: ", "))",
      fix: nearestName(to: text, in: names).map { "write '\($0)'" })
  }
  let column = try known(clause.column.text, clause.column.span)
  for literal in clause.literals where literal.isColumn { _ = try known(literal.text, literal.span) }
  guard let levels = column.levels else {
    for literal in clause.literals where !literal.isColumn && literal.number == nil {
      throw Diagnostic(
        .expressionType, "'\(column.name)' is a number, and '\(literal.text)' is not", at: literal.span)
    }
    return
  }
  if clause.relation.isOrder, !levels.allSatisfy({ decimal($0) != nil }) {
    throw Diagnostic(
      .expressionType, "the levels of '\(column.name)' have no order", at: clause.span,
      note: "its levels are \(levels.joined(separator: ", "))", fix: "compare with = or !=")
  }
  for literal in clause.literals where !literal.isColumn && !clause.relation.isOrder {
    let isLevel = levels.contains { $0 == literal.text || literal.number.map(numberLabel) == $0 }
    guard !isLevel else { continue }
    throw Diagnostic(
      .unknownLevel, "'\(literal.text)' is not a level of '\(column.name)'", at: literal.span,
      note: "its levels are \(levels.joined(separator: ", "))",
      fix: nearestName(to: literal.text, in: levels).map { "write '\($0)'" })
  }
}

extension SettingCondition {
  /// A condition as parsed, without its places.
  init(_ condition: RowCondition) {
    switch condition {
    case .and(let a, let b): self = .and(SettingCondition(a), SettingCondition(b))
    case .or(let a, let b): self = .or(SettingCondition(a), SettingCondition(b))
    case .clause(let clause):
      self = .comparison(
        name: clause.column.text, relation: clause.relation,
        operands: clause.literals.map { $0.isColumn ? .setting($0.text) : .literal($0.text, $0.number) })
    }
  }
}
