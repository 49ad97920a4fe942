import Claims
import Diagnostics
import Experiments
import Markup

/// A table block: a row a group, a column an expression.
package struct TableBlock: Sendable {
  package let name: String
  package let caption: String?
  /// The factors whose level combinations are the rows.
  package let rows: [String]
  package let columns: [(header: String, expression: Expression)]
  package let unit: [String]
}

/// A chart block in Vega-Lite's words.
package struct ChartBlock: Sendable {
  package enum Mark: String, Sendable, CaseIterable { case line, point, bar }

  package struct Axis: Sendable {
    /// The column of the x axis; empty for y, which is an expression.
    package let field: String
    package let title: String?
    package let isLogarithmic: Bool
  }

  package let name: String
  package let caption: String?
  package let mark: Mark
  package let x: Axis
  package let y: Axis
  package let value: Expression
  package let color: String?
  package let facet: String?
  /// A labelled horizontal line at this value.
  package let reference: Double?
  package let unit: [String]
}

/// Reading of table and chart blocks.
struct ViewReading {
  let scope: ExpressionScope
  /// The units of blocks that name none.
  let unit: [String]
  /// The measure each tuned experiment selects by: `tuning.MEASURE` is its selected score.
  let selectingMeasures: [String: String]

  func table(_ block: StudyBlock, _ node: YAMLNode, log: inout DiagnosticLog) -> TableBlock? {
    let keys = ["caption", "from", "where", "rows", "columns", "unit"]
    guard let reader = KeyReader(node, subject: "a table", known: keys, log: &log),
      let from = source(reader, &log)
    else { return nil }
    let rows = reader.required("rows", example: "[method]", log: &log)?.texts("rows", log: &log)
    guard let columnsNode = reader.required("columns", example: "[accuracy]", log: &log) else { return nil }
    var columns: [(header: String, expression: Expression)] = []
    if case .mapping(let entries, _) = columnsNode {
      columns = entries.compactMap { column($0.key.text, $0.value, from, &log) }
    } else if case .sequence(let items, _) = columnsNode {
      for item in items {
        if case .mapping(let entries, _) = item {
          columns += entries.compactMap { column($0.key.text, $0.value, from, &log) }
        } else if let scalar = item.scalar, let column = column(scalar.text, item, from, &log) {
          columns.append(column)
        }
      }
    } else {
      log.error(
        .wrongType, "'columns' must be a list or a map, not \(columnsNode.kindName)", at: columnsNode.span)
    }
    guard let rows, !columns.isEmpty else { return nil }
    let tables = columns.flatMap { $0.expression.tables }
    for row in rows { checkGroup(row, tables, &log) }
    return TableBlock(
      name: block.name, caption: reader("caption")?.text("caption", log: &log)?.text, rows: rows.map(\.text),
      columns: columns, unit: units(reader, tables, &log))
  }

  func chart(_ block: StudyBlock, _ node: YAMLNode, log: inout DiagnosticLog) -> ChartBlock? {
    let keys = ["caption", "from", "where", "mark", "x", "y", "color", "facet", "band", "reference", "unit"]
    guard let reader = KeyReader(node, subject: "a chart", known: keys, log: &log),
      let from = source(reader, &log)
    else { return nil }
    let mark = self.mark(reader, &log)
    if let band = reader("band"), band.scalar?.text != "95%" {
      log.error(
        .outOfRange, "'band' must be 95%", at: band.span,
        note: "every estimate is shown with its 95 % interval")
    }
    guard let xNode = reader.required("x", example: "session", log: &log),
      let x = self.axis(xNode, "x", &log), let yNode = reader.required("y", example: "accuracy", log: &log),
      let y = self.axis(yNode, "y", &log)
    else { return nil }
    guard let value = column("y", y.node, from, &log)?.expression, let mark else { return nil }
    let groups = [
      x.node.scalar, reader("color")?.text("color", log: &log), reader("facet")?.text("facet", log: &log),
    ]
    for group in groups.compactMap({ $0 }) { checkGroup(group, value.tables, &log) }
    var reference: Double?
    if let node = reader("reference") {
      reference = node.scalar.flatMap { ScalarReading.number($0.text) }
      if reference == nil {
        log.error(.wrongType, "'reference' must be a number, not \(node.kindName)", at: node.span)
      }
    }
    return ChartBlock(
      name: block.name, caption: reader("caption")?.text("caption", log: &log)?.text, mark: mark,
      x: ChartBlock.Axis(field: x.node.scalar?.text ?? "", title: x.title, isLogarithmic: x.isLogarithmic),
      y: ChartBlock.Axis(field: "", title: y.title ?? y.node.scalar?.text, isLogarithmic: y.isLogarithmic),
      value: value,
      color: groups[1]?.text, facet: groups[2]?.text, reference: reference,
      unit: units(reader, value.tables, &log))
  }

