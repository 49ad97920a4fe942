extension Mark where Self == PointMark {
  /// A marker at each value.
  package static var point: PointMark { PointMark() }
}

/// A marker at each row, its shape the series'; thousands of them become shaded cells.
package struct PointMark: Mark {
  /// Behind other marks.
  var isFaint = false
  /// Of the ordinary extent.
  var scale = 1.0
  var isInLegend = true
  /// A rim in the page's colour, on shaded cells.
  var hasRim = false

  package var channels: MarkChannels { .value }
  package var hasSymbol: Bool { isInLegend }

  package func draw(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle, on canvas: inout Canvas) {
    let offset = panel.offset(of: style)
    let points = rows.lazy.filter(\.isDrawn).compactMap { row -> (PlacedRow, Point)? in
      guard let position = row.position, let value = row.value else { return nil }
      return (row, panel.point(position, value, offset: offset))
    }
    let hasScales = rows.contains { $0.shade != nil || $0.scale != nil }
    if rows.count > PointCells.threshold, !hasScales {
      let cells = PointCells(points.map(\.1), in: panel.frame)
      canvas.thinning.cellPoints += rows.count
      canvas.thinning.cells += cells.cellCount
      return cells.draw(on: &canvas)
    }
    for (level, rows) in rows.byShade {
      var text = PathText()
      for row in rows where row.isDrawn {
        guard let position = row.position, let value = row.value else { continue }
        text.move(panel.point(position, value, offset: offset))
        text.append(style.marker.outline(scale: row.scale ?? scale))
      }
      // Sized points may cover each other.
      let isTranslucent = isFaint || rows.contains { $0.scale != nil }
      let opacity = isFaint ? " fill-opacity=\".4\"" : isTranslucent ? " fill-opacity=\".75\"" : ""
      let rim = hasRim ? " stroke=\"var(--surface)\" stroke-width=\"1.2\"" : ""
      canvas.shaded(level) { $0.path(text, "fill=\"currentColor\"" + opacity + rim) }
    }
  }

  package func drawSymbol(in box: Box, style: SeriesStyle, on canvas: inout Canvas) {
    drawSymbol(in: box, style: style, scale: scale, on: &canvas)
  }

  /// A marker of any extent in the middle of a box.
  func drawSymbol(in box: Box, style: SeriesStyle, scale: Double, on canvas: inout Canvas) {
    var text = PathText()
    text.move(Point(x: box.midX, y: box.midY))
    text.append(style.marker.outline(scale: scale))
    canvas.path(text, "fill=\"currentColor\"")
  }
}
