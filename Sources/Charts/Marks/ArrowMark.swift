extension Mark where Self == ArrowMark {
  /// From each row of a detail to the next.
  package static var arrow: ArrowMark { ArrowMark() }
}

/// Arrows through the rows of each series and each of its details, in the order of the rows: from one to the next, the
/// head at the end.
///
/// Between places closer than the head is long the head shrinks with the way; rows in one place have no arrow.
package struct ArrowMark: Mark {
  private static let head = 7.0

  var width = 1.2
  var opacity = 0.7
  var isInLegend = true

  package var channels: MarkChannels { .value }
  package var hasSymbol: Bool { isInLegend }
  package var shadesLines: Bool { true }

  package func draw(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle, on canvas: inout Canvas) {
    for (level, rows) in rows.byShade {
      var (shafts, heads) = (PathText(), PathText())
      for (start, end) in arrows(rows, in: panel, style: style) {
        shafts.polyline([start, end])
        heads.polyline(Self.headPoints(from: start, to: end))
      }
      canvas.shaded(level) {
        $0.path(shafts, stroke)
        $0.path(heads, stroke)
      }
    }
  }

  package func drawSymbol(in box: Box, style: SeriesStyle, on canvas: inout Canvas) {
    let (start, end) = (Point(x: box.x, y: box.midY), Point(x: box.maxX, y: box.midY))
    canvas.line(from: start, to: end, stroke)
    var head = PathText()
    head.polyline(Self.headPoints(from: start, to: end))
    canvas.path(head, stroke)
  }

  package func obstacles(_ rows: [PlacedRow], in panel: Panel) -> [Point] {
    arrows(rows, in: panel, style: SeriesStyle(index: nil)).flatMap {
      Polyline.sampled([$0.start, $0.end], every: 8)
    }
  }

  private var stroke: String {
    "stroke=\"currentColor\" stroke-width=\"\(PathText.number(width))\" stroke-linecap=\"round\" "
      + "stroke-linejoin=\"round\"" + (opacity < 1 ? " stroke-opacity=\"\(PathText.number(opacity))\"" : "")
  }

  private func arrows(
    _ rows: [PlacedRow], in panel: Panel, style: SeriesStyle
  ) -> [(start: Point, end: Point)] {
    let offset = panel.offset(of: style)
    return rows.byDetail.flatMap { rows in
      rows.runs(sorted: false) { row -> Point? in
        guard let position = row.position, let value = row.value, row.isDrawn else { return nil }
        return panel.point(position, value, offset: offset)
      }.flatMap { run in zip(run, run.dropFirst()).filter { $0 != $1 }.map { (start: $0, end: $1) } }
    }
  }

  /// The head's three corners, its tip in the middle.
  private static func headPoints(from start: Point, to end: Point) -> [Point] {
    let (x, y) = (end.x - start.x, end.y - start.y)
    let length = (x * x + y * y).squareRoot()
    guard length > 0 else { return [end, end] }
    let size = min(head, length * 0.6)
    let (u, v) = (x / length * size, y / length * size)
    return [
      Point(x: end.x - u - 0.45 * v, y: end.y - v + 0.45 * u), end,
      Point(x: end.x - u + 0.45 * v, y: end.y - v - 0.45 * u),
    ]
  }
}
