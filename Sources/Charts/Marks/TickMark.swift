extension Mark where Self == TickMark {
  /// A short stroke across the band at each value.
  package static var tick: TickMark { TickMark() }
}

/// A short stroke at each value, as wide as a bar would be: the median of a box, the middle of an interval.
package struct TickMark: Mark {
  /// Of the room a bar may fill.
  var length = 1.0
  var isInLegend = true

  package var channels: MarkChannels { .value }
  package var dodges: MarkDodge { .fully }
  package var hasSymbol: Bool { isInLegend }

  package func draw(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle, on canvas: inout Canvas) {
    let half = panel.dodge.barThickness * length / 2
    let offset = panel.offset(of: style)
    var text = PathText()
    for row in rows where row.isDrawn {
      guard let position = row.position, let value = row.value else { continue }
      text.polyline([
        panel.point(position, value, offset: offset - half),
        panel.point(position, value, offset: offset + half),
      ])
    }
    canvas.path(text, "stroke=\"currentColor\" stroke-width=\"2.6\"")
  }

  package func drawSymbol(in box: Box, style: SeriesStyle, on canvas: inout Canvas) {
    canvas.line(
      from: Point(x: box.midX, y: box.midY - 8), to: Point(x: box.midX, y: box.midY + 8),
      "stroke=\"currentColor\" stroke-width=\"2.6\"")
  }
}
