extension Mark where Self == RectMark {
  /// A shaded cell at each pair of positions.
  package static var rect: RectMark { RectMark() }
}

/// A cell of a heat map: the bands of two categories, or from start to end and from lower to upper; the row's
/// label within, where all labels of the panel fit. Cells of a few units each are the pixels of an image, without lines
/// between them.
package struct RectMark: Mark {
  package var channels: MarkChannels { .cell }
  package var needsInset: Bool { false }
  package var hasSymbol: Bool { false }

  package func draw(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle, on canvas: inout Canvas) {
    let cells = rows.filter(\.isDrawn).map { (row: $0, box: box(of: $0, in: panel)) }
    if let pixels = Pixels(cells.map(\.box)) {
      return pixels.draw(rows, box: { box(of: $0, in: panel) }, on: &canvas)
    }
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

/// Cells of a few units each on a grid, drawn as an image: no hairlines, and neighbours of one shade in one stroke.
private struct Pixels {
  /// A cell less wide or less high is a pixel.
  private static let smallest = 8.0

  private let origin: Point
  private let width: Double
  private let height: Double

  /// Nil where the cells are larger, or not all alike and on one grid.
  ///
  /// - Parameter boxes: of the cells, each without half a unit at all sides.
  init?(_ boxes: [Box]) {
    guard let first = boxes.first, min(first.width, first.height) + 1 < Self.smallest else { return nil }
    (width, height) = (first.width + 1, first.height + 1)
    origin = Point(x: (boxes.map(\.x).min() ?? 0) - 0.5, y: (boxes.map(\.y).min() ?? 0) - 0.5)
    for box in boxes {
      let (column, line) = ((box.x - 0.5 - origin.x) / width, (box.y - 0.5 - origin.y) / height)
      guard (box.width + 1 - width).magnitude < 0.01, (box.height + 1 - height).magnitude < 0.01,
        (column - column.rounded()).magnitude < 0.01, (line - line.rounded()).magnitude < 0.01
      else { return nil }
    }
  }

  func draw(_ rows: [PlacedRow], box: (PlacedRow) -> Box, on canvas: inout Canvas) {
    let (x, y) = (PathText.number(origin.x), PathText.number(origin.y + height / 2))
    // A pixel is a unit of the path; the strokes overlap a little, so that no seam shows.
    let attributes =
      "transform=\"translate(\(x) \(y)) scale(\(Self.text(width)) \(Self.text(height)))\" "
      + "stroke=\"currentColor\" stroke-width=\"1.02\" shape-rendering=\"crispEdges\""
    for (level, rows) in rows.byShade {
      let places = rows.filter(\.isDrawn).map(box).map { box in
        (
          line: Int(((box.y - origin.y) / height).rounded(.down)),
          column: Int(((box.x - origin.x) / width).rounded(.down))
        )
      }.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
      var strokes: [(line: Int, from: Int, to: Int)] = []
      for place in places {
        if let last = strokes.last, last.line == place.line, last.to >= place.column {
          strokes[strokes.count - 1].to = place.column + 1
        } else {
          strokes.append((place.line, place.column, place.column + 1))
        }
      }
      canvas.shaded(level) { $0.path(PathText.strokes(strokes), attributes) }
    }
  }

  /// Two decimals: the last of a hundred pixels then lies within half a unit of its place.
  private static func text(_ value: Double) -> String {
    let hundredths = String(Int((value * 100).rounded()))
    let padded = String(repeating: "0", count: max(3 - hundredths.count, 0)) + hundredths
    return padded.dropLast(2) + "." + padded.suffix(2)
  }
}
