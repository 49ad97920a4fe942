/// An operation with a kernel of its own for what other operations could compute together; its derivatives are
/// those of that composition.
protocol CompositeOperation: Operation {
  /// The same value from other operations.
  func composition(_ inputs: [Tensor]) -> Tensor
}

extension CompositeOperation {
  func gradients(_ node: Backward) -> [Tensor?] {
    differentiate(node.inputs, upstream: node.upstream, composition)
  }
}

/// The derivatives of `function` at `inputs`, each with the others held fixed even where they depend on one
/// another.
func differentiate(
  _ inputs: [Tensor], upstream: Tensor, _ function: ([Tensor]) -> Tensor
) -> [Tensor?] {
  let graph = upstream.graph
  let starts = inputs.map { graph.tensor(Start(number: graph.nodes.count + $0.index), [$0]) }
  return graph.gradient(of: function(starts), with: starts, upstream: upstream)
}

/// The input under a new name, so that derivatives with respect to it stop here.
struct Start: PassThrough {
  let number: Int

  func gradients(_ node: Backward) -> [Tensor?] { [node.upstream] }
}
