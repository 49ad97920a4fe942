/// The sum of the contributions to a derivative, in their order, with two shapes of sum taken together that recurrent
/// networks make long: parts of one whole, and products over successive steps.
func accumulated(_ contributions: [Tensor]) -> Tensor {
  let parts = joiningProducts(joiningParts(contributions))
  return parts.dropFirst().reduce(parts[0], +)
}

/// Contributions that are zero but for ranges of one axis, and do not overlap, become one concatenation of these
/// ranges: the derivative of a tensor that is used slice by slice costs one pass over it, not one for each slice.
private func joiningParts(_ contributions: [Tensor]) -> [Tensor] {
  let pads = contributions.compactMap { tensor in (tensor.operation as? Pad).map { (pad: $0, whole: tensor) }
  }
  guard pads.count > 1, let axis = pads.first?.pad.axis, pads.allSatisfy({ $0.pad.axis == axis }) else {
    return contributions
  }
  let sorted = pads.sorted { $0.pad.before < $1.pad.before }
  var end = sorted[0].pad.before
  var pieces: [Tensor] = []
  for (pad, whole) in sorted {
    guard pad.before >= end else { return contributions }
    if pad.before > end {
      var gap = whole.shape
      gap[axis] = pad.before - end
      pieces.append(whole.graph.constant(0, gap))
    }
    pieces.append(whole.inputs[0])
    end = whole.shape[axis] - pad.after
  }
  let joined = Tensors.pad(
    concatenate(pieces, axis: axis), axis: axis, before: sorted[0].pad.before, after: sorted.last!.pad.after)
  return [joined] + contributions.filter { !($0.operation is Pad) }
}

/// Contributions Σ Aₜᵀ·Bₜ become one product of all Aₜ above one another with all Bₜ: the derivative of a weight that
/// is used at every step costs one product, not one and a sum of matrices for each step.
private func joiningProducts(_ contributions: [Tensor]) -> [Tensor] {
  func isPart(_ tensor: Tensor) -> Bool {
    guard let product = tensor.operation as? MatrixProduct else { return false }
    return product.transposeA && !product.transposeB && tensor.inputs.count == 2
      && tensor.inputs.allSatisfy { $0.rank == 2 }
      && product == contributions.first?.operation as? MatrixProduct
  }
  let products = contributions.filter(isPart)
  guard products.count > 1 else { return contributions }
  let a = concatenate(products.map { $0.inputs[0] }, axis: 0)
  let b = concatenate(products.map { $0.inputs[1] }, axis: 0)
  let joined = a.graph.tensor(products[0].operation as! MatrixProduct, [a, b])
  return [joined] + contributions.filter { !isPart($0) }
}
