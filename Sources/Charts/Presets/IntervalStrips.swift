extension ChartForm {
  /// Intervals as bars with a stroke at the estimate (Agarwal et al., "Deep reinforcement learning at the edge
  /// of the statistical precipice", 2021).
  static let intervalStrips = ChartForm(
    "interval-strips", "intervals as bars with a stroke at the estimate, one below the other",
    needs: [.x, .y],
    takes: [.color], isBanded: true
  ) { input, chart in
    chart.layers += [
      ChartLayer(RangeMark(thickness: 0.8), input.rows), ChartLayer(TickMark(length: 0.8), input.rows),
    ]
    let lines = Set(input.rows.compactMap(\.y)).count
    chart.height = max(Double(lines) * 40, 90)
  }
}
