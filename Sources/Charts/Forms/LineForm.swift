extension ChartForm {
  /// Lines through estimates, with bands or bars for intervals.
  static let line = ChartForm(
    "line", "estimates joined along x: a band shows the interval of a curve, bars that of a few points",
    needs: [.x, .y]
  ) { input, chart in
    // A band needs a curve; a few points show their intervals better as bars.
    let isCurve = input.isCurve(chart.positionPath)
    if input.showsIntervals {
      chart.layers.append(ChartLayer(isCurve ? BandMark() : ErrorBarMark() as any Mark, input.rows))
    }
    chart.layers.append(ChartLayer(.line, input.rows))
    if !isCurve { chart.layers.append(ChartLayer(.point, input.rows)) }
  }
}
