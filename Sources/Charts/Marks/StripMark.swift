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
    var points: [Point] = []
    points.reserveCapacity(rows.count)
    for row in rows where row.isDrawn {
      guard let position = row.position, let value = row.value else { continue }
      let place = offset + (Self.fraction(points.count) - 0.5) * room
      points.append(panel.point(position, value, offset: place))
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
    let bits = UInt64(index + 1)
    var mirrored = bits.byteSwapped
    mirrored = mirrored >> 4 & 0x0F0F_0F0F_0F0F_0F0F | (mirrored & 0x0F0F_0F0F_0F0F_0F0F) << 4
    mirrored = mirrored >> 2 & 0x3333_3333_3333_3333 | (mirrored & 0x3333_3333_3333_3333) << 2
    mirrored = mirrored >> 1 & 0x5555_5555_5555_5555 | (mirrored & 0x5555_5555_5555_5555) << 1
    return Double(mirrored >> 11) * 0x1p-53
  }
}
