extension Mark where Self == BarMark {
  /// Bars from zero, series side by side.
  package static var bar: BarMark { BarMark() }
}

/// A bar from zero (on a log scale from the axis) to each value; series of one position stand side by side.
package struct BarMark: Mark {
  package var channels: MarkChannels { .value }
  package var startsAtZero: Bool { true }
  package var dodges: MarkDodge { .fully }

  package func draw(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle, on canvas: inout Canvas) {
    for (level, rows) in rows.byShade {
      var text = PathText()
      for row in rows where row.isDrawn {
        guard let position = row.position, let value = row.value else { continue }
        text.rectangle(
          panel.bar(
            at: position, offset: panel.offset(of: style), from: panel.baseline, to: value,
            thickness: panel.dodge.barThickness))
      }
      canvas.shaded(level) { $0.fill(text, hatch: level == nil ? style.hatch : 0) }
    }
  }

  package func drawSymbol(in box: Box, style: SeriesStyle, on canvas: inout Canvas) {
    var text = PathText()
    text.rectangle(Box(x: box.midX - 8, y: box.midY - 8, width: 16, height: 16))
    canvas.fill(text, hatch: style.hatch)
  }
}
