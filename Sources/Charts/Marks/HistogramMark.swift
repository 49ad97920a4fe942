extension Mark where Self == HistogramMark {
  /// Bars from start to end of each bin, series over each other.
  package static var histogram: HistogramMark { HistogramMark() }
}

/// Bins as one outlined area for each series, from zero to each bin's value; several series lie over each
/// other, told apart by colour and by the dashes of the outline.
package struct HistogramMark: Mark {
  package var channels: MarkChannels { .span }
  package var startsAtZero: Bool { true }
  package var needsInset: Bool { false }

  package func draw(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle, on canvas: inout Canvas) {
    var (area, edge) = (PathText(), PathText())
    var outline: [Point] = []
    func finish() {
      guard !outline.isEmpty else { return }
      edge.polyline(outline)
      area.polyline(outline)
      area.close()
      outline = []
    }
    let bins = rows.filter { $0.isDrawn && ($0.value ?? 0) != panel.baseline }
      .sorted { ($0.start ?? 0) < ($1.start ?? 0) }
    var lastEnd: Double?
    for bin in bins {
      guard let start = bin.start, let end = bin.end, let value = bin.value else { continue }
      if let lastEnd, (start - lastEnd).magnitude > 1e-9 {
        outline.append(panel.point(lastEnd, panel.baseline))
        finish()
      }
      if outline.isEmpty { outline.append(panel.point(start, panel.baseline)) }
      outline += [panel.point(start, value), panel.point(end, value)]
      lastEnd = end
    }
    if let lastEnd { outline.append(panel.point(lastEnd, panel.baseline)) }
    finish()
    var walls = PathText()
    for bin in bins {
      guard let end = bin.end, let value = bin.value else { continue }
      walls.polyline([panel.point(end, panel.baseline), panel.point(end, value)])
    }
    canvas.path(area, "fill=\"currentColor\" fill-opacity=\".35\"")
    // Walls between bins only where no other series shows through them.
    if panel.seriesCount <= 1 { canvas.path(walls, "stroke=\"var(--surface)\" stroke-width=\"1\"") }
    canvas.path(edge, "stroke=\"currentColor\" stroke-width=\"1.8\" stroke-linejoin=\"round\"" + style.dash)
  }

  package func drawSymbol(in box: Box, style: SeriesStyle, on canvas: inout Canvas) {
    AreaMark().drawSymbol(in: box, style: style, on: &canvas)
  }

  package func obstacles(_ rows: [PlacedRow], in panel: Panel) -> [Point] {
    rows.flatMap { row -> [Point] in
      guard row.isDrawn, let start = row.start, let end = row.end, let value = row.value else { return [] }
      return [panel.point(start, value), panel.point((start + end) / 2, value), panel.point(end, value)]
    }
  }
}
