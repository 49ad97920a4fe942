extension ChartForm {
  /// Words at places.
  static let text = ChartForm(
    "text", "words beside each estimate, where there is room", needs: [.x, .y, .text], takes: [.color]
  ) {
    $1.layers.append(ChartLayer(.text, $0.rows))
  }
}
