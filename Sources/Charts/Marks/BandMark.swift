extension Mark where Self == BandMark {
  /// The area between lower and upper.
  package static var band: BandMark { BandMark() }
}

/// A translucent area between each line's lower and upper ends; it breaks where an interval is missing.
package struct BandMark: Mark {
  /// From one position to the next the ends stay, then jump.
  var isStepped = false
  /// Lines along both ends, dashed as the series is.
  var hasEdges = false

  package var channels: MarkChannels { .interval }
  package var needsInset: Bool { false }

  package func draw(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle, on canvas: inout Canvas) {
    let offset = panel.offset(of: style)
    let runs = rows.runs { row -> (lower: Point, upper: Point)? in
      guard row.isDrawn, let position = row.position, let lower = row.lower, let upper = row.upper
      else { return nil }
      return (panel.point(position, lower, offset: offset), panel.point(position, upper, offset: offset))
    }
    var (text, edge) = (PathText(), PathText())
    for run in runs {
      let (upper, lower) = (run.map(\.upper), run.map(\.lower))
      let edges = [upper, lower].map { Polyline.simplified(isStepped ? Polyline.stepped($0) : $0) }
      text.polyline(edges[0] + edges[1].reversed())
      text.close()
      for line in edges { edge.polyline(line) }
    }
    canvas.path(text, "fill=\"currentColor\" fill-opacity=\".18\"")
    if hasEdges { canvas.path(edge, "stroke=\"currentColor\" stroke-width=\"1.2\"" + style.dash) }
  }

  package func drawSymbol(in box: Box, style: SeriesStyle, on canvas: inout Canvas) {
    var text = PathText()
    text.rectangle(Box(x: box.x, y: box.midY - 7, width: box.width, height: 14))
    canvas.path(text, "fill=\"currentColor\" fill-opacity=\".18\"")
    guard hasEdges else { return }
    for y in [box.midY - 7, box.midY + 7] {
      canvas.line(
        from: Point(x: box.x, y: y), to: Point(x: box.maxX, y: y),
        "stroke=\"currentColor\" stroke-width=\"1.2\"" + style.dash)
    }
  }
}
