import Claims
import Diagnostics
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

extension ViewReading {
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
}
