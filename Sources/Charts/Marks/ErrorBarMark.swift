extension Mark where Self == ErrorBarMark {
  /// An interval from lower to upper.
  package static var errorBar: ErrorBarMark { ErrorBarMark() }
}

/// A stroke from lower to upper with caps at its ends; no cap where the axis cuts the interval.
package struct ErrorBarMark: Mark {
  var hasCaps = true
  var width = 1.6
  /// How far series are moved aside.
  package var dodges = MarkDodge.slightly

  package var channels: MarkChannels { .interval }

  package func draw(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle, on canvas: inout Canvas) {
    let offset = panel.offset(of: style)
    let cap = panel.dodge.step > 0 ? min(3.5, panel.dodge.step * 0.45) : 3.5
    var text = PathText()
    for row in rows where row.isDrawn {
      guard let position = row.position, let lower = row.lower, let upper = row.upper else { continue }
      text.segment(
        from: panel.point(position, lower, offset: offset), to: panel.point(position, upper, offset: offset))
      for (end, isCut) in [(lower, row.isLowerCut), (upper, row.isUpperCut)] where hasCaps && !isCut {
        text.segment(
          from: panel.point(position, end, offset: offset - cap),
          to: panel.point(position, end, offset: offset + cap))
      }
    }
    guard panel.hasBars else { return canvas.path(text, stroke("currentColor")) }
    // On a bar of its own colour an interval would vanish.
    canvas.path(text, "stroke=\"var(--surface)\" stroke-width=\"4.5\"")
    canvas.path(text, stroke("var(--ink)"))
  }

  package func drawSymbol(in box: Box, style: SeriesStyle, on canvas: inout Canvas) {
    var text = PathText()
    let (top, bottom) = (box.midY - 9, box.midY + 9)
    text.polyline([Point(x: box.midX, y: top), Point(x: box.midX, y: bottom)])
    for y in hasCaps ? [top, bottom] : [] {
      text.polyline([Point(x: box.midX - 3.5, y: y), Point(x: box.midX + 3.5, y: y)])
    }
    canvas.path(text, stroke("currentColor"))
  }

  private func stroke(_ color: String) -> String {
    "stroke=\"\(color)\" stroke-width=\"\(PathText.number(width))\""
  }
}
