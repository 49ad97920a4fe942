extension ChartForm {
  /// Points with error bars.
  static let point = ChartForm(
    "point", "a point at each estimate, with its interval; thousands become cells shaded by their number",
    needs: [.x, .y], takes: [.color, .shape, .size, .detail]
  ) { input, chart in
    if input.showsIntervals, input.rows.contains(where: { !$0.lower.isNaN }) {
      chart.layers.append(ChartLayer(.errorBar, input.rows))
    }
    chart.layers.append(ChartLayer(.point, input.rows))
  }
}
