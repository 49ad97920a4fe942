extension ChartForm {
  /// Where each detail went, such as from before a treatment to after it.
  static let arrow = ChartForm(
    "arrow", "arrows through each detail's rows in the order of the table, from one to the next",
    reading: .values, needs: [.x, .y], takes: [.color, .detail]
  ) { input, chart in
    chart.layers.append(ChartLayer(.arrow, input.rows))
  }
}
