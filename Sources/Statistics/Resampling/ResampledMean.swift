/// The mean of rows that belong to levels of one or more units, for the bootstrap: leaving a level out costs one
/// subtraction.
package final class ResampledMean: ResampledStatistic {
  private let origin: Double
  private let distances: [Double]
  /// Unit × row: the level.
  private let levels: [[Int]]
  /// Unit × level: what its rows add to weight and sum.
  private var parts: [[(weight: Double, sum: Double)]]
  /// The same where every level occurs once.
  private var plainParts: [[(weight: Double, sum: Double)]] = []
  private var total = (weight: 0.0, sum: 0.0)
  private var weights: [[Double]] = []
  package let magnitude: Double

  /// - Parameters:
  ///   - values: one a row, none undefined.
  ///   - levels: unit × row, as the design counts them.
  package init(_ values: [Double], levels: [[Int]], design: ResamplingDesign) {
    precondition(levels.allSatisfy { $0.count == values.count }, "a level for every row")
    let origin = values.first ?? 0
    self.origin = origin
    distances = values.map { $0 - origin }
    self.levels = levels
    parts = design.units.map { [(weight: Double, sum: Double)](repeating: (0, 0), count: $0.levelCount) }
    magnitude = values.reduce(0) { max($0, abs($1)) }
    load(design.ones)
    plainParts = parts
  }

  package func load(_ weights: [[Double]]) {
    self.weights = weights
    for unit in parts.indices {
      for level in parts[unit].indices { parts[unit][level] = (0, 0) }
    }
    total = (0, 0)
    for row in distances.indices {
      var weight = 1.0
      for unit in levels.indices { weight *= weights[unit][levels[unit][row]] }
      guard weight > 0 else { continue }
      let sum = weight * distances[row]
      total = (total.weight + weight, total.sum + sum)
      for unit in levels.indices {
        let part = parts[unit][levels[unit][row]]
        parts[unit][levels[unit][row]] = (part.weight + weight, part.sum + sum)
      }
    }
  }

  package func load(_ weights: [[Double]], varying unit: Int) {
    self.weights = weights
    total = (0, 0)
    for (level, weight) in weights[unit].enumerated() {
      let plain = plainParts[unit][level]
      parts[unit][level] = (weight * plain.weight, weight * plain.sum)
      total = (total.weight + weight * plain.weight, total.sum + weight * plain.sum)
    }
  }

  package func value() -> Double { total.weight > 0 ? origin + total.sum / total.weight : .nan }

  package func value(without level: Int, of unit: Int) -> Double {
    let part = parts[unit][level]
    let count = weights[unit][level]
    let weight = total.weight - part.weight / count
    return weight > 0 ? origin + (total.sum - part.sum / count) / weight : .nan
  }
}
