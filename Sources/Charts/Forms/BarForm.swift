extension ChartForm {
  /// Bars from zero with error bars.
  static let bar = ChartForm(
    "bar", "a bar from zero to each estimate, with its interval; colours stand side by side",
    needs: [.x, .y],
    takes: [.color], isBanded: true
  ) { input, chart in
    chart.layers.append(ChartLayer(.bar, input.rows))
    if input.showsIntervals { chart.layers.append(ChartLayer(.errorBar, input.rows)) }
  }
}
