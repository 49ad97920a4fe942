extension Mark where Self == TextMark {
  /// Each row's label beside its place.
  package static var text: TextMark { TextMark() }
}

/// Words at each row's place: where there is room around it, or exactly as told. Words without room are left
/// out and counted.
package struct TextMark: Mark {
  /// Which end of the words stands at the place; nil: any side that has room.
  var anchor: PlacedText.Anchor?
  /// Which edge stands at the place.
  var edge = PlacedText.Edge.middle
  /// Rows of one detail are places for the same words, the best first.
  var hasAlternatives = false

  package var channels: MarkChannels { .value }
  package var hasSymbol: Bool { false }
  package var writesLabels: Bool { true }

  package func draw(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle, on canvas: inout Canvas) {
    let labelled = rows.filter { $0.isDrawn && !TextFitting.clean($0.label).isEmpty }
    for places in hasAlternatives ? labelled.byDetail : labelled.map({ [$0] }) {
      let texts = places.flatMap { row -> [PlacedText] in
        guard let position = row.position, let value = row.value else { return [] }
        let at = panel.point(position, value, offset: panel.offset(of: style))
        return candidates(TextFitting.clean(row.label), at: at, in: panel)
      }
      guard !texts.isEmpty else { continue }
      let best = texts.compactMap { text -> (cost: Int, text: PlacedText)? in
        let box = text.box
        let hasRoom = anchor == nil ? panel.frame.holds(box) : box.x >= 0 && box.maxX <= panel.pictureWidth
        guard hasRoom, !canvas.texts.contains(where: { $0.box.intersects(box) })
        else { return nil }
        return (panel.obstacles.count(where: box.contains), text)
      }.min { $0.cost < $1.cost }
      if let best { canvas.text(best.text) } else { canvas.thinning.labels += 1 }
    }
  }

  package func obstacles(_ rows: [PlacedRow], in panel: Panel) -> [Point] { [] }

  private func candidates(_ words: String, at: Point, in panel: Panel) -> [PlacedText] {
    let shown = TextFitting.fitted(words, width: panel.frame.width * 0.7, size: PlacedText.size)
    func text(_ dx: Double, _ dy: Double, _ anchor: PlacedText.Anchor, _ edge: PlacedText.Edge) -> PlacedText
    {
      PlacedText(
        [shown], whole: words, at: Point(x: at.x + dx, y: at.y + dy), anchor: anchor, edge: edge, role: .note)
    }
    if let anchor {
      // Centred words at the picture's edge move inwards.
      let half = anchor == .middle ? PlacedText.width(shown) / 2 : 0
      let inside = min(max(at.x, half), max(panel.pictureWidth - half, half))
      return [text(inside - at.x, 0, anchor, edge)]
    }
    return [
      text(9, 0, .start, .middle), text(-9, 0, .end, .middle), text(0, -7, .middle, .bottom),
      text(0, 7, .middle, .top), text(6, -4, .start, .bottom), text(6, 4, .start, .top),
      text(-6, -4, .end, .bottom), text(-6, 4, .end, .top),
    ]
  }
}
