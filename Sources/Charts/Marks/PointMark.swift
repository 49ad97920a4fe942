extension Mark where Self == PointMark {
  /// A marker at each value.
  package static var point: PointMark { PointMark() }
}

/// A marker at each row, its shape the series'.
package struct PointMark: Mark {
  package var channels: MarkChannels { .value }

  package func draw(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle, on canvas: inout Canvas) {
    let offset = panel.offset(of: style)
    var text = PathText()
    for row in rows where row.isDrawn {
      guard let position = row.position, let value = row.value else { continue }
      text.move(panel.point(position, value, offset: offset))
      text.append(style.marker.outline)
    }
    canvas.path(text, "fill=\"currentColor\"")
  }

  package func drawSymbol(in box: Box, style: SeriesStyle, on canvas: inout Canvas) {
    var text = PathText()
    text.move(Point(x: box.midX, y: box.midY))
    text.append(style.marker.outline)
    canvas.path(text, "fill=\"currentColor\"")
  }
}
