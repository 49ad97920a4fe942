/// The records templates print tables from.
enum TableRecords {
  /// Columns and rows of a table; rows shorter than the widest are filled with empty cells.
  ///
  /// - Parameters:
  ///   - label: what the caption begins with, such as `Table 1`.
  ///   - grounds: what its cells rest on, where the page lists that.
  static func grid(
    _ view: TableView, label: String = "", grounds: TableGrounds? = nil
  ) -> [String: TemplateValue] {
    let width = view.rows.map(\.count).reduce(view.headers.count, max)
    let columns = (0..<width).map { column -> TemplateValue in
      let isNumeric =
        column >= view.rowHeaderCount
        && view.rows.contains { column < $0.count && $0[column].isNumeric }
      return .record([
        "text": .text(column < view.headers.count ? view.headers[column] : ""),
        "isNumeric": .flag(isNumeric), "rule": .markup(isNumeric ? "---:" : "---"),
      ])
    }
    var above: [String]?
    let rows = view.rows.map { row -> TemplateValue in
      let titles = row.prefix(view.rowHeaderCount).map(\.text)
      let repeated = above.map { commonPrefix(titles, $0) } ?? 0
      above = titles
      let cells = (0..<width).map { column in
        cell(
          column < row.count ? row[column] : TableView.Cell(text: "", isNumeric: false),
          isHeader: column < view.rowHeaderCount, isRepeat: column < min(repeated, titles.count - 1),
          grounds: grounds)
      }
      return .record(["cells": .list(cells)])
    }
    return [
      "label": .text(label), "caption": .text(view.caption), "columns": .list(columns), "rows": .list(rows),
    ]
  }

  private static func cell(
    _ cell: TableView.Cell, isHeader: Bool, isRepeat: Bool, grounds: TableGrounds?
  ) -> TemplateValue {
    .record([
      "ground": .markup(grounds?.place(of: cell.evidence) ?? ""),
      "text": .text(cell.text), "interval": .text(cell.interval), "evidence": .text(cell.evidence),
      "isNumeric": .flag(cell.isNumeric && !isHeader), "isHeader": .flag(isHeader),
      "isRepeat": .flag(isRepeat),
    ])
  }

  private static func commonPrefix(_ a: [String], _ b: [String]) -> Int {
    zip(a, b).prefix { $0 == $1 }.count
  }
}
