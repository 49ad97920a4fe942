import Experiments
import Parts
import Randomness

/// A full grid over the space, as fine as the budget allows.
///
/// Every numeric dimension has the same resolution, the largest with which the grid fits the budget (an
/// integer dimension has fewer points where its range is shorter); a choice takes part with all its options.
/// Row-major order: the last dimension varies fastest. Where the choices alone exceed the budget, a subset is
/// taken in which every option of a choice occurs as often as the others, give or take what the budget leaves
/// over.
package struct GridSearch: Tuner {
  package static let name = "grid"
  package static let revision = 1
  package static let summary = "a full grid, as fine as the budget allows, ends of ranges included"
  package static let hyperparameters: [Hyperparameter] = []

  package init(_ settings: Settings) {}

  package func search(
    _ space: Space, budget: SearchBudget,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch {
    let trials = budget.trials
    let axes = Self.axes(space, trials: trials)
    let sizes = axes.map(\.count)
    let places = Self.size(sizes, limit: trials) > trials ? Self.spread(sizes, trials) : Self.all(sizes)
    return BatchSearch(
      budget,
      places.map { place in
        var suggestion = Settings()
        for (i, dimension) in space.dimensions.enumerated() { suggestion[dimension.name] = axes[i][place[i]] }
        return suggestion
      })
  }

  /// The values of each dimension at the largest resolution that fits; resolution 1 where none does.
  private static func axes(_ space: Space, trials: Int) -> [[Setting]] {
    func axes(_ resolution: Int) -> [[Setting]] { space.dimensions.map { $0.grid(resolution) } }
    var fits = 1
    var exceeds = max(1, trials) + 1
    while exceeds - fits > 1 {
      let middle = (fits + exceeds) / 2
      if size(axes(middle).map(\.count), limit: trials) <= trials { fits = middle } else { exceeds = middle }
    }
    return axes(fits)
  }

  /// The number of grid points; any number beyond `limit` where there are more.
  private static func size(_ sizes: [Int], limit: Int) -> Int {
    var product = 1
    for size in sizes where product <= limit { product *= size }
    return product
  }

  /// All points, as indices into the axes, the last fastest.
  private static func all(_ sizes: [Int]) -> [[Int]] {
    sizes.reduce([[]]) { points, size in points.flatMap { point in (0..<size).map { point + [$0] } } }
  }

  /// `count` different points in row-major order, fewer than there are.
  ///
  /// Point i walks along the diagonal of the grid: over two axes of sizes m and n it closes after lcm(m, n)
  /// points, and is then shifted by one along the second. A further axis is added alike to the grid of those
  /// before it.
  private static func spread(_ sizes: [Int], _ count: Int) -> [[Int]] {
    let points = (0..<count).map { i in
      var before = 1
      return sizes.map { size -> Int in
        // The walk over the axes before has not closed within `count` points: no shift is ever needed.
        if before >= count { return i % size }
        let walk = i % (before * size)
        let shift = walk / leastCommonMultiple(before, size)
        before *= size
        return (walk + shift) % size
      }
    }
    return points.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private static func leastCommonMultiple(_ a: Int, _ b: Int) -> Int {
    var (x, y) = (a, b)
    while y > 0 { (x, y) = (y, x % y) }
    return a / x * b
  }
}
