extension Mark where Self == RangeMark {
  /// A bar from lower to upper.
  package static var range: RangeMark { RangeMark() }
}

/// A translucent bar from each row's lower to its upper end: the box of a box plot, an interval strip.
package struct RangeMark: Mark {
  /// Of the room a bar may fill.
  var thickness = 1.0
  /// A line around it.
  var hasOutline = false

  package var channels: MarkChannels { .interval }
  package var dodges: MarkDodge { .fully }

  package func draw(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle, on canvas: inout Canvas) {
    var text = PathText()
    for row in rows where row.isDrawn {
      guard let position = row.position, let lower = row.lower, let upper = row.upper else { continue }
      text.rectangle(
        panel.bar(
          at: position, offset: panel.offset(of: style), from: lower, to: upper,
          thickness: panel.dodge.barThickness * thickness))
    }
    canvas.path(text, attributes)
  }

  package func drawSymbol(in box: Box, style: SeriesStyle, on canvas: inout Canvas) {
    var text = PathText()
    text.rectangle(Box(x: box.x + 3, y: box.midY - 6, width: box.width - 6, height: 12))
    canvas.path(text, attributes)
  }

  private var attributes: String {
    "fill=\"currentColor\" fill-opacity=\".3\""
      + (hasOutline ? " stroke=\"currentColor\" stroke-width=\"1.4\"" : "")
  }
}
