import Tensors

/// A long short-term memory over sequences, from a state of zeros.
///
/// Weights start uniform in ±1/√width, as is the custom; the forget gate's bias starts at 1 (Jozefowicz, Zaremba &
/// Sutskever, ICML 2015), the others at 0.
///
/// - Parameters:
///   - x: batch × length × inputs.
///   - width: of the state.
/// - Returns: the state after each step, batch × length × width.
package func lstm(_ x: Tensor, width: Int, _ weights: Weights) -> Tensor {
  let bound = InitialValues.uniform(bound: 1 / Double(width).squareRoot())
  let open = (0..<4 * width).map { Float($0 / width == 1 ? 1 : 0) }
  return lstm(
    x, inputWeights: weights.parameter("input", [x.shape[2], 4 * width], bound),
    stateWeights: weights.parameter("state", [width, 4 * width], bound),
    bias: weights.parameter("bias", [4 * width], .values(open)))
}
