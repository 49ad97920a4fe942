extension Isolines {
  /// The grid that rows of two positions and a shade lie on; nil where they have fewer than two places on an
  /// axis.
  static func grid(_ rows: [ChartRow], x: AxisMeasure, y: AxisMeasure) -> Isolines? {
    var cells: [Point: (sum: Double, count: Double)] = [:]
    for row in rows {
      guard let a = x.measure(of: row.x), let b = y.measure(of: row.y),
        row.shade.isDrawable
      else { continue }
      cells[Point(x: a, y: b), default: (0, 0)].sum += row.shade
      cells[Point(x: a, y: b), default: (0, 0)].count += 1
    }
    let (xs, ys) = (Set(cells.keys.map(\.x)).sorted(), Set(cells.keys.map(\.y)).sorted())
    guard xs.count >= 2, ys.count >= 2 else { return nil }
    let values = ys.flatMap { b in
      xs.map { a in cells[Point(x: a, y: b)].map { $0.sum / $0.count } ?? .nan }
    }
    return Isolines(xs: xs, ys: ys, values: values)
  }

  /// The density of rows of two positions, with the product of Epanechnikov's kernels; nil where they do not
  /// vary on both axes.
  static func density(_ rows: [ChartRow], x: AxisMeasure, y: AxisMeasure, count: Int = 40) -> Isolines? {
    let points = rows.compactMap { row -> Point? in
      guard let a = x.measure(of: row.x), let b = y.measure(of: row.y) else { return nil }
      return Point(x: a, y: b)
    }
    guard let width = KernelDensity.bandwidth(points.map(\.x).sorted()),
      let height = KernelDensity.bandwidth(points.map(\.y).sorted())
    else { return nil }
    let xs = places(points.map(\.x), room: width, count: count)
    let ys = places(points.map(\.y), room: height, count: count)
    return Isolines(
      xs: xs, ys: ys, values: kernelSums(points, xs: xs, ys: ys, width: width, height: height))
  }

  /// Each point adds to the grid places within its kernel's reach.
  private static func kernelSums(
    _ points: [Point], xs: [Double], ys: [Double], width: Double, height: Double
  ) -> [Double] {
    var values = [Double](repeating: 0, count: xs.count * ys.count)
    let norm = 0.5625 / (width * height * Double(points.count))
    for point in points {
      let columns = weights(point.x, xs, width)
      for (j, across) in weights(point.y, ys, height) {
        for (i, along) in columns { values[j * xs.count + i] += norm * along * across }
      }
    }
    return values
  }

  /// 1 − u² at the places within a kernel's reach of a number.
  private static func weights(_ number: Double, _ places: [Double], _ width: Double) -> [(Int, Double)] {
    let step = places[1] - places[0]
    let first = max(Int((number - width - places[0]) / step), 0)
    var result: [(Int, Double)] = []
    for index in first..<places.count {
      let u = (number - places[index]) / width
      if u <= -1 { break }
      if u < 1 { result.append((index, 1 - u * u)) }
    }
    return result
  }

  private static func places(_ numbers: [Double], room: Double, count: Int) -> [Double] {
    let (low, high) = ((numbers.min() ?? 0) - room, (numbers.max() ?? 1) + room)
    return (0..<count).map { low + (high - low) * Double($0) / Double(count - 1) }
  }
}
