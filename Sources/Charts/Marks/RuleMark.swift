extension Mark where Self == RuleMark {
  /// A reference line across the plot.
  package static var rule: RuleMark { RuleMark() }
}

/// A reference line across the plot at each row's x (vertical) or y (horizontal), with the row's label where
/// the least is hidden by it.
package struct RuleMark: Mark {
  package var channels: MarkChannels { .either }
  package var needsInset: Bool { false }
  package var writesLabels: Bool { true }

  package func draw(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle, on canvas: inout Canvas) {
    for row in rows where row.isDrawn {
      let line = Self.line(row, in: panel)
      canvas.line(from: line.start, to: line.end, Self.stroke)
      guard !TextFitting.clean(row.label).isEmpty else { continue }
      if let label = Self.label(row.label, on: line, in: panel, avoiding: canvas.texts) {
        canvas.text(label)
      } else {
        canvas.thinning.labels += 1
      }
    }
  }

  package func drawSymbol(in box: Box, style: SeriesStyle, on canvas: inout Canvas) {
    canvas.line(
      from: Point(x: box.x, y: box.midY), to: Point(x: box.maxX, y: box.midY),
      Self.stroke)
  }

  package func obstacles(_ rows: [PlacedRow], in panel: Panel) -> [Point] { [] }

  private static let stroke = "stroke=\"currentColor\" stroke-width=\"1.2\" stroke-dasharray=\"5 3\""

  private static func line(_ row: PlacedRow, in panel: Panel) -> (start: Point, end: Point) {
    let frame = panel.frame
    if let position = row.position { return (panel.point(position, 0), panel.point(position, 1)) }
    let at = panel.point(0, row.value ?? 0)
    return panel.isHorizontal
      ? (Point(x: at.x, y: frame.maxY), Point(x: at.x, y: frame.y))
      : (Point(x: frame.x, y: at.y), Point(x: frame.maxX, y: at.y))
  }

  /// The label at the place along the line, on either side, that hides the fewest data; nil where all places
  /// touch other words or leave the plot.
  private static func label(
    _ words: String, on line: (start: Point, end: Point), in panel: Panel, avoiding texts: [PlacedText]
  ) -> PlacedText? {
    let clean = TextFitting.clean(words)
    guard !clean.isEmpty else { return nil }
    let frame = panel.frame
    let shown = TextFitting.fitted(clean, width: frame.width * 0.7, size: PlacedText.size)
    let isUpright = line.start.x == line.end.x
    var best: (cost: Int, text: PlacedText)?
    for part in [1.0, 0.75, 0.5, 0.25, 0] {
      for side in [-1.0, 1] {
        let along = Point(
          x: line.start.x + (line.end.x - line.start.x) * part,
          y: line.start.y + (line.end.y - line.start.y) * part)
        let text =
          isUpright
          ? PlacedText(
            [shown], whole: clean, at: Point(x: along.x - side * 6, y: along.y),
            anchor: side < 0 ? .start : .end, edge: part == 1 ? .top : part == 0 ? .bottom : .middle,
            role: .note)
          : PlacedText(
            [shown], whole: clean, at: Point(x: along.x + (0.5 - part) * 8, y: along.y + side * 2),
            anchor: part == 1 ? .end : part == 0 ? .start : .middle, edge: side < 0 ? .bottom : .top,
            role: .note)
        let box = text.box
        guard frame.holds(box), !texts.contains(where: { $0.box.intersects(box) }) else { continue }
        let cost = panel.obstacles.count(where: box.contains)
        if best.map({ cost < $0.cost }) ?? true { best = (cost, text) }
      }
    }
    return best?.text
  }
}
