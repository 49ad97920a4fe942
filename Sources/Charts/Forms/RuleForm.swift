extension ChartForm {
  /// Lines across the plot.
  static let rule = ChartForm(
    "rule", "a line across the plot at each estimate, with the group's name; give x or y", needs: [],
    takes: [.x, .y, .color, .text]
  ) { input, chart in
    if input.rows.allSatisfy({ $0.x == nil }), chart.x.title.isEmpty { chart.x.isHidden = true }
    if input.rows.allSatisfy({ $0.y == nil }), chart.y.title.isEmpty { chart.y.isHidden = true }
    chart.layers.append(ChartLayer(.rule, input.rows))
  }
}
