extension ChartForm {
  /// What changes from one condition to the next.
  static let slopeChart = ChartForm(
    "slope-chart", "how each colour's estimate changes from one category of x to the next",
    needs: [.x, .y, .color],
    takes: [], isBanded: true
  ) { input, chart in
    if case .category(let order) = chart.x.scale { chart.x.scale = .places(order: order) }
    if input.showsIntervals { chart.layers.append(ChartLayer(.errorBar, input.rows)) }
    chart.layers += [ChartLayer(.line, input.rows), ChartLayer(.point, input.rows)]
  }
}
