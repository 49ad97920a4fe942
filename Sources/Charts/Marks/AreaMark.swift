extension Mark where Self == AreaMark {
  /// The area between zero and each series' line.
  package static var area: AreaMark { AreaMark() }
}

/// A translucent area from zero (on a log scale from the axis) to the values, with the line on its edge; it
/// breaks where a value is missing. Series lie over each other, none is stacked on another.
package struct AreaMark: Mark {
  package var channels: MarkChannels { .value }
  package var startsAtZero: Bool { true }
  package var needsInset: Bool { false }
  package var labelsLineEnd: Bool { true }

  package func draw(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle, on canvas: inout Canvas) {
    for rows in rows.byDetail {
      let runs = rows.runs { row -> (position: Double, value: Double)? in
        guard let position = row.position, let value = row.value, row.isDrawn else { return nil }
        return (position, value)
      }
      var text = PathText()
      for run in runs {
        guard let first = run.first, let last = run.last else { continue }
        text.polyline(
          [panel.point(first.position, panel.baseline)]
            + Polyline.simplified(run.map { panel.point($0.position, $0.value) })
            + [panel.point(last.position, panel.baseline)])
        text.close()
      }
      canvas.path(text, "fill=\"currentColor\" fill-opacity=\".22\"")
    }
    LineMark().draw(rows, in: panel, style: style, on: &canvas)
  }

  package func drawSymbol(in box: Box, style: SeriesStyle, on canvas: inout Canvas) {
    BandMark().drawSymbol(in: box, style: style, on: &canvas)
    canvas.line(
      from: Point(x: box.x, y: box.midY - 7), to: Point(x: box.maxX, y: box.midY - 7),
      "stroke=\"currentColor\" stroke-width=\"2\"" + style.dash)
  }

  package func obstacles(_ rows: [PlacedRow], in panel: Panel) -> [Point] {
    LineMark().obstacles(rows, in: panel)
  }
}
