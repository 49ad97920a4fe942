extension Mark where Self == RectMark {
  /// A shaded cell at each pair of positions.
  package static var rect: RectMark { RectMark() }
}

/// A cell of a heat map: the bands of two categories, or from start to end and from lower to upper; the row's
/// label within, where all labels of the panel fit.
package struct RectMark: Mark {
  package var channels: MarkChannels { .cell }
  package var needsInset: Bool { false }
  package var hasSymbol: Bool { false }

  package func draw(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle, on canvas: inout Canvas) {
    let cells = rows.filter(\.isDrawn).map { (row: $0, box: box(of: $0, in: panel)) }
    for (level, rows) in rows.byShade {
      var text = PathText()
      for row in rows where row.isDrawn { text.rectangle(box(of: row, in: panel)) }
      canvas.shaded(level) { $0.path(text, "fill=\"currentColor\"") }
    }
    let labels = cells.map { cell in
      PlacedText(
        [TextFitting.clean(cell.row.label)], at: Point(x: cell.box.midX, y: cell.box.midY), anchor: .middle,
        edge: .middle, role: cell.row.shade.map(ShadePalette.isStrong) ?? true ? .inverse : .label)
    }
    let fits = zip(cells, labels).allSatisfy { cell, label in
      label.width + 6 <= cell.box.width && label.box.height <= cell.box.height
    }
    guard fits else { return }
    for label in labels where label.lines != [""] {
      // Another row may have the same cell.
      if !canvas.texts.contains(where: { $0.box.intersects(label.box) }) { canvas.text(label) }
    }
  }

  package func obstacles(_ rows: [PlacedRow], in panel: Panel) -> [Point] { [] }

  /// A hairline stays free between bands.
  private func box(of row: PlacedRow, in panel: Panel) -> Box {
    let bands = panel.bands
    let along = Self.ends(row.start, row.end, around: row.position, band: bands.position)
    let across = Self.ends(row.lower, row.upper, around: row.value, band: bands.value)
    let (a, b) = (panel.point(along.0, across.0), panel.point(along.1, across.1))
    let (x, y) = (min(a.x, b.x), min(a.y, b.y))
    return Box(
      x: x + 0.5, y: y + 0.5, width: max((a.x - b.x).magnitude - 1, 0.5),
      height: max((a.y - b.y).magnitude - 1, 0.5))
  }

  private static func ends(
    _ lower: Double?, _ upper: Double?, around middle: Double?, band: Double
  ) -> (Double, Double) {
    if let lower, let upper { return (lower, upper) }
    let middle = middle ?? 0
    return (middle - band / 2, middle + band / 2)
  }
}
