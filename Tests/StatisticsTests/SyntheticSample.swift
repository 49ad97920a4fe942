import Randomness
import Statistics

/// A mean over rows of two crossed or nested units, the simplest statistic to resample, written plainly:
/// every value is computed from the rows.
final class SyntheticMean: ResampledStatistic {
  /// Level of each unit and value, by row.
  let rows: [(levels: [Int], value: Double)]
  private var weights: [[Double]] = []
  var magnitude: Double { rows.map { abs($0.value) }.max() ?? 0 }

  init(_ rows: [(levels: [Int], value: Double)]) {
    self.rows = rows
  }

  func load(_ weights: [[Double]]) { self.weights = weights }

  func value() -> Double { mean(weights) }

  func value(without level: Int, of unit: Int) -> Double {
    var reduced = weights
    reduced[unit][level] -= 1
    return mean(reduced)
  }

  private func mean(_ weights: [[Double]]) -> Double {
    var (total, sum) = (0.0, 0.0)
    for row in rows {
      let weight = row.levels.enumerated().reduce(1) { $0 * weights[$1.offset][$1.element] }
      total += weight
      sum += weight * row.value
    }
    return total > 0 ? sum / total : .nan
  }
}
