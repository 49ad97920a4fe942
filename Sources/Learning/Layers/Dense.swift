import Tensors

/// x·W + b over the last dimension.
///
/// - Parameters:
///   - x: … × inputs.
///   - outputs: the width of the result.
///   - beforeReLU: whether the weights start as He's for a ReLU to come, rather than Glorot's.
/// - Returns: … × outputs.
package func dense(_ x: Tensor, _ outputs: Int, _ weights: Weights, beforeReLU: Bool = false) -> Tensor {
  let inputs = x.shape[x.rank - 1]
  let w = weights.parameter(
    "weight", [inputs, outputs],
    beforeReLU ? .he(inputs: inputs) : .glorot(inputs: inputs, outputs: outputs))
  return matmul(x, w, plus: weights.parameter("bias", [outputs], .zeros))
}
