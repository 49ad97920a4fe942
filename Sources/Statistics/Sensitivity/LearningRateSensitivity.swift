/// How much is lost, on average, by not knowing the best learning rate (Wortsman et al. 2023, "Small-scale proxies for
/// large-scale Transformer training instabilities", section 2.2): the mean over learning rates of
/// min(loss, initial loss) less the least loss.
///
/// - Parameters:
///   - losses: the final loss at each learning rate, evenly spaced on a logarithmic scale; undefined or infinite where
///     training diverged.
///   - initialLoss: that of the untrained network, which a diverged run counts as.
/// - Returns: 0 where every learning rate is as good; NaN without losses.
package func learningRateSensitivity(_ losses: [Double], initialLoss: Double) -> Double {
  let capped = losses.map { $0 < initialLoss ? $0 : initialLoss }
  guard let least = capped.min() else { return .nan }
  return capped.reduce(0) { $0 + ($1 - least) } / Double(capped.count)
}
