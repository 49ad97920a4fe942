import Learning
import Tensors

/// Observations brought to mean 0 and variance 1 by the statistics of all that was seen, then clipped to ±10; rewards
/// divided by the standard deviation of the discounted return, then clipped to ±10: the treatment of continuous
/// control in the published PPO code.
package final class Normalisation {
  private let width: Int
  private let copies: Int
  /// For each number observed, and at the end for the discounted return.
  private var mean: [Double]
  private var variance: [Double]
  private var counts = [1e-4, 1e-4]
  private var discounted: [Double]

  package init(width: Int, copies: Int) {
    self.width = width
    self.copies = copies
    mean = [Double](repeating: 0, count: width + 1)
    variance = [Double](repeating: 1, count: width + 1)
    discounted = [Double](repeating: 0, count: copies)
  }

  /// - Parameters:
  ///   - source: rows × width.
  ///   - learning: whether the statistics take in these rows before.
  package func observe(
    _ source: UnsafePointer<Float>, rows: Int, into target: UnsafeMutablePointer<Float>, learning: Bool
  ) {
    if learning {
      for j in 0..<width { merge(j, rows, counts[0]) { Double(source[$0 * width + j]) } }
      counts[0] += Double(rows)
    }
    for j in 0..<width {
      let scale = 1 / (variance[j] + 1e-8).squareRoot()
      for i in 0..<rows {
        let value = (Double(source[i * width + j]) - mean[j]) * scale
        target[i * width + j] = Float(min(max(value, -10), 10))
      }
    }
  }

  /// Takes the rewards of one step into the statistics and scales them.
  package func scale(_ rewards: UnsafeMutablePointer<Float>, _ ends: UnsafePointer<Float>, discount: Double) {
    for i in 0..<copies { discounted[i] = discounted[i] * discount + Double(rewards[i]) }
    merge(width, copies, counts[1]) { discounted[$0] }
    counts[1] += Double(copies)
    let scale = 1 / (variance[width] + 1e-8).squareRoot()
    for i in 0..<copies {
      rewards[i] = Float(min(max(Double(rewards[i]) * scale, -10), 10))
      if ends[i] == 1 { discounted[i] = 0 }
    }
  }

  /// Merges the moments of a batch into those so far (Chan, Golub & LeVeque 1982).
  private func merge(_ place: Int, _ rows: Int, _ count: Double, _ value: (Int) -> Double) {
    var batchMean = 0.0
    for i in 0..<rows { batchMean += value(i) }
    batchMean /= Double(rows)
    var squares = 0.0
    for i in 0..<rows { squares += (value(i) - batchMean) * (value(i) - batchMean) }
    let (total, shift) = (count + Double(rows), batchMean - mean[place])
    mean[place] += shift * Double(rows) / total
    variance[place] =
      (variance[place] * count + squares + shift * shift * count * Double(rows) / total) / total
  }

  func exchange(_ archive: StateArchive) throws {
    try archive.exchange("mean", &mean)
    try archive.exchange("variance", &variance)
    try archive.exchange("counts", &counts)
    try archive.exchange("discounted", &discounted)
  }
}
