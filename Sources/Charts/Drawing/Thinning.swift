/// What a picture draws in place of more data than can be seen, counted so that it can say so.
package struct Thinning: Hashable, Sendable {
  /// Points that stand as shaded cells, and those cells.
  var cellPoints = 0
  var cells = 0
  /// Points of lines that stand as their outermost values in each column of the picture.
  var linePoints = 0
  /// Labels without room.
  var labels = 0

  /// A sentence each.
  var notes: [String] {
    var notes: [String] = []
    if cellPoints > 0 {
      notes.append(
        "\(Self.text(cellPoints)) points are drawn as \(Self.text(cells)) cells; darker cells hold more points."
      )
    }
    if linePoints > 0 {
      notes.append(
        "Lines of \(Self.text(linePoints)) points are drawn by the first, last, least and greatest value in each "
          + "column of the picture.")
    }
    if labels > 0 {
      notes.append(
        labels == 1
          ? "1 label is left out for lack of room." : "\(labels) labels are left out for lack of room.")
    }
    return notes
  }

  private static func text(_ count: Int) -> String { TickText.decimal(count, exponent: 0) }
}

/// Many points as cells of a grid, shaded by how many points each holds.
struct PointCells {
  /// More points of one series than this are drawn as cells.
  static let threshold = 3000
  /// Side of a cell in SVG units.
  static let side = 4.0
  /// Class by number of points: 1, 2 … 4, 5 … 19, 20 … 99, more.
  private static let opacities = [".3", ".45", ".6", ".8", "1"]

  /// A path of horizontal strokes for each class.
  private(set) var paths = [PathText](repeating: PathText(), count: 5)
  private(set) var cellCount = 0

  /// - Parameter frame: which the points lie in.
  init(_ points: some Sequence<Point>, in frame: Box) {
    let columns = Int(frame.width / Self.side) + 3
    let rows = Int(frame.height / Self.side) + 3
    var counts = [Int32](repeating: 0, count: columns * rows)
    for point in points {
      let column = Int((point.x - frame.x) / Self.side) + 1
      let row = Int((point.y - frame.y) / Self.side) + 1
      guard (0..<columns).contains(column), (0..<rows).contains(row) else { continue }
      counts[row * columns + column] += 1
    }
    for row in 0..<rows {
      var column = 0
      while column < columns {
        let level = Self.level(counts[row * columns + column])
        let first = column
        while column < columns, Self.level(counts[row * columns + column]) == level { column += 1 }
        guard let level else { continue }
        cellCount += column - first
        let start = Point(
          x: (frame.x + Double(first - 1) * Self.side).rounded(),
          y: (frame.y + (Double(row) - 0.5) * Self.side).rounded())
        paths[level].move(start)
        paths[level].append("h" + PathText.number(Double(column - first) * Self.side))
      }
    }
  }

  /// Draws in the surrounding group's colour.
  func draw(on canvas: inout Canvas) {
    for (path, opacity) in zip(paths, Self.opacities) {
      canvas.path(
        path,
        "stroke=\"currentColor\" stroke-width=\"\(PathText.number(Self.side))\" stroke-opacity=\"\(opacity)\""
      )
    }
  }

  private static func level(_ count: Int32) -> Int? {
    switch count {
    case 0: nil
    case 1: 0
    case 2..<5: 1
    case 5..<20: 2
    case 20..<100: 3
    default: 4
    }
  }
}
