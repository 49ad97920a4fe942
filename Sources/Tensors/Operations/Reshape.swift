/// The same elements in the same order with another shape; costs nothing.
struct Reshape: Operation {
  let dimensions: [Int]

  func shape(_ inputs: [[Int]]) -> [Int] {
    precondition(inputs[0].product == dimensions.product, "\(inputs[0]) does not fill \(dimensions)")
    return dimensions
  }
  func gradients(_ node: Backward) -> [Tensor?] { [reshape(node.upstream, node.inputs[0].shape)] }
  func viewOffset(_ inputs: [[Int]]) -> Int? { 0 }
  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    preconditionFailure("a view has no kernel")
  }
}

/// The same elements in the same order with another shape.
package func reshape(_ x: Tensor, _ shape: [Int]) -> Tensor {
  if x.shape == shape { return x }
  if let value = x.uniformValue {
    precondition(x.count == shape.product, "\(x.shape) does not fill \(shape)")
    return x.graph.constant(value, shape)
  }
  if x.operation is Reshape { return reshape(x.inputs[0], shape) }
  return x.graph.tensor(Reshape(dimensions: shape), [x])
}

/// The same whole numbers with another shape.
package func reshape(_ x: IndexTensor, _ shape: [Int]) -> IndexTensor {
  if x.shape == shape { return x }
  return IndexTensor(graph: x.graph, index: x.graph.append(IndexReshape(dimensions: shape), [x.index]))
}

struct IndexReshape: Operation, WithoutGradient {
  let dimensions: [Int]

  func shape(_ inputs: [[Int]]) -> [Int] {
    precondition(inputs[0].product == dimensions.product, "\(inputs[0]) does not fill \(dimensions)")
    return dimensions
  }
  var givesIndices: Bool { true }
  func viewOffset(_ inputs: [[Int]]) -> Int? { 0 }
  func kernel<Element: Scalar>(_ site: Site<Element>) -> Kernel {
    preconditionFailure("a view has no kernel")
  }
}
