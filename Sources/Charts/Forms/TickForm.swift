extension ChartForm {
  /// Strokes across the band.
  static let tick = ChartForm(
    "tick", "a short stroke across the band at each estimate", needs: [.x, .y], takes: [.color],
    isBanded: true
  ) {
    $1.layers.append(ChartLayer(.tick, $0.rows))
  }
}
