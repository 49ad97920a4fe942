import Randomness

/// What is resampled: the units, such as folds and seeds, and which of their levels may stand in for each
/// other.
package struct ResamplingDesign: Sendable {
  /// One resampled unit.
  package struct Unit: Sendable {
    package let name: String
    /// How many levels there are, over all pools; levels are counted from 0.
    package let levelCount: Int
    /// Levels that are drawn for one another: one pool for crossed units, one a parent level for nested ones.
    package let pools: [[Int]]
    /// Whether its levels lie within those of another unit, which then carries their variation.
    package let isNested: Bool

    package init(name: String, levelCount: Int, pools: [[Int]], isNested: Bool) {
      self.name = name
      self.levelCount = levelCount
      self.pools = pools
      self.isNested = isNested
    }

    /// The levels of the smallest pool that varies, or nil where none does.
    package var smallestPool: Int? { pools.map(\.count).filter { $0 > 1 }.min() }
  }

  package let units: [Unit]

  package init(units: [Unit]) {
    self.units = units
  }

  /// Every level once.
  package var ones: [[Double]] { units.map { [Double](repeating: 1, count: $0.levelCount) } }

  /// How often each level occurs in one resample: from each pool as many levels as it has, with replacement,
  /// every unit independently of the others.
  ///
  /// A row weighs the product of its levels' weights: the pigeonhole bootstrap (Owen 2007, "The pigeonhole
  /// bootstrap"). For a nested level the product holds its parent's weight, so it counts only where that is
  /// drawn.
  package func draw(_ stream: inout RandomStream) -> [[Double]] {
    units.map { unit in
      var weights = [Double](repeating: 0, count: unit.levelCount)
      for pool in unit.pools {
        for _ in pool { weights[pool[stream.below(pool.count)]] += 1 }
      }
      return weights
    }
  }
}
