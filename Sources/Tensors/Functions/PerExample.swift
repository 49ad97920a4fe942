// The gradient of a batch's summed loss is a sum over examples that ends in a product or sum over rows. Taking that
// last step for each example alone gives each example's gradient at about the cost of the batch's.

/// The gradient of each example's loss.
///
/// Each example must own as many neighbouring rows as any other, and its loss must depend on its own rows only (so
/// not through batch statistics).
///
/// - Parameters:
///   - losses: examples.
///   - parameters: reached from the rows through products, convolutions, look-ups and sums over rows.
/// - Returns: examples × the parameter's shape, for each parameter.
package func perExampleGradients(of losses: Tensor, with parameters: [Tensor]) -> [Tensor] {
  precondition(losses.rank == 1, "losses are one number for each example")
  let gradient = losses.graph.gradient(of: losses, with: parameters)
  return gradient.map(ExampleRule(losses.graph, examples: losses.count).spread)
}

/// The squared Euclidean norm of each example's gradient over all `parameters`.
///
/// Where a gradient is a product over rows with one row an example, it is the product of the two rows' squared norms
/// (Goodfellow 2015), and no gradient is formed.
///
/// - Returns: examples.
package func perExampleSquaredNorms(of losses: Tensor, with parameters: [Tensor]) -> Tensor {
  precondition(losses.rank == 1, "losses are one number for each example")
  let gradient = losses.graph.gradient(of: losses, with: parameters)
  let rule = ExampleRule(losses.graph, examples: losses.count)
  return gradient.map(rule.squaredNorm).reduce(losses.graph.constant(0, losses.shape), +)
}

private struct ExampleRule {
  let examples: Int
  /// For each node, whether it depends on an input and so on the examples.
  private let dependsOnRows: [Bool]

  init(_ graph: Graph, examples: Int) {
    self.examples = examples
    var depends: [Bool] = []
    for node in graph.nodes {
      let isInput = node.operation is Input || node.operation is IndexInput
      depends.append(isInput || node.inputs.contains { depends[$0] })
    }
    dependsOnRows = depends
  }

  /// For a sum over all examples' rows, each example's part, along a new first axis.
  func spread(_ x: Tensor) -> Tensor {
    // Sums over the rows of one example may have been left out.
    if examples == 1 { return reshape(x, [1] + x.shape) }
    let inputs = x.inputs
    switch x.operation {
    case let operation as MatrixProduct:
      // The products of a parameter that is used at several places stand above one another.
      if let whole = inputs[0].operation as? Concatenate, whole.axis == 0,
        whole == inputs[1].operation as? Concatenate
      {
        let parts = zip(inputs[0].inputs, inputs[1].inputs).map { x.graph.tensor(operation, [$0, $1]) }
        return parts.dropFirst().reduce(spread(parts[0])) { $0 + spread($1) }
      }
      switch (dependsOnRows[inputs[0].index], dependsOnRows[inputs[1].index]) {
      case (true, true) where operation.transposeA && !operation.transposeB && x.rank == 2:
        return x.graph.tensor(operation, [byExample(inputs[0]), byExample(inputs[1])])
      // A factor after the sum, as in a product of parameters.
      case (true, false): return x.graph.tensor(operation, [spread(inputs[0]), inputs[1]])
      case (false, true): return x.graph.tensor(operation, [inputs[0], spread(inputs[1])])
      default: return fail(x)
      }
    case let operation as Sum where operation.axes.lowerBound == 0:
      let rows = byExample(inputs[0])
      return sum(rows, axes: operation.axes.map { $0 + 1 }, keepingAxes: true)
    case let operation as ConvolutionWeightGradient:
      let (geometry, window) = (operation.geometry, operation.geometry.window)
      let (places, groups) = (window.outputPlaces, geometry.groups)
      let windows = reshape(
        x.graph.tensor(Unfold(geometry: window), [inputs[0]]),
        [examples, places, geometry.inner / geometry.groupInputs, groups, geometry.groupInputs])
      let g = reshape(inputs[1], [examples, places, groups, geometry.groupOutputs])
      // For each example and group, places × what a window sees of the group's channels.
      let seen = reshape(permute(windows, [0, 3, 1, 2, 4]), [examples, groups, places, geometry.inner])
      let product = matmul(transpose(seen), permute(g, [0, 2, 1, 3]))
      return reshape(permute(product, [0, 2, 1, 3]), [examples] + x.shape)
    case is AddRows:
      let (rows, perExample) = (x.shape[0], inputs[0].shape[0] / examples)
      let places = x.graph.append(RowPositions(width: rows, perRow: perExample), [inputs[1].index])
      let apart = x.graph.tensor(
        AddRows(rows: rows * examples), [inputs[0], Tensor(graph: x.graph, index: places)])
      return reshape(apart, [examples] + x.shape)
    case is Reshape: return reshape(spread(inputs[0]), [examples] + x.shape)
    case let operation as Permute:
      return permute(spread(inputs[0]), [0] + operation.axes.map { $0 + 1 })
    case Arithmetic.add: return spread(inputs[0]) + spread(inputs[1])
    case Arithmetic.subtract: return spread(inputs[0]) - spread(inputs[1])
    case Arithmetic.negate: return -spread(inputs[0])
    case Arithmetic.multiply:
      return dependsOnRows[inputs[0].index] ? spread(inputs[0]) * inputs[1] : spread(inputs[1]) * inputs[0]
    case is Constant where x.uniformValue == 0: return x.graph.constant(0, [examples] + x.shape)
    default: return fail(x)
    }
  }

  /// The squared norm of each example's part.
  func squaredNorm(_ x: Tensor) -> Tensor {
    if let operation = x.operation as? MatrixProduct, operation.transposeA, !operation.transposeB,
      x.inputs.allSatisfy({ $0.rank == 2 && $0.shape[0] == examples && dependsOnRows[$0.index] })
    {
      return sum(square(x.inputs[0]), axes: [1]) * sum(square(x.inputs[1]), axes: [1])
    }
    return sum(square(reshape(spread(x), [examples, x.count])), axes: [1])
  }

  /// Rows as examples × rows of each.
  private func byExample(_ x: Tensor) -> Tensor {
    precondition(
      x.shape[0] % examples == 0, "\(x.shape[0]) rows do not divide among \(examples) examples")
    return reshape(x, [examples, x.shape[0] / examples] + x.shape.dropFirst())
  }

  private func fail(_ x: Tensor) -> Tensor {
    preconditionFailure("no rule tells the examples apart in a gradient that ends in \(x.operation)")
  }
}
