extension ChartForm {
  /// Pictures along a sequence.
  static let filmStrip = ChartForm(
    "film-strip", "a small picture for each facet: cells of x and y, shaded by color, without axes",
    needs: [.x, .y, .color], takes: [], isBanded: true, shadesCells: true
  ) { input, chart in
    let rows = input.rows.map { row in
      var row = row
      row.label = ""
      return row
    }
    let frames = Set(rows.map { [$0.facet, $0.row] }).count
    let (across, down) = (Set(rows.compactMap(\.x)).count, Set(rows.compactMap(\.y)).count)
    (chart.x.isHidden, chart.y.isHidden) = (true, true)
    let facets = Set(rows.map(\.facet)).count
    let columns = chart.row.title.isEmpty ? min(max(frames, 1), 6) : max(facets, 1)
    if chart.row.title.isEmpty { chart.panelColumns = columns }
    // Cells are about square.
    let side = (chart.width - 26 * Double(columns - 1)) / Double(columns)
    let ratio = min(max(Double(down) / Double(max(across, 1)), 0.2), 3)
    chart.height = side * ratio / (columns == 1 ? 1 : columns == 2 ? 0.8 : 0.65)
    chart.layers.append(ChartLayer(.rect, rows))
  }
}
