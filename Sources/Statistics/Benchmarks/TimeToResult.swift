/// A submission's time on a workload (AlgoPerf's external tuning ruleset; Dahl et al. 2023, "Benchmarking neural network
/// training algorithms"): the median over studies of each study's fastest hit.
///
/// - Parameter studies: by study, the time of each point it tried; infinite or undefined for a miss. A study that only
///   misses takes for ever.
/// - Returns: NaN without studies.
package func timeToResult(studies: [[Double]]) -> Double {
  let fastest = studies.map { $0.reduce(Double.infinity) { $1 < $0 ? $1 : $0 } }.sorted()
  guard !fastest.isEmpty else { return .nan }
  let middle = fastest.count / 2
  return fastest.count % 2 == 1 ? fastest[middle] : (fastest[middle - 1] + fastest[middle]) / 2
}

/// The ratio to the fastest up to which a time earns anything.
package let timeToResultRatio = 4.0

/// The score of each submission: the area under its performance profile from ratio 1 to 4, divided by its width.
///
/// - Parameter times: workload × submission; infinite or undefined for a miss.
package func timeToResultScores(_ times: [[Double]]) -> [Double] {
  costProfileScores(times, largestRatio: timeToResultRatio)
}

/// The score of one submission from its times and the fastest times of all, workload by workload.
///
/// - Parameter sample: x its times, y the fastest; workloads that nobody solves count against it.
package func timeToResultScore(_ sample: PairedSample) -> Double {
  let total = sample.weights.reduce(0, +)
  guard total > 0 else { return .nan }
  var sum = 0.0
  for i in sample.x.indices {
    // The fastest may be the submission itself.
    let scores = timeToResultScores([[sample.x[i], min(sample.x[i], sample.y[i])]])
    sum += sample.weights[i] * scores[0]
  }
  return sum / total
}
