extension Mark where Self == LineMark {
  /// Values joined in the order of their positions.
  package static var line: LineMark { LineMark() }
  /// Values that hold until the next position.
  package static var step: LineMark { LineMark(form: .steps) }
}

/// A line through each series and each of its details; it breaks where a value is missing.
package struct LineMark: Mark {
  /// How points are joined.
  enum Form: Sendable {
    /// Straight, in the order of positions.
    case straight
    /// Each value holds until the next position.
    case steps
    /// Straight, in the order of the rows.
    case path
  }

  var form = Form.straight
  /// Dashed whatever the series: beyond the data, or a reference.
  var isDashed = false
  var width = 2.0
  var opacity = 1.0
  /// Names of series may stand at the lines' ends.
  var isLabelled = true

  package var channels: MarkChannels { .value }
  package var labelsLineEnd: Bool { isLabelled }
  package var needsInset: Bool { false }
  package var shadesLines: Bool { true }

  package func draw(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle, on canvas: inout Canvas) {
    for (level, rows) in rows.byShade {
      var text = PathText()
      for run in runs(rows, in: panel, style: style) {
        if run.count == 1 {
          // A value alone between gaps is a dot, of the line's round ends.
          text.polyline([run[0], run[0]])
        } else {
          if run.count > Polyline.threshold, form != .path { canvas.thinning.linePoints += run.count }
          text.polyline(form == .path ? run : Polyline.simplified(run))
        }
      }
      canvas.shaded(level) { $0.path(text, stroke(style)) }
    }
  }

  package func drawSymbol(in box: Box, style: SeriesStyle, on canvas: inout Canvas) {
    canvas.line(
      from: Point(x: box.x, y: box.midY), to: Point(x: box.maxX, y: box.midY), stroke(style))
  }

  package func obstacles(_ rows: [PlacedRow], in panel: Panel) -> [Point] {
    runs(rows, in: panel, style: SeriesStyle(index: nil)).flatMap {
      Polyline.sampled(Polyline.simplified($0), every: 8)
    }
  }

  private func stroke(_ style: SeriesStyle) -> String {
    "stroke=\"currentColor\" stroke-width=\"\(PathText.number(width))\" stroke-linecap=\"round\" "
      + "stroke-linejoin=\"round\"" + (isDashed ? " stroke-dasharray=\"6 5\"" : style.dash)
      + (opacity < 1 ? " stroke-opacity=\"\(PathText.number(opacity))\"" : "")
  }

  private func runs(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle) -> [[Point]] {
    let offset = panel.offset(of: style)
    return rows.byDetail.flatMap { rows in
      let runs = rows.runs(sorted: form != .path) { row -> Point? in
        guard let position = row.position, let value = row.value, row.isDrawn else { return nil }
        return panel.point(position, value, offset: offset)
      }
      return form == .steps ? runs.map(Polyline.stepped) : runs
    }
  }
}
