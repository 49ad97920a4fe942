/// The uncertainty of an aggregate over the runs of several tasks, such as the interquartile mean of an algorithm's
/// scores: runs are resampled within each task, tasks stay (Agarwal et al. 2021, "stratified bootstrap").
///
/// Percentile intervals, as theirs: they cover less than their level for few runs in all.
///
/// - Parameters:
///   - scores: task × run, none undefined.
///   - aggregate: of all scores together.
/// - Returns: nil where no task has two runs or the aggregate is undefined.
package func aggregateDistribution(
  _ scores: [[Double]], draws: Int, seed: UInt64,
  aggregate: @escaping @Sendable (WeightedSample) -> Double = interquartileMean
) -> SamplingDistribution? {
  let rows = scores.flatMap { $0 }
  let design = ResamplingDesign(units: [.stratified("run", scores.map(\.count))])
  let statistic = ResampledRows(rows, levels: [Array(rows.indices)], function: aggregate)
  return MultiwayBootstrap(design: design, draws: draws).distribution(
    of: statistic, by: .percentile, seed: seed)
}
