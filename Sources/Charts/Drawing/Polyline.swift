/// Lines through many points.
enum Polyline {
  /// The points without those that lie within a quarter of a unit of the line through their neighbours
  /// (Douglas and Peucker, 1973): what the eye cannot see need not be in the file.
  static func simplified(_ points: [Point]) -> [Point] {
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
