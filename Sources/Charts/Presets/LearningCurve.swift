extension ChartForm {
  /// A measure while training.
  static let learningCurve = ChartForm(
    "learning-curve", "a measure along the steps of training, with a band for its interval", needs: [.x, .y]
  ) { input, chart in
    if input.showsIntervals { chart.layers.append(ChartLayer(.band, input.rows)) }
    chart.layers.append(ChartLayer(.line, input.rows))
  }
}
