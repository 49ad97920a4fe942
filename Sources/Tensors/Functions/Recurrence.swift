/// One step of a long short-term memory (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000).
///
/// - Parameters:
///   - gates: batch × 4·width, the affine maps of input and state, in the order input gate, forget gate, cell,
///     output gate.
///   - cell: batch × width.
package func lstmStep(gates: Tensor, cell: Tensor) -> (state: Tensor, cell: Tensor) {
  let parts = split(gates, axis: 1, into: 4)
  let next = sigmoid(parts[1]) * cell + sigmoid(parts[0]) * tanh(parts[2])
  return (sigmoid(parts[3]) * tanh(next), next)
}

/// A long short-term memory over sequences, from a state of zeros.
///
/// - Parameters:
///   - x: batch × length × inputs.
///   - inputWeights: inputs × 4·width.
///   - stateWeights: width × 4·width.
///   - bias: 4·width, in the order of `lstmStep`.
/// - Returns: the state after each step, batch × length × width.
package func lstm(_ x: Tensor, inputWeights: Tensor, stateWeights: Tensor, bias: Tensor) -> Tensor {
  // Time outermost, so that a step is one piece of memory.
  let steps = permute(x, [1, 0, 2])
  let (length, batch, width) = (steps.shape[0], steps.shape[1], stateWeights.shape[0])
  if x.graph.products == nil {
    let weights = concatenate(
      [inputWeights, stateWeights, reshape(bias, [1, 4 * width])], axis: 0)
    let results = x.graph.tensor(LSTMSequence(), [steps, weights])
    let states = slice(results, axis: 0, 0..<length * batch * width)
    return permute(reshape(states, [length, batch, width]), [1, 0, 2])
  }
  // The joined kernel knows no interceptions.
  let mapped = matmul(steps, inputWeights, plus: bias)
  var state = x.graph.constant(0, [batch, width])
  var cell = state
  var states: [Tensor] = []
  for t in 0..<length {
    var gates = reshape(slice(mapped, axis: 0, t..<t + 1), [batch, 4 * width])
    if t > 0 { gates = gates + matmul(state, stateWeights) }
    (state, cell) = lstmStep(gates: gates, cell: cell)
    states.append(state)
  }
  return permute(stack(states), [1, 0, 2])
}

/// One step of a gated recurrent unit (Cho et al. 2014, with the reset gate applied after the product, as in
/// cuDNN): the gates in the order reset, update, candidate.
///
/// - Parameters:
///   - fromInput: batch × 3·width, the affine map of the input.
///   - fromState: batch × 3·width, the affine map of the state.
///   - state: batch × width.
package func gruStep(fromInput: Tensor, fromState: Tensor, state: Tensor) -> Tensor {
  let (x, h) = (split(fromInput, axis: 1, into: 3), split(fromState, axis: 1, into: 3))
  let reset = sigmoid(x[0] + h[0])
  let update = sigmoid(x[1] + h[1])
  let candidate = tanh(x[2] + reset * h[2])
  return candidate + update * (state - candidate)
}
