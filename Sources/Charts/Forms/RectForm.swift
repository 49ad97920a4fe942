extension ChartForm {
  /// A heat map.
  static let rect = ChartForm(
    "rect", "a heat map: a cell for each pair of x and y, its shade the estimate in color",
    needs: [.x, .y, .color],
    takes: [], isBanded: true, shadesCells: true
  ) { input, chart in
    chart.layers.append(ChartLayer(.rect, input.rows))
    let lines = Set(input.rows.compactMap(\.y)).count
    chart.height = max(min(Double(lines) * 44, 440), 120)
  }
}
