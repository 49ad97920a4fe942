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
    /// Whether its levels lie within those of another unit, which carries their variation and is drawn instead.
    package let isNested: Bool
    /// The pools one after another, and runs of them that have the same size, so that their draws share words.
    private let members: [Int]
    private let runs: [(sampler: LevelSampler, size: Int, pools: Int)]

    package init(name: String, levelCount: Int, pools: [[Int]], isNested: Bool) {
      self.name = name
      self.levelCount = levelCount
      self.pools = pools
      self.isNested = isNested
      members = pools.flatMap { $0 }
      var runs: [(sampler: LevelSampler, size: Int, pools: Int)] = []
      for pool in pools where !pool.isEmpty {
        if let last = runs.last, last.size == pool.count {
          runs[runs.count - 1].pools += 1
        } else {
          runs.append((LevelSampler(count: pool.count), pool.count, 1))
        }
      }
      self.runs = runs
    }

    /// Overwrites the weights of all levels by how often each is drawn.
    fileprivate func draw(_ stream: inout RandomStream, into weights: inout [Double]) {
      weights.withUnsafeMutableBufferPointer { weights in
        members.withUnsafeBufferPointer { members in
          weights.update(repeating: 0)
          var start = 0
          for run in runs {
            var left = run.size
            run.sampler.draw(run.size * run.pools, &stream) { level in
              weights[members[start + level]] += 1
              left -= 1
              if left == 0 {
                left = run.size
                start += run.size
              }
            }
          }
        }
      }
    }

    /// Levels that are all drawn for one another, such as seeds that recur in every fold.
    package static func crossed(_ name: String, _ count: Int) -> Unit {
      Unit(name: name, levelCount: count, pools: [Array(0..<count)], isNested: false)
    }

    /// Levels drawn only for those of the same stratum, such as the runs of each task where tasks are fixed.
    package static func stratified(_ name: String, _ sizes: [Int]) -> Unit {
      Unit(name: name, levelCount: sizes.reduce(0, +), pools: Self.pools(sizes), isNested: false)
    }

    /// Levels that lie within those of another unit, such as the seeds of each task where tasks are drawn too.
    package static func nested(_ name: String, _ sizes: [Int]) -> Unit {
      Unit(name: name, levelCount: sizes.reduce(0, +), pools: Self.pools(sizes), isNested: true)
    }

    private static func pools(_ sizes: [Int]) -> [[Int]] {
      var start = 0
      return sizes.map { size in
        defer { start += size }
        return Array(start..<start + size)
      }
    }

    /// The levels of the smallest pool that varies, or nil where none does.
    package var smallestPool: Int? { pools.map(\.count).filter { $0 > 1 }.min() }
  }

  package let units: [Unit]

  package init(units: [Unit]) {
    self.units = units
  }

  /// The units that are drawn and have levels to draw, by place.
  package var varyingUnits: [Int] {
    units.indices.filter { !units[$0].isNested && units[$0].smallestPool != nil }
  }

  /// Every level once.
  package var ones: [[Double]] { units.map { [Double](repeating: 1, count: $0.levelCount) } }

  /// How often each level occurs in one resample: from each pool as many levels as it has, with replacement,
  /// every unit independently of the others.
  ///
  /// A row weighs the product of its levels' weights: the pigeonhole bootstrap (Owen 2007, "The pigeonhole
  /// bootstrap"). Nested levels are not drawn again, they come with their parents: drawing both counts the variation
  /// within twice, so that intervals of few parents cover 99 % (Davison & Hinkley 1997, "Bootstrap methods and their
  /// application", 3.8).
  ///
  /// - Parameter weights: unit × level, overwritten where units are drawn; `ones` to begin with.
  package func draw(_ stream: inout RandomStream, into weights: inout [[Double]]) {
    for (place, unit) in units.enumerated() where !unit.isNested {
      unit.draw(&stream, into: &weights[place])
    }
  }
}
