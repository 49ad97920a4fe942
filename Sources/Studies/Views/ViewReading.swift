import Claims
import Diagnostics
import Experiments
import Markup
import Protocols

/// Reading of table and chart blocks: what both share.
struct ViewReading {
  let scope: ExpressionScope
  /// The units of blocks that name none.
  let unit: [String]
  /// The measure each tuned experiment selects by: `tuning.MEASURE` is its selected score.
  let selections: [String: Selection]
  /// The names of the study's claims, which a forest plot may show.
  let claims: [String]

  /// The table that bare column names are columns of, and the condition on its rows.
  struct Source {
    /// Nil where the block has no `from`: every column is an expression.
    let table: String?
    /// ` where …`, or empty.
    let condition: String
    /// Reads the rows that meet the condition; nil where there is none.
    var filter: Expression?
  }

  /// `from: honest` or `from: honest.steps`, with its `where` condition as text; nil after a mistake.
  func source(_ reader: KeyReader, _ log: inout DiagnosticLog) -> Source? {
    let condition = reader("where")?.text("where", log: &log)
    guard let from = reader("from")?.text("from", log: &log) else {
      if let condition {
        log.error(
          .missingKey, "'where' needs 'from'", at: condition.span,
          fix: "put the condition into the expression, such as 'mean(honest.accuracy where …)'")
      }
      return Source(table: nil, condition: "")
    }
    guard scope.schema(from.text) != nil else {
      log.error(
        .unknownBlockReference, "there is no experiment '\(from.text)' above", at: from.span,
        note: scope.names.isEmpty
          ? "the study has no experiment" : "there is \(scope.names.joined(separator: ", "))",
        fix: nearestName(to: from.text, in: scope.names).map { "write '\($0)'" })
      return nil
    }
    var filter: Expression?
    if let condition, let schema = scope.schema(from.text),
      let column = schema.columns.first(where: \.isNumeric)
    {
      // Read once by itself, so that a mistake in it is reported at its place and not once a column.
      let probe = Expression.parse(
        "count(\(from.text).\(column.name) where \(condition.text))", at: condition.span, log: &log)
      guard let probe, probe.check(scope, log: &log) else { return nil }
      filter = probe
    }
    return Source(table: from.text, condition: condition.map { " where \($0.text)" } ?? "", filter: filter)
  }

  /// Letters, digits, hyphens and dots: a column rather than an expression.
  static func isName(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy {
      $0 == "-" || $0 == "." || $0 == "_" || $0.properties.isAlphabetic || ("0"..."9").contains($0)
    }
  }

  /// An expression as written, or a bare column of `from` as its mean.
  func column(
    _ header: String, _ node: YAMLNode, _ from: Source, _ log: inout DiagnosticLog
  ) -> (header: String, expression: Expression)? {
    guard let scalar = node.text(header, log: &log) else { return nil }
    let isColumn = Self.isName(scalar.text)
    var text = scalar.text
    if isColumn, let table = from.table, let schema = scope.schema(table) {
      let name = selections[table].map { "tuning.\($0.column)" } == text ? "tuning-score" : text
      guard let column = schema.column(name), column.isNumeric else {
        let names =
          schema.columns.filter(\.isNumeric).map(\.name)
          + (selections[table].map { ["tuning.\($0.column)"] } ?? [])
        log.error(
          .unknownColumn, "'\(table)' has no numeric column '\(text)'", at: scalar.span,
          note: "it has \(names.joined(separator: ", "))",
          fix: nearestName(to: text, in: names).map { "write '\($0)'" })
        return nil
      }
      text = "mean(\(table).\(name)\(from.condition))"
    }
    guard let expression = Expression.parse(text, at: scalar.span, log: &log),
      expression.check(scope, log: &log)
    else { return nil }
    return (header, expression)
  }

  /// A grouping column must be a column of some table in the expressions.
  func checkGroup(_ group: YAMLScalar, _ tables: [String], _ log: inout DiagnosticLog) {
    let schemas = tables.compactMap(scope.schema)
    guard !schemas.contains(where: { $0.column(group.text) != nil }) else { return }
    var names: [String] = []
    for column in schemas.flatMap(\.columns) where column.role == .factor && !names.contains(column.name) {
      names.append(column.name)
    }
    log.error(
      .unknownColumn, "unknown column '\(group.text)'", at: group.span,
      note: names.isEmpty
        ? "the experiment varies nothing" : "it can be grouped by \(names.joined(separator: ", "))",
      fix: nearestName(to: group.text, in: names).map { "write '\($0)'" })
  }

  func units(_ reader: KeyReader, _ tables: [String], _ log: inout DiagnosticLog) -> [String] {
    guard let names = reader("unit")?.texts("unit", log: &log) else {
      return unit.filter { name in tables.contains { scope.schema($0)?.column(name) != nil } }
    }
    for name in names { checkGroup(name, tables, &log) }
    return names.map(\.text)
  }
}
