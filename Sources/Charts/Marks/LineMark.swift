extension Mark where Self == LineMark {
  /// Values joined in the order of their positions.
  package static var line: LineMark { LineMark() }
}

/// A line through each series; it breaks where a value is missing.
package struct LineMark: Mark {
  package var channels: MarkChannels { .value }
  package var labelsLineEnd: Bool { true }
  package var needsInset: Bool { false }

  package func draw(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle, on canvas: inout Canvas) {
    var text = PathText()
    for run in Self.runs(rows, in: panel, style: style) {
      if run.count == 1 {
        // A value alone between gaps is a dot, of the line's round ends.
        text.polyline([run[0], run[0]])
      } else {
        text.polyline(Polyline.simplified(run))
      }
    }
    canvas.path(text, Self.stroke(style))
  }

  package func drawSymbol(in box: Box, style: SeriesStyle, on canvas: inout Canvas) {
    canvas.line(
      from: Point(x: box.x, y: box.midY), to: Point(x: box.maxX, y: box.midY), Self.stroke(style))
  }

  package func obstacles(_ rows: [PlacedRow], in panel: Panel) -> [Point] {
    let solid = SeriesStyle(index: nil)
    return Self.runs(rows, in: panel, style: solid).flatMap { Polyline.sampled($0, every: 8) }
  }

  private static func stroke(_ style: SeriesStyle) -> String {
    "stroke=\"currentColor\" stroke-width=\"2\" stroke-linecap=\"round\" stroke-linejoin=\"round\""
      + style.dash
  }

  private static func runs(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle) -> [[Point]] {
    let offset = panel.offset(of: style)
    return rows.runs { row in
      guard let position = row.position, let value = row.value, row.isDrawn else { return nil }
      return panel.point(position, value, offset: offset)
    }
  }
}

extension [PlacedRow] {
  /// The rows in order of position, split where `place` gives nil.
  func runs<Place>(_ place: (PlacedRow) -> Place?) -> [[Place]] {
    var runs: [[Place]] = [[]]
    let placeable = filter { $0.position != nil }.enumerated()
      .sorted { ($0.element.position ?? 0, $0.offset) < ($1.element.position ?? 0, $1.offset) }
    for (_, row) in placeable {
      if let place = place(row) {
        runs[runs.count - 1].append(place)
      } else if runs[runs.count - 1].isEmpty == false {
        runs.append([])
      }
    }
    return runs.filter { !$0.isEmpty }
  }
}
