/// What the cells of a table rest on, each ground once with the cells it holds for.
///
/// Where a ground holds for whole rows or whole columns these are named instead of their cells, and none
/// where it holds for the whole table.
struct TableGrounds {
  private let view: TableView
  private let anchor: String
  private var order: [String] = []
  private var cells: [String: [(row: Int, column: Int)]] = [:]

  /// - Parameter anchor: the table's id.
  init(_ view: TableView, anchor: String) {
    self.view = view
    self.anchor = anchor
    for (row, cells) in view.rows.enumerated() {
      for (column, cell) in cells.enumerated() where column >= view.rowHeaderCount {
        guard let evidence = cell.evidence, !evidence.isEmpty else { continue }
        if self.cells[evidence] == nil { order.append(evidence) }
        self.cells[evidence, default: []].append((row, column))
      }
    }
  }

  /// One record a ground, in the order the table shows them.
  var records: [TemplateValue] {
    order.enumerated().map { index, evidence in
      .record([
        "ground": .markup(place(index)),
        "evidence": .text(evidence), "places": .text(places(cells[evidence]!).joined(separator: "; ")),
      ])
    }
  }

  /// The id of the ground that a cell's evidence is; nil where it has none.
  func place(of evidence: String?) -> String? {
    guard let evidence, let index = order.firstIndex(of: evidence) else { return nil }
    return place(index)
  }

  /// No other id of a page holds a full stop between a block's and a number.
  private func place(_ index: Int) -> String { "\(anchor).\(index + 1)" }

  private func places(_ found: [(row: Int, column: Int)]) -> [String] {
    if found.count == view.rows.map({ $0.count - view.rowHeaderCount }).reduce(0, +) { return [] }
    let rows = view.rows.indices.filter { row in found.contains { $0.row == row } }
    let wholeRows = rows.map { view.rows[$0].count - view.rowHeaderCount }.reduce(0, +)
    if wholeRows == found.count { return rows.map { rowName($0).joined(separator: ", ") } }
    let columns = view.headers.indices.filter { column in found.contains { $0.column == column } }
    if columns.count * view.rows.count == found.count { return columns.map { view.headers[$0] } }
    return found.map { cell in
      let header = view.headers.indices.contains(cell.column) ? [view.headers[cell.column]] : []
      return (rowName(cell.row) + header).joined(separator: ", ")
    }
  }

  private func rowName(_ row: Int) -> [String] {
    view.rows[row].prefix(view.rowHeaderCount).map(\.text)
  }
}