  private func mark(_ reader: KeyReader, _ log: inout DiagnosticLog) -> ChartBlock.Mark? {
    guard let scalar = reader.required("mark", example: "line", log: &log)?.text("mark", log: &log) else {
      return nil
    }
    if let mark = ChartBlock.Mark(rawValue: scalar.text) { return mark }
    let names = ChartBlock.Mark.allCases.map(\.rawValue)
    log.error(
      .outOfRange, "unknown mark '\(scalar.text)'", at: scalar.span,
      note: "built so far: \(names.joined(separator: ", "))",
      fix: nearestName(to: scalar.text, in: names).map { "write '\($0)'" })
    return nil
  }

  /// `x: session` or `x: {field: tune.trials, scale: log, title: Trials}`.
  private func axis(
    _ node: YAMLNode, _ key: String, _ log: inout DiagnosticLog
  ) -> (node: YAMLNode, title: String?, isLogarithmic: Bool)? {
    if node.scalar != nil { return (node, nil, false) }
    guard let reader = KeyReader(node, subject: "'\(key)'", known: ["field", "scale", "title"], log: &log),
      let field = reader.required("field", example: "accuracy", log: &log)
    else { return nil }
    let scale = reader("scale")?.text("scale", log: &log)
    if let scale, !["linear", "log"].contains(scale.text) {
      log.error(.outOfRange, "'scale' cannot be '\(scale.text)'", at: scale.span, note: "it is linear or log")
    }
    return (field, reader("title")?.text("title", log: &log)?.text, scale?.text == "log")
  }

  /// The table that bare column names are columns of, and the condition on its rows.
  private struct Source {
    /// Nil where the block has no `from`: every column is an expression.
    let table: String?
    /// ` where …`, or empty.
    let condition: String
  }

  /// `from: honest` or `from: honest.steps`, with its `where` condition as text; nil after a mistake.
  private func source(_ reader: KeyReader, _ log: inout DiagnosticLog) -> Source? {
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
    if let condition, let schema = scope.schema(from.text),
      let column = schema.columns.first(where: \.isNumeric)
    {
      // Read once by itself, so that a mistake in it is reported at its place and not once a column.
      let probe = Expression.parse(
        "count(\(from.text).\(column.name) where \(condition.text))", at: condition.span, log: &log)
      guard let probe, probe.check(scope, log: &log) else { return nil }
    }
    return Source(table: from.text, condition: condition.map { " where \($0.text)" } ?? "")
  }

  /// An expression as written, or a bare column of `from` as its mean.
  private func column(
    _ header: String, _ node: YAMLNode, _ from: Source, _ log: inout DiagnosticLog
  ) -> (header: String, expression: Expression)? {
    guard let scalar = node.text(header, log: &log) else { return nil }
    let isColumn = scalar.text.unicodeScalars.allSatisfy {
      $0 == "-" || $0 == "." || $0.properties.isAlphabetic || ("0"..."9").contains($0)
    }
    var text = scalar.text
    if isColumn, let table = from.table, let schema = scope.schema(table) {
      let name = selectingMeasures[table].map { "tuning.\($0)" } == text ? "tuning-score" : text
      guard let column = schema.column(name), column.isNumeric else {
        let names =
          schema.columns.filter(\.isNumeric).map(\.name)
          + (selectingMeasures[table].map { ["tuning.\($0)"] } ?? [])
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
  private func checkGroup(_ group: YAMLScalar, _ tables: [String], _ log: inout DiagnosticLog) {
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

  private func units(_ reader: KeyReader, _ tables: [String], _ log: inout DiagnosticLog) -> [String] {
    guard let names = reader("unit")?.texts("unit", log: &log) else {
      return unit.filter { name in tables.contains { scope.schema($0)?.column(name) != nil } }
    }
    for name in names { checkGroup(name, tables, &log) }
    return names.map(\.text)
  }
}
