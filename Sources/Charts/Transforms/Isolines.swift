/// Lines of equal value over a grid, by marching squares (Lorensen and Cline's idea in two dimensions, 1987).
struct Isolines {
  /// Ascending; at least two each.
  let xs: [Double]
  let ys: [Double]
  /// Row by row, `values[j * xs.count + i]` at (xs[i], ys[j]); NaN where nothing is known.
  let values: [Double]

  /// A grid edge: from grid point (i, j) to the right, or upwards.
  private struct Edge: Hashable {
    let i: Int
    let j: Int
    let isUpright: Bool
  }

  /// The lines at a level, each in the order of its points; the longest first.
  func lines(at level: Double) -> [[Point]] {
    var links: [Edge: [Edge]] = [:]
    var order: [Edge] = []
    func link(_ a: Edge, _ b: Edge) {
      for (from, to) in [(a, b), (b, a)] {
        if links[from] == nil { order.append(from) }
        links[from, default: []].append(to)
      }
    }
    for j in 0..<(ys.count - 1) {
      for i in 0..<(xs.count - 1) { for (a, b) in segments(i, j, level) { link(a, b) } }
    }
    var lines: [[Point]] = []
    var used: Set<Edge> = []
    // Open lines first, from their ends; what is left over is closed.
    for start in order.filter({ links[$0]?.count == 1 }) + order where !used.contains(start) {
      var line = [start]
      used.insert(start)
      while let next = links[line[line.count - 1]]?.first(where: { !used.contains($0) }) {
        line.append(next)
        used.insert(next)
      }
      let isClosed = line.count > 2 && links[line[line.count - 1]]?.contains(start) == true
      lines.append((isClosed ? line + [start] : line).map { point(on: $0, level) })
    }
    return lines.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
      .map(\.element)
  }

  private func value(_ i: Int, _ j: Int) -> Double { values[j * xs.count + i] }

  private func segments(_ i: Int, _ j: Int, _ level: Double) -> [(Edge, Edge)] {
    let corners = [value(i, j), value(i + 1, j), value(i + 1, j + 1), value(i, j + 1)]
    guard corners.allSatisfy({ !$0.isNaN }) else { return [] }
    let edges = [
      Edge(i: i, j: j, isUpright: false), Edge(i: i + 1, j: j, isUpright: true),
      Edge(i: i, j: j + 1, isUpright: false), Edge(i: i, j: j, isUpright: true),
    ]
    let isAbove = corners.map { $0 >= level }
    let crossed = (0..<4).filter { isAbove[$0] != isAbove[($0 + 1) % 4] }
    if crossed.count == 2 { return [(edges[crossed[0]], edges[crossed[1]])] }
    guard crossed.count == 4 else { return [] }
    // A saddle: the mean of the corners decides which of them are joined.
    let isMiddleAbove = corners.reduce(0, +) / 4 >= level
    return isMiddleAbove == isAbove[0]
      ? [(edges[0], edges[1]), (edges[2], edges[3])] : [(edges[3], edges[0]), (edges[1], edges[2])]
  }

  private func point(on edge: Edge, _ level: Double) -> Point {
    let (i, j) = (edge.i, edge.j)
    let start = value(i, j)
    let end = edge.isUpright ? value(i, j + 1) : value(i + 1, j)
    let part = end == start ? 0.5 : (level - start) / (end - start)
    return edge.isUpright
      ? Point(x: xs[i], y: ys[j] + part * (ys[j + 1] - ys[j]))
      : Point(x: xs[i] + part * (xs[i + 1] - xs[i]), y: ys[j])
  }
}
