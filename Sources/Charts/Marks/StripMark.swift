extension Mark where Self == StripMark {
  /// Every value as a small point in its band.
  package static var strip: StripMark { StripMark() }
}

/// Small points spread over the band by a low-discrepancy sequence (van der Corput, 1935), so that equal values
/// stay visible; the place across the band means nothing. Thousands become shaded cells.
package struct StripMark: Mark {
  /// Of the room a bar may fill.
  var spread = 0.7

  package var channels: MarkChannels { .value }
  package var dodges: MarkDodge { .fully }

  package func draw(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle, on canvas: inout Canvas) {
    let offset = panel.offset(of: style)
    let room = panel.dodge.barThickness * spread
    let points = rows.filter(\.isDrawn).enumerated().compactMap { index, row -> Point? in
      guard let position = row.position, let value = row.value else { return nil }
      return panel.point(position, value, offset: offset + (Self.fraction(index) - 0.5) * room)
    }
    if points.count > PointCells.threshold {
      let cells = PointCells(points, in: panel.frame)
      canvas.thinning.cellPoints += points.count
      canvas.thinning.cells += cells.cellCount
      return cells.draw(on: &canvas)
    }
    var text = PathText()
    for point in points {
      text.move(point)
      text.append(style.marker.outline(scale: 0.75))
    }
    canvas.path(text, "fill=\"currentColor\" fill-opacity=\".55\"")
  }

  package func drawSymbol(in box: Box, style: SeriesStyle, on canvas: inout Canvas) {
    PointMark().drawSymbol(in: box, style: style, scale: 0.9, on: &canvas)
  }

  /// The bits of `index` mirrored at the point: 0.5, 0.25, 0.75, ….
  private static func fraction(_ index: Int) -> Double {
    var (value, unit, rest) = (0.0, 0.5, index + 1)
    while rest > 0 {
      if rest & 1 == 1 { value += unit }
      unit /= 2
      rest >>= 1
    }
    return value
  }
}
