/// For each threshold the share of scores above it (Agarwal et al. 2021, "run-score distribution"). Undefined scores
/// count as failures.
package func scoreProfile(_ scores: [Double], thresholds: [Double]) -> [Double] {
  thresholds.map { threshold in
    Double(scores.filter { $0 > threshold }.count) / Double(scores.count)
  }
}

/// For each method and ratio τ the share of problems that it solves within τ times the best method's cost (Dolan &
/// Moré 2002, "Benchmarking optimization software with performance profiles").
///
/// - Parameters:
///   - costs: problem × method, above 0; infinite or undefined where a method misses. A problem that all miss counts
///     against all.
///   - ratios: from 1.
/// - Returns: method × ratio; NaN without problems.
package func costProfiles(_ costs: [[Double]], ratios: [Double]) -> [[Double]] {
  let methods = costs.first?.count ?? 0
  precondition(costs.allSatisfy { $0.count == methods }, "a cost for every method")
  let best = costs.map { row in row.reduce(Double.infinity) { $1 < $0 ? $1 : $0 } }
  return (0..<methods).map { method in
    ratios.map { ratio in
      let solved = costs.indices.filter { best[$0] < .infinity && costs[$0][method] <= ratio * best[$0] }
      return Double(solved.count) / Double(costs.count)
    }
  }
}

/// The area under a method's cost profile over τ from 1 to `largestRatio`, divided by its width (AlgoPerf's score; Dahl
/// et al. 2023): 1 for one that is best everywhere, 0 for one that never comes within the ratio.
///
/// - Parameter costs: problem × method, as in `costProfiles`.
package func costProfileScores(_ costs: [[Double]], largestRatio: Double) -> [Double] {
  precondition(largestRatio > 1, "ratios above 1")
  let methods = costs.first?.count ?? 0
  precondition(costs.allSatisfy { $0.count == methods }, "a cost for every method")
  return (0..<methods).map { method in
    var sum = 0.0
    for row in costs {
      let best = row.reduce(Double.infinity) { $1 < $0 ? $1 : $0 }
      guard best < .infinity, row[method] <= largestRatio * best else { continue }
      sum += (largestRatio - row[method] / best) / (largestRatio - 1)
    }
    return sum / Double(costs.count)
  }
}
