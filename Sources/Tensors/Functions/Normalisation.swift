/// Layer normalisation over the last axis (Ba, Kiros & Hinton 2016): gain·(x − μ)/√(σ² + ε) + bias, with the
/// variance divided by the count.
///
/// - Parameters:
///   - x: … × width.
///   - gain: width; nil for 1.
///   - bias: width; nil for 0.
package func layerNorm(_ x: Tensor, gain: Tensor?, bias: Tensor?, epsilon: Double = 1e-5) -> Tensor {
  affine(standardise(x, epsilon: epsilon), gain, bias)
}

/// RMS normalisation over the last axis (Zhang & Sennrich 2019): gain·x/√(mean x² + ε).
package func rmsNorm(_ x: Tensor, gain: Tensor?, epsilon: Double = 1e-6) -> Tensor {
  affine(scaleToUnitMeanSquare(x, epsilon: epsilon), gain, nil)
}

/// Group normalisation (Wu & He 2018): the channels of each example are standardised in groups, over all places.
///
/// - Parameters:
///   - x: batch × … × channels.
///   - groups: a divisor of the number of channels.
package func groupNorm(_ x: Tensor, groups: Int, gain: Tensor?, bias: Tensor?, epsilon: Double = 1e-5)
  -> Tensor
{
  let (batch, channels) = (x.shape[0], x.shape.last!)
  precondition(
    groups > 0 && channels % groups == 0, "\(channels) channels do not split into \(groups) groups")
  let places = x.shape.dropFirst().dropLast().reduce(1, *)
  let grouped = permute(reshape(x, [batch, places, groups, channels / groups]), [0, 2, 1, 3])
  let flat = standardise(reshape(grouped, [batch, groups, places * channels / groups]), epsilon: epsilon)
  let back = permute(reshape(flat, [batch, groups, places, channels / groups]), [0, 2, 1, 3])
  return affine(reshape(back, x.shape), gain, bias)
}

/// The mean and variance (divided by the count) of each channel over batch and places: what batch normalisation
/// in training uses, and what running statistics follow.
///
/// - Parameter x: … × channels.
package func channelMoments(_ x: Tensor) -> (mean: Tensor, variance: Tensor) {
  let axes = Array(0..<x.rank - 1)
  return (mean(x, axes: axes), variance(x, axes: axes))
}

/// Batch normalisation (Ioffe & Szegedy 2015): gain·(x − mean)/√(variance + ε) + bias for each channel.
///
/// The mode is in the statistics handed in: `channelMoments(x)` in training, with the derivative flowing through
/// them; running averages, as inputs, in testing; `stopGradient` of the batch's, or moments estimated anew on other
/// data, also as inputs, where statistics are held fixed.
///
/// - Parameters:
///   - x: … × channels.
///   - moments: channels each.
package func batchNorm(
  _ x: Tensor, _ moments: (mean: Tensor, variance: Tensor), gain: Tensor?, bias: Tensor?,
  epsilon: Double = 1e-5
) -> Tensor {
  let scale = 1 / squareRoot(moments.variance + epsilon)
  return affine((x - moments.mean) * scale, gain, bias)
}

/// Rows of the last axis divided by their Euclidean length; a row shorter than `epsilon` is divided by that.
package func unitRows(_ x: Tensor, epsilon: Double = 1e-12) -> Tensor {
  let squares = sum(square(x), axes: [-1], keepingAxes: true)
  return x / squareRoot(maximum(squares, epsilon * epsilon))
}

private func affine(_ x: Tensor, _ gain: Tensor?, _ bias: Tensor?) -> Tensor {
  let scaled = gain.map { x * $0 } ?? x
  return bias.map { scaled + $0 } ?? scaled
}
