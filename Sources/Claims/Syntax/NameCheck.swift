import Diagnostics
import Experiments
import Statistics

/// Resolution of tables, columns and levels.
extension ExpressionCheck {
  /// The table of a column reference, with column and condition checked, or nil and errors.
  ///
  /// - Parameter namesGroups: whether its values are only told apart.
  mutating func resolve(
    _ reference: ColumnReference, _ condition: RowCondition?, _ function: StatisticalFunction,
    namesGroups: Bool = false
  ) -> TableSchema? {
    guard let schema = table(of: reference) else { return nil }
    var isSound = true
    if let column = schema.column(reference.column.text) {
      let takesLabels =
        function.name == "count" || namesGroups
        || function.labels == .ordered && column.role == .factor && column.levels != nil
      if namesGroups, [.measure, .cost].contains(column.role) {
        let factors = schema.columns.filter { $0.role == .factor }.map(\.name)
        problems.error(
          .expressionType, "'\(column.name)' is an outcome and names no groups", at: reference.span,
          note: "'\(function.name)' groups by its first argument"
            + (factors.isEmpty ? "" : "; the factors of '\(schema.name)' are \(list(factors))"))
        isSound = false
      } else if !column.isNumeric && !takesLabels {
        problems.error(
          .expressionType, "'\(column.name)' holds labels, not numbers", at: reference.span,
          note: "its measures are \(list(schema.columns.filter { $0.role == .measure }.map(\.name)))"
        )
        isSound = false
      }
    } else {
      unknownColumn(reference.column, in: schema, schema.columns.map(\.name))
      isSound = false
    }
    for clause in condition?.clauses ?? [] where !check(clause, in: schema) { isSound = false }
    return isSound ? schema : nil
  }

  /// Whether a `per` key is a column of the table.
  mutating func check(_ key: Name, in schema: TableSchema) -> Bool {
    guard schema.column(key.text) == nil else { return true }
    unknownColumn(
      key, in: schema, schema.columns.filter { $0.role == .factor || $0.role == .unit }.map(\.name))
    return false
  }

  /// What an experiment must do to give a table.
  private static func remedy(_ table: String, of experiment: String) -> String? {
    if table.hasSuffix(".items") {
      return "let '\(experiment)' keep what is about items, such as 'keep: [predictions]'"
    }
    return table.hasSuffix(".edges")
      ? "let '\(experiment)' vary a factor whose levels are graphs, such as '{from: cell-nas, count: 20}'"
      : nil
  }

  private mutating func table(of reference: ColumnReference) -> TableSchema? {
    if let schema = scope.schema(reference.table) { return schema }
    let experiment = reference.experiment.text
    let names = scope.experiments
    if names.contains(experiment) {
      let tables = scope.names.filter { $0.hasPrefix("\(experiment).") }
      problems.error(
        .unknownColumn, "'\(experiment)' gives no table '\(reference.table)'", at: reference.span,
        note: "it gives \(list([experiment] + tables))",
        fix: Self.remedy(reference.table, of: experiment))
    } else {
      problems.error(
        .unknownBlockReference, "there is no experiment '\(experiment)' above", at: reference.experiment.span,
        note: names.isEmpty ? "the study has no experiment" : "there is \(list(names))",
        fix: nearestName(to: experiment, in: names).map { "write '\($0)'" })
    }
    return nil
  }

  private mutating func check(_ clause: ConditionClause, in schema: TableSchema) -> Bool {
    guard let column = schema.column(clause.column.text) else {
      unknownColumn(
        clause.column, in: schema,
        schema.columns.filter { $0.role != .measure && $0.role != .cost }.map(\.name))
      return false
    }
    if clause.relation.isOrder && !column.isNumeric {
      problems.error(
        .expressionType, "'\(column.name)' holds labels, which have no order", at: clause.span,
        fix: "compare with =, != or in [...]")
      return false
    }
    return clause.literals.reduce(true) { check($1, against: column, clause, in: schema) && $0 }
  }

