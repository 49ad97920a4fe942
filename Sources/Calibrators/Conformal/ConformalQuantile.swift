/// The threshold of split conformal prediction: the ⌈(n + 1) · coverage⌉-th smallest of n scores, +∞ where there are not that
/// many (Vovk, Gammerman, Shafer 2005; Lei et al., JASA 2018).
///
/// A new score that is exchangeable with them is at most it with at least that probability.
package func conformalQuantile(_ scores: [Double], coverage: Double) -> Double {
  // 0.9 · 10 must be 9, whatever the binary fraction of 0.9 makes of it.
  let rank = Int((Double(scores.count + 1) * coverage - 1e-9).rounded(.up))
  guard rank <= scores.count else { return .infinity }
  return scores.sorted()[max(rank, 1) - 1]
}

/// The interval of the jackknife+ (Barber et al., Annals of Statistics 2021, eq. 1.4): from the ⌊(n + 1)(1 − coverage)⌋-th
/// smallest of prediction − residual to the ⌈(n + 1) · coverage⌉-th smallest of prediction + residual.
///
/// - Parameters:
///   - predictions: of the new row, by the model fitted without each row.
///   - residuals: |target − prediction| of each row by the model fitted without it.
package func jackknifePlusInterval(
  predictions: [Double], residuals: [Double], coverage: Double
) -> (low: Double, high: Double) {
  let high = conformalQuantile(zip(predictions, residuals).map { $0 + $1 }, coverage: coverage)
  let low = conformalQuantile(zip(predictions, residuals).map { $1 - $0 }, coverage: coverage)
  return (-low, high)
}
