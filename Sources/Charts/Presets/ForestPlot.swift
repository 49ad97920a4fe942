extension ChartForm {
  /// Estimates below each other.
  static let forestPlot = ChartForm(
    "forest-plot", "estimates with their intervals below each other, against a line of no effect",
    needs: [.x, .y],
    takes: [.color, .shape], isBanded: true
  ) { input, chart in
    let hasReference = chart.layers.contains { $0.mark is RuleMark }
    if !hasReference { chart.layers.append(ChartLayer(.rule, [ChartRow(x: 0)])) }
    chart.layers += [
      ChartLayer(ErrorBarMark(width: 2), input.rows), ChartLayer(PointMark(scale: 1.2), input.rows),
    ]
    let lines = Set(input.rows.compactMap(\.y)).count
    chart.height = max(Double(lines) * 38, 90)
  }
}
