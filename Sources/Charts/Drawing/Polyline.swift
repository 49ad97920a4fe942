/// Lines through many points.
enum Polyline {
  /// More points than this become an envelope.
  static let threshold = 4000

  /// Of points ascending in x, the first, last, lowest and highest in each half unit of x: the same picture
  /// from far fewer points (Jugel, Jerzak, Hackenbroich, Markl, "M4", VLDB 2014).
  static func envelope(_ points: [Point]) -> [Point] {
    var result: [Point] = []
    var index = 0
    while index < points.count {
      let column = (points[index].x * 2).rounded(.down)
      let first = index
      var (low, high) = (first, first)
      while index < points.count, (points[index].x * 2).rounded(.down) == column {
        if points[index].y < points[low].y { low = index }
        if points[index].y > points[high].y { high = index }
        index += 1
      }
      var last = -1
      for kept in [first, min(low, high), max(low, high), index - 1] where kept > last {
        result.append(points[kept])
        last = kept
      }
    }
    return result
  }

  /// The points without those that lie within a quarter of a unit of the line through their neighbours
  /// (Douglas and Peucker, 1973): what the eye cannot see need not be in the file.
  static func simplified(_ all: [Point]) -> [Point] {
    let points = all.count > threshold ? envelope(all) : all
    guard points.count > 2 else { return points }
    var keeps = [Bool](repeating: false, count: points.count)
    keeps[0] = true
    keeps[points.count - 1] = true
    var spans = [(0, points.count - 1)]
    while let (first, last) = spans.popLast() {
      var farthest = (index: first, distance: 0.0625)
      for index in (first + 1)..<max(last, first + 1) {
        let distance = squaredDistance(points[index], points[first], points[last])
        if distance > farthest.distance { farthest = (index, distance) }
      }
      guard farthest.index != first else { continue }
      keeps[farthest.index] = true
      spans.append((first, farthest.index))
      spans.append((farthest.index, last))
    }
    return points.indices.filter { keeps[$0] }.map { points[$0] }
  }

  /// The line that keeps each point's height until the next point.
  static func stepped(_ points: [Point]) -> [Point] {
    var result: [Point] = []
    for (index, point) in points.enumerated() {
      if index > 0 { result.append(Point(x: point.x, y: points[index - 1].y)) }
      result.append(point)
    }
    return result
  }

  /// Points along the line no farther apart than `spacing`.
  static func sampled(_ points: [Point], every spacing: Double) -> [Point] {
    var result = points.first.map { [$0] } ?? []
    for (start, end) in zip(points, points.dropFirst()) {
      let (dx, dy) = (end.x - start.x, end.y - start.y)
      let steps = max(Int(((dx * dx + dy * dy).squareRoot() / spacing).rounded(.up)), 1)
      for step in 1...steps {
        let part = Double(step) / Double(steps)
        result.append(Point(x: start.x + dx * part, y: start.y + dy * part))
      }
    }
    return result
  }

  /// From `point` to the segment between `start` and `end`.
  private static func squaredDistance(_ point: Point, _ start: Point, _ end: Point) -> Double {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let (px, py) = (point.x - start.x, point.y - start.y)
    let length = dx * dx + dy * dy
    let part = length > 0 ? min(max((px * dx + py * dy) / length, 0), 1) : 0
    let (ex, ey) = (px - part * dx, py - part * dy)
    return ex * ex + ey * ey
  }
}
