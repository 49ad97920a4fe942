import Tensors

/// Images seen through learned windows of 3 × 3, with a border of zeros so that a stride of 1 keeps the size.
///
/// - Parameters:
///   - x: batch × rows × columns × channels.
///   - beforeReLU: whether the weights start as He's for a ReLU to come, rather than Glorot's.
///   - hasBias: false where a normalisation follows, which would take it out again.
/// - Returns: batch × ⌈rows / stride⌉ × ⌈columns / stride⌉ × channels.
package func convolution(
  _ x: Tensor, channels: Int, stride: Int = 1, _ weights: Weights, beforeReLU: Bool = true,
  hasBias: Bool = true
) -> Tensor {
  let inputs = 9 * x.shape[3]
  let w = weights.parameter(
    "weight", [3, 3, x.shape[3], channels],
    beforeReLU ? .he(inputs: inputs) : .glorot(inputs: inputs, outputs: 9 * channels))
  let y = convolution(x, w, stride: stride, padding: (1, 1))
  return hasBias ? y + weights.parameter("bias", [channels], .zeros) : y
}