  private mutating func check(
    _ literal: Literal, against column: TableSchema.Column, _ clause: ConditionClause, in schema: TableSchema
  ) -> Bool {
    if literal.isColumn {
      let name = Name(text: literal.text, span: literal.span)
      guard let other = schema.column(literal.text) else {
        unknownColumn(name, in: schema, schema.columns.map(\.name))
        return false
      }
      guard other.isNumeric == column.isNumeric else {
        problems.error(
          .expressionType, "'\(column.name)' and '\(other.name)' cannot be compared", at: clause.span,
          note: "one holds labels, the other numbers")
        return false
      }
      return true
    }
    if column.isNumeric && literal.value == nil {
      problems.error(
        .expressionType, "'\(column.name)' holds numbers, and '\(literal.text)' is none", at: literal.span,
        note: schema.column(literal.text) == nil
          ? nil : "a column on the right is written 'column(\(literal.text))'",
        fix: column.levels.flatMap { nearestName(to: literal.text, in: $0) }.map { "write '\($0)'" })
      return false
    }
    if !canHold(literal, column, clause) { return false }
    guard let levels = column.levels, !clause.relation.isOrder else { return true }
    if levels.contains(where: { literal.matches($0, isNumeric: column.isNumeric) }) { return true }
    problems.error(
      .unknownLevel, "'\(column.name)' has no level '\(literal.text)'", at: literal.span,
      note: "its levels are \(list(levels))",
      fix: nearestName(to: literal.text, in: levels).map { "write '\($0.contains(" ") ? "\"\($0)\"" : $0)'" })
    return false
  }

  /// Whether some value the column can take meets a comparison by order, or lies where the search looks.
  private mutating func canHold(
    _ literal: Literal, _ column: TableSchema.Column, _ clause: ConditionClause
  ) -> Bool {
    guard let value = literal.value else { return true }
    let isPossible: Bool
    let known: String
    if let levels = column.levels, clause.relation.isOrder {
      isPossible = levels.contains { decimal($0).map { clause.relation.holds($0, value) } ?? true }
      known = list(levels)
    } else if let bounds = column.bounds {
      let ends = [bounds.lowerBound, bounds.upperBound]
      isPossible =
        clause.relation == .equal
        ? bounds.contains(value)
        : clause.relation == .notEqual || ends.contains { clause.relation.holds($0, value) }
      known = ends.map(numberLabel).joined(separator: " .. ")
    } else {
      return true
    }
    guard !isPossible else { return true }
    problems.error(
      .unknownLevel, "no value of '\(column.name)' is \(clause.relation.rawValue) \(literal.text)",
      at: clause.span,
      note: "it takes \(known)")
    return false
  }

  private mutating func unknownColumn(_ name: Name, in schema: TableSchema, _ names: [String]) {
    let isDifference =
      name.text.firstIndex(of: "-").map { schema.column(String(name.text[..<$0])) != nil } ?? false
    problems.error(
      .unknownColumn, "'\(schema.name)' has no column '\(name.text)'", at: name.span,
      note: isDifference ? "minus between two values needs a space on both sides" : "it has \(list(names))",
      fix: isDifference ? nil : nearestName(to: name.text, in: names).map { "write '\($0)'" })
  }

  /// At most twelve names, so that generated levels do not flood the message.
  private func list(_ names: [String]) -> String {
    guard !names.isEmpty else { return "none" }
    let rest = names.count - 12
    return names.prefix(12).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}

extension Literal {
  /// The number it stands for, quoted or not.
  var value: Double? { number ?? decimal(text) }

  /// Whether it names a level: by number in a numeric column, else by text.
  func matches(_ level: String, isNumeric: Bool) -> Bool {
    if text == level { return true }
    guard isNumeric, let value, let other = decimal(level) else { return false }
    return value == other
  }
}
