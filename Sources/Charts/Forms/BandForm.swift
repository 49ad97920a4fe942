extension ChartForm {
  /// Intervals alone, as an area.
  static let band = ChartForm("band", "the area between the ends of the intervals", needs: [.x, .y]) {
    $1.layers.append(ChartLayer(BandMark(hasEdges: true), $0.rows))
  }
}
