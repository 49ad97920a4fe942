/// What draws a layer's rows: one file a mark.
///
/// To add a mark: a struct that conforms, and a static member on `Mark` so that layers can say `.area`; a
/// `ChartForm` lets authors name it. Coordinates are those of the *position* axis (x; or y where y alone has
/// categories) and the *value* axis (the other), so that every mark works standing and lying.
package protocol Mark: Sendable {
  /// Which of a row's numbers must be drawable.
  var channels: MarkChannels { get }
  /// The value axis must contain zero (where it is linear).
  var startsAtZero: Bool { get }
  /// Series that share a position are moved apart.
  var dodges: MarkDodge { get }
  /// A line's end can carry its series' name.
  var labelsLineEnd: Bool { get }
  /// Keep the mark's ink off the frame: ends of the position axis get some room.
  var needsInset: Bool { get }
  /// Shades must stand out as lines do, not only as areas.
  var shadesLines: Bool { get }
  /// The legend shows the mark.
  var hasSymbol: Bool { get }
  /// The mark writes each row's label: where all marks do, series need no legend.
  var writesLabels: Bool { get }

  /// Draws the rows of one panel that share series and shape; the surrounding group sets `currentColor`.
  func draw(_ rows: [PlacedRow], in panel: Panel, style: SeriesStyle, on canvas: inout Canvas)
  /// The mark's part of a legend symbol.
  func drawSymbol(in box: Box, style: SeriesStyle, on canvas: inout Canvas)
  /// Where words would hide the mark, in canvas units.
  func obstacles(_ rows: [PlacedRow], in panel: Panel) -> [Point]
}

/// The numbers a mark cannot do without.
package enum MarkChannels: Sendable {
  /// Position and value.
  case value
  /// Position, lower and upper.
  case interval
  /// Position or value, the other nil.
  case either
  /// Start, end and value.
  case span
  /// Position or start and end; value or lower and upper.
  case cell

  /// The row's interval decides how far the value axis reaches.
  var showsInterval: Bool { self == .interval || self == .cell }
  /// The row's value decides how far the value axis reaches.
  var showsValue: Bool { self != .interval }
}

/// How much of the room between two positions series may use to stand side by side.
package enum MarkDodge: Int, Sendable {
  /// In increasing order: in one place; a few units apart; filling the room.
  case none, slightly, fully
}

extension Mark {
  package var startsAtZero: Bool { false }
  package var dodges: MarkDodge { .none }
  package var labelsLineEnd: Bool { false }
  package var needsInset: Bool { true }
  package var shadesLines: Bool { false }
  package var hasSymbol: Bool { true }
  package var writesLabels: Bool { false }

  package func drawSymbol(in box: Box, style: SeriesStyle, on canvas: inout Canvas) {}

  package func obstacles(_ rows: [PlacedRow], in panel: Panel) -> [Point] {
    rows.flatMap { row -> [Point] in
      guard let position = row.position else { return [] }
      return [row.value, row.lower, row.upper].compactMap { $0.map { panel.point(position, $0) } }
    }
  }
}
