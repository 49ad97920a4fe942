extension ChartForm {
  /// Lines across the plot.
  static let rule = ChartForm(
    "rule", "a line across the plot at each estimate, with the group's name; give x or y", needs: [],
    takes: [.x, .y, .color, .text]
  ) {
    $1.layers.append(ChartLayer(.rule, $0.rows))
  }
}
