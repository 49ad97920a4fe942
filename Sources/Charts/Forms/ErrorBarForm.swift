extension ChartForm {
  /// Intervals alone, as strokes.
  static let errorBar = ChartForm(
    "error-bar", "a stroke between the ends of each interval", needs: [.x, .y]
  ) {
    $1.layers.append(ChartLayer(.errorBar, $0.rows))
  }
}
