extension ChartForm {
  /// Areas down to zero.
  static let area = ChartForm(
    "area", "the area between zero and the line through the estimates; colours lie over each other",
    needs: [.x, .y]
  ) { input, chart in
    chart.layers.append(ChartLayer(.area, input.rows))
    if input.showsIntervals, !input.isCurve(chart.positionPath) {
      chart.layers.append(ChartLayer(.errorBar, input.rows))
    }
  }
}
