extension Mark where Self == BandMark {
  /// The area between lower and upper.
  package static var band: BandMark { BandMark() }
}

/// A translucent area between each series' lower and upper ends; it breaks where an interval is missing.
package struct BandMark: Mark {
  package var channels: MarkChannels { .interval }
  package var needsInset: Bool { false }

  package func draw(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle, on canvas: inout Canvas) {
    let offset = panel.offset(of: style)
    let runs = rows.runs { row -> (lower: Point, upper: Point)? in
      guard row.isDrawn, let position = row.position, let lower = row.lower, let upper = row.upper
      else { return nil }
      return (panel.point(position, lower, offset: offset), panel.point(position, upper, offset: offset))
    }
    var text = PathText()
    for run in runs {
      let upper = Polyline.simplified(run.map(\.upper))
      let lower = Polyline.simplified(run.map(\.lower))
      text.polyline(upper + lower.reversed())
      text.close()
    }
    canvas.path(text, "fill=\"currentColor\" fill-opacity=\".18\"")
  }

  package func drawSymbol(in box: Box, style: SeriesStyle, on canvas: inout Canvas) {
    var text = PathText()
    text.rectangle(Box(x: box.x, y: box.midY - 7, width: box.width, height: 14))
    canvas.path(text, "fill=\"currentColor\" fill-opacity=\".18\"")
  }
}
