import Experiments

/// The configurations that a search has scored, in the order asked.
struct History {
  let space: Space
  private(set) var configurations: [Settings] = []
  /// Positions in the unit cube, NaN where a dimension does not exist; configurations × dimensions.
  private(set) var points: [[Double]] = []
  /// Smaller is better; infinite for a diverged configuration or a score that is not a number.
  private(set) var losses: [Double] = []
  /// Places from the best loss to the worst, the earlier of equals first.
  private(set) var ranking: [Int] = []
  private var known: Set<Settings> = []

  init(_ space: Space) { self.space = space }

  var count: Int { losses.count }

  mutating func add(_ configuration: Settings, score: Double?) {
    configurations.append(configuration)
    points.append(space.point(configuration))
    known.insert(configuration)
    losses.append(loss(score))
    ranking.insert(count - 1, at: place(of: losses[count - 1], in: ranking) { losses[$0] })
  }

  func contains(_ configuration: Settings) -> Bool { known.contains(configuration) }

  /// The losses with the worst finite one in place of those that are infinite; all 0 where none is finite.
  var finiteLosses: [Double] {
    let worst = losses.filter(\.isFinite).max() ?? 0
    return losses.map { $0.isFinite ? $0 : worst }
  }
}

/// Where a value is inserted into places that ascend by value, after its equals.
func place(of value: Double, in places: [Int], by key: (Int) -> Double) -> Int {
  var (low, high) = (0, places.count)
  while low < high {
    let middle = (low + high) / 2
    if key(places[middle]) <= value { low = middle + 1 } else { high = middle }
  }
  return low
}
