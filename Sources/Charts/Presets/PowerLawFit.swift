extension ChartForm {
  /// A power law and where it was fitted.
  static let powerLawFit = ChartForm(
    "power-law-fit", "points on two log axes with the power law fitted within a window, dashed beyond it",
    needs: [.x, .y], takes: [.color]
  ) { input, chart in
    if case .linear = chart.x.scale { chart.x.scale = .log() }
    if case .linear = chart.y.scale { chart.y.scale = .log() }
    if let window = input.fitWindow {
      chart.layers.append(
        ChartLayer(
          .rule,
          [
            ChartRow(x: .number(window.lowerBound), label: "fitted from"),
            ChartRow(x: .number(window.upperBound), label: "to"),
          ]))
    }
    let points = input.showsIntervals && input.rows.contains { !$0.lower.isNaN }
    if points { chart.layers.append(ChartLayer(.errorBar, input.rows)) }
    chart.layers.append(ChartLayer(.point, input.rows))
    chart.appendFit(input, extrapolates: true)
  }
}
