import Experiments

/// Points of a space on a lattice: the work of `GridSearch`.
struct Grid {
  let space: Space
  let limit: Int

  /// Points looked at for each that is wanted, where some are forbidden or alike.
  private static let patience = 1000

  var configurations: [Settings] {
    guard var best = all(axes(1)) else { return spread(axes(1)) }
    var fits = 1
    var exceeds = limit + 1
    while exceeds - fits > 1 {
      let middle = (fits + exceeds) / 2
      if let points = all(axes(middle)) { (fits, best) = (middle, points) } else { exceeds = middle }
    }
    return best
  }

  /// Every allowed configuration of the space; nil where they are more than the limit, or without end.
  var everything: [Settings]? {
    var axes: [[Setting]] = []
    for dimension in space.dimensions {
      switch dimension.domain {
      case .choice(let options): axes.append(options)
      case .integer(let from, let to, _):
        guard to - from < limit else { return nil }
        axes.append((from...to).map(Setting.integer))
      case .number(let from, let to, _):
        guard from == to else { return nil }
        axes.append([.number(from)])
      }
    }
    return all(axes)
  }

  private func axes(_ resolution: Int) -> [[Setting]] { space.dimensions.map { $0.grid(resolution) } }

  /// All allowed configurations of a grid; nil where they are more than the limit.
  private func all(_ axes: [[Setting]]) -> [Settings]? {
    var points: [Settings] = []
    var seen = 0
    var values = [Setting?](repeating: nil, count: axes.count)
    /// Goes through the dimensions from `depth` on; false when the grid has turned out too large.
    func visit(_ depth: Int) -> Bool {
      guard depth < axes.count else {
        let point = space.configuration { values[$0]! }
        if space.allows(point) { points.append(point) }
        seen += 1
        return points.count <= limit && seen <= limit * Self.patience
      }
      let place = space.parentsFirst[depth]
      guard space.isActive(place, { values[$0] }) else {
        values[place] = nil
        return visit(depth + 1)
      }
      for value in axes[place] {
        values[place] = value
        guard visit(depth + 1) else { return false }
      }
      return true
    }
    return visit(0) ? points : nil
  }

  /// As many different allowed points as the limit, in row-major order.
  ///
  /// Point i walks along the diagonal of the grid: over two axes of sizes m and n it closes after lcm(m, n)
  /// points, and is then shifted by one along the second. A further axis is added alike to the grid of those
  /// before it.
  private func spread(_ axes: [[Setting]]) -> [Settings] {
    let sizes = space.parentsFirst.map { axes[$0].count }
    let last = limit * Self.patience
    var chosen: [(place: [Int], configuration: Settings)] = []
    var known: Set<Settings> = []
    for i in 0..<last where chosen.count < limit {
      var before = 1
      let place = sizes.map { size -> Int in
        // The walk over the axes before does not close within the last point: no shift is ever needed.
        if before >= last { return i % size }
        let walk = i % (before * size)
        let shift = walk / leastCommonMultiple(before, size)
        before *= size
        return (walk + shift) % size
      }
      var values = axes.map { $0[0] }
      for (depth, dimension) in space.parentsFirst.enumerated() {
        values[dimension] = axes[dimension][place[depth]]
      }
      let configuration = space.configuration { values[$0] }
      if space.allows(configuration), known.insert(configuration).inserted {
        chosen.append((place, configuration))
      }
    }
    return chosen.sorted { $0.place.lexicographicallyPrecedes($1.place) }.map(\.configuration)
  }

  private func leastCommonMultiple(_ a: Int, _ b: Int) -> Int {
    var (x, y) = (a, b)
    while y > 0 { (x, y) = (y, x % y) }
    return a / x * b
  }
}
