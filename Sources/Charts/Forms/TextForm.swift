extension ChartForm {
  /// Words at places.
  static let text = ChartForm(
    "text", "a small point at each estimate with words beside it, where there is room",
    needs: [.x, .y, .text], takes: [.color]
  ) {
    $1.layers += [ChartLayer(PointMark(scale: 0.7, isInLegend: false), $0.rows), ChartLayer(.text, $0.rows)]
  }
}
