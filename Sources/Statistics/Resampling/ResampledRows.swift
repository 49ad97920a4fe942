/// A function of rows that belong to levels of one or more units, for the bootstrap.
///
/// A row weighs the product of its levels' weights. Every value is computed from all rows in ascending order; for
/// means there is the quicker `ResampledMean`.
package final class ResampledRows: ResampledStatistic {
  private let function: @Sendable (WeightedSample) -> Double
  private let values: [Double]
  /// Unit × row: the level.
  private let levels: [[Int]]
  private var loaded: [Double]
  private var weights: [[Double]] = []
  package let magnitude: Double

  /// - Parameters:
  ///   - values: one a row, none undefined.
  ///   - levels: unit × row, as the design counts them.
  ///   - function: of the rows with their weights.
  package init(
    _ values: [Double], levels: [[Int]], function: @escaping @Sendable (WeightedSample) -> Double
  ) {
    precondition(levels.allSatisfy { $0.count == values.count }, "a level for every row")
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    self.function = function
    self.values = order.map { values[$0] }
    self.levels = levels.map { unit in order.map { unit[$0] } }
    loaded = [Double](repeating: 1, count: values.count)
    magnitude = values.reduce(0) { max($0, abs($1)) }
  }

  package func load(_ weights: [[Double]]) {
    self.weights = weights
    loaded.withUnsafeMutableBufferPointer { loaded in
      for (unit, levels) in levels.enumerated() {
        weights[unit].withUnsafeBufferPointer { weights in
          levels.withUnsafeBufferPointer { levels in
            if unit == 0 {
              for row in levels.indices { loaded[row] = weights[levels[row]] }
            } else {
              for row in levels.indices { loaded[row] *= weights[levels[row]] }
            }
          }
        }
      }
    }
  }

  package func value() -> Double { function(WeightedSample(ascending: values, weights: loaded)) }

  package func value(without level: Int, of unit: Int) -> Double {
    let weight = weights[unit][level]
    var reduced = loaded
    for (row, other) in levels[unit].enumerated() where other == level {
      reduced[row] *= (weight - 1) / weight
    }
    return function(WeightedSample(ascending: values, weights: reduced))
  }
}
