import Experiments
import Tensors

/// Layer normalisation over the last axis with a learned gain and bias.
package func layerNorm(_ x: Tensor, _ weights: Weights) -> Tensor {
  let width = [x.shape[x.rank - 1]]
  return layerNorm(
    x, gain: weights.parameter("gain", width, .ones), bias: weights.parameter("bias", width, .zeros))
}

/// RMS normalisation over the last axis with a learned gain.
package func rmsNorm(_ x: Tensor, _ weights: Weights) -> Tensor {
  rmsNorm(x, gain: weights.parameter("gain", [x.shape[x.rank - 1]], .ones))
}

/// Batch normalisation of each channel with a learned gain and bias: by the batch's own moments in training, by
/// their running means (which keep 0.9 of themselves at each step) in prediction.
///
/// Deviation from the custom of other libraries: the running variance is that divided by the count, as in training.
///
/// - Parameter x: … × channels.
package func batchNorm(_ x: Tensor, _ weights: Weights) -> Tensor {
  let width = [x.shape[x.rank - 1]]
  let gain = weights.parameter("gain", width, .ones)
  let bias = weights.parameter("bias", width, .zeros)
  let batch = weights.isTraining ? channelMoments(x) : nil
  let mean = weights.runningMean("mean", width, startingAt: 0, keep: 0.9, of: batch?.mean)
  let variance = weights.runningMean("variance", width, startingAt: 1, keep: 0.9, of: batch?.variance)
  return batchNorm(x, batch ?? (mean, variance), gain: gain, bias: bias)
}

/// Which normalisation a transformer has.
package enum Normalisation: String, CaseIterable, Sendable {
  case layer, rms

  package func callAsFunction(_ x: Tensor, _ weights: Weights) -> Tensor {
    switch self {
    case .layer: layerNorm(x, weights)
    case .rms: rmsNorm(x, weights)
    }
  }
}
