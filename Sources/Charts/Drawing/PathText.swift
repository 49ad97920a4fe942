/// Writes an SVG path in absolute coordinates of one decimal.
struct PathText {
  /// The path's `d` attribute.
  private(set) var text = ""

  /// Starts a line.
  mutating func move(_ point: Point) { text += "M" + Self.pair(point) }

  /// A straight line from the last point.
  mutating func line(_ point: Point) { text += "L" + Self.pair(point) }

  /// Straight lines through all points.
  mutating func polyline(_ points: some Sequence<Point>) {
    var isFirst = true
    for point in points {
      if isFirst { move(point) } else { line(point) }
      isFirst = false
    }
  }

  /// A line of its own; along an axis it takes one number less.
  mutating func segment(from start: Point, to end: Point) {
    move(start)
    let (x, y) = (Self.number(end.x), Self.number(end.y))
    if x == Self.number(start.x) {
      text += "V" + y
    } else if y == Self.number(start.y) {
      text += "H" + x
    } else {
      line(end)
    }
  }

  /// Returns to the line's start.
  mutating func close() { text += "Z" }

  /// Relative commands as they stand.
  mutating func append(_ commands: String) { text += commands }

  /// A closed rectangle.
  mutating func rectangle(_ box: Box) {
    move(Point(x: box.x, y: box.y))
    text += "H" + Self.number(box.maxX) + "V" + Self.number(box.maxY) + "H" + Self.number(box.x) + "Z"
  }

  /// A path of horizontal strokes through whole units, each relative to the end of the one before.
  ///
  /// - Parameter strokes: of a line, from its left end to its right one.
  static func strokes(_ strokes: some Sequence<(line: Int, from: Int, to: Int)>) -> PathText {
    var path = PathText()
    var pen = (x: 0, line: 0)
    for stroke in strokes {
      let down = stroke.line - pen.line
      path.text +=
        (path.text.isEmpty ? "M" : "m") + "\(stroke.from - pen.x)" + (down < 0 ? "" : " ")
        + "\(down)h\(stroke.to - stroke.from)"
      pen = (stroke.to, stroke.line)
    }
    return path
  }

  /// `12.5`; one decimal, none where it is zero.
  static func number(_ value: Double) -> String {
    let tenths = Int((min(max(value, -1e6), 1e6) * 10).rounded())
    let size = tenths.magnitude
    let fraction = size % 10 == 0 ? "" : ".\(size % 10)"
    return (tenths < 0 ? "-" : "") + "\(size / 10)" + fraction
  }

  private static func pair(_ point: Point) -> String { number(point.x) + " " + number(point.y) }
}
