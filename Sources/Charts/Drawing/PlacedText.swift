/// Words in the picture and the room kept for them.
///
/// The room is that of the largest size the style sheet gives on narrow screens; elsewhere text is smaller
/// and grows from the same anchor, so what does not overlap here overlaps nowhere.
package struct PlacedText: Hashable, Sendable {
  /// Which end of the words stands at `at.x`.
  package enum Anchor: String, Sendable { case start, middle, end }
  /// Which edge of the words stands at `at.y`.
  package enum Edge: Sendable { case top, middle, bottom }
  /// How it looks: a class of the style sheet.
  package enum Role: String, Sendable {
    case tick = "t"
    case title = "h"
    case label = "l"
    /// Within the plot.
    case note = "o"
    /// On a strong shade.
    case inverse = "k"
  }

  /// Size of all text on narrow screens, in SVG units: about 11 CSS pixels where 640 units are 340 pixels.
  static let size = 21.0
  /// Height of a line.
  static let lineHeight = 25.0

  /// From the top; shortened ones end in an ellipsis.
  package var lines: [String]
  /// The words before they were shortened.
  package var whole: String
  /// The anchored place.
  package var at: Point
  /// Which end stands at `at`.
  package var anchor: Anchor
  /// Which edge stands at `at`.
  package var edge: Edge
  /// Colour and weight.
  package var role: Role
  /// Rises to the right at 45°, ending at `at`.
  package var isSlanted = false

  init(
    _ lines: [String], whole: String? = nil, at: Point, anchor: Anchor, edge: Edge, role: Role,
    isSlanted: Bool = false
  ) {
    self.lines = lines
    self.whole = whole ?? lines.joined(separator: " ")
    self.at = at
    self.anchor = anchor
    self.edge = edge
    self.role = role
    self.isSlanted = isSlanted
  }

  /// Widest line at the largest size.
  package var width: Double { Self.width(lines) }

  /// The room kept, before slanting.
  package var box: Box {
    let height = Double(lines.count) * Self.lineHeight
    let left =
      switch anchor {
      case .start: at.x
      case .middle: at.x - width / 2
      case .end: at.x - width
      }
    let top =
      switch edge {
      case .top: at.y
      case .middle: at.y - height / 2
      case .bottom: at.y - height
      }
    return Box(x: left, y: top, width: width, height: height)
  }

  /// The four corners of the room, in order.
  package var corners: [Point] {
    let box = box
    let upright = [
      Point(x: box.x, y: box.y), Point(x: box.maxX, y: box.y), Point(x: box.maxX, y: box.maxY),
      Point(x: box.x, y: box.maxY),
    ]
    guard isSlanted else { return upright }
    return upright.map { corner in
      let (dx, dy) = (corner.x - at.x, corner.y - at.y)
      return Point(x: at.x + (dx + dy) * Self.slant, y: at.y + (dy - dx) * Self.slant)
    }
  }

  /// Sine and cosine of 45°.
  static let slant = 0.7071067811865476

  /// Room for the widest line.
  static func width(_ lines: [String]) -> Double {
    (lines.map(TextMeasure.width).max() ?? 0) * size
  }

  /// Room for one line.
  static func width(_ line: String) -> Double { TextMeasure.width(line) * size }
}
