/// The axes in another order.
struct Permute: Operation {
  /// For each axis of the result, the axis of the input.
  let axes: [Int]

  func shape(_ inputs: [[Int]]) -> [Int] {
    precondition(
      axes.sorted() == Array(inputs[0].indices), "\(axes) is no order of the axes of \(inputs[0])")
    return axes.map { inputs[0][$0] }
  }

  func gradients(_ node: Backward) -> [Tensor?] {
    var inverse = axes
    for (i, axis) in axes.enumerated() { inverse[axis] = i }
    return [permute(node.upstream, inverse)]
  }

  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    let shape = site.inputShapes[0]
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in stride(from: shape.count - 2, through: 0, by: -1) {
      strides[axis] = strides[axis + 1] * shape[axis + 1]
    }
    let walk = Walk(sizes: axes.map { shape[$0] }, strides: axes.map { strides[$0] })
    let count = shape.product
    let (x, y) = (site.input(0), site.output)
    if walk.isFull { return { memory in memory[y].update(from: memory[x], count: count) } }
    let expansion = Expansion(walk, site)
    return { memory in expansion.write(memory[x], from: 0, count: count, into: memory[y]) }
  }
}

/// The axes of `x` in the order given: axis i of the result is axis `axes[i]` of `x`.
package func permute(_ x: Tensor, _ axes: [Int]) -> Tensor {
  if axes == Array(0..<x.rank) { return x }
  if let value = x.uniformValue { return x.graph.constant(value, axes.map { x.shape[$0] }) }
  if let inner = x.operation as? Permute { return permute(x.inputs[0], axes.map { inner.axes[$0] }) }
  return x.graph.tensor(Permute(axes: axes), [x])
}

/// The last two axes exchanged. A matrix product takes a transpose as a flag, without moving numbers.
package func transpose(_ x: Tensor) -> Tensor {
  precondition(x.rank >= 2, "a transpose needs two axes")
  return permute(x, Array(0..<x.rank - 2) + [x.rank - 1, x.rank - 2])
}
