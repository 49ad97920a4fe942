extension Mark where Self == ViolinMark {
  /// The density of values, mirrored in its band.
  package static var violin: ViolinMark { ViolinMark() }
}

/// A shape whose thickness at each value is the row's `size`: rows of one position in ascending order of value
/// outline it. Shapes of one chart share the scale of thickness.
package struct ViolinMark: Mark {
  package var channels: MarkChannels { .value }
  package var dodges: MarkDodge { .fully }

  package func draw(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle, on canvas: inout Canvas) {
    let offset = panel.offset(of: style)
    let half = panel.dodge.barThickness / 2
    var text = PathText()
    let byPosition = Dictionary(grouping: rows.filter(\.isDrawn)) { $0.position ?? 0 }
    for (position, rows) in byPosition.sorted(by: { $0.key < $1.key }) {
      // The factor of a point's extent goes with the root of the size.
      let edges = rows.compactMap { row -> (value: Double, width: Double)? in
        guard let value = row.value else { return nil }
        let root = (row.scale ?? 0) / SizeScale.most
        return (value, root * root * half)
      }
      let right = edges.map { panel.point(position, $0.value, offset: offset + $0.width) }
      let left = edges.map { panel.point(position, $0.value, offset: offset - $0.width) }
      text.polyline(Polyline.simplified(right) + Polyline.simplified(left).reversed())
      text.close()
    }
    canvas.path(
      text, "fill=\"currentColor\" fill-opacity=\".25\" stroke=\"currentColor\" stroke-width=\"1.2\"")
  }

  package func drawSymbol(in box: Box, style: SeriesStyle, on canvas: inout Canvas) {
    RangeMark(hasOutline: true).drawSymbol(in: box, style: style, on: &canvas)
  }
}
