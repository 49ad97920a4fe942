extension Graph {
  /// The derivatives of `value`, which are nodes like any others: they can be differentiated again.
  ///
  /// Reverse mode: each node's contributions are added in the order of the nodes that use it, the last first.
  ///
  /// - Parameters:
  ///   - value: a scalar; of a larger tensor the sum is differentiated.
  ///   - tensors: any nodes — parameters, inputs or inner values.
  ///   - upstream: the derivative of what is really differentiated with respect to `value`; ones by default.
  /// - Returns: one tensor of the same shape for each; zeros where `value` does not depend on it.
  package func gradient(
    of value: Tensor, with tensors: [Tensor], upstream: Tensor? = nil
  ) -> [Tensor] {
    var depends = [Bool](repeating: false, count: value.index + 1)
    for tensor in tensors where tensor.index <= value.index { depends[tensor.index] = true }
    for i in 0...value.index where !depends[i] { depends[i] = nodes[i].inputs.contains { depends[$0] } }

    var contributions = [[Tensor]](repeating: [], count: value.index + 1)
    contributions[value.index] = [upstream ?? constant(1, value.shape)]
    var found: [Int: Tensor] = [:]
    for i in stride(from: value.index, through: 0, by: -1) where depends[i] && !contributions[i].isEmpty {
      let total = accumulated(contributions[i])
      found[i] = total
      let node = nodes[i]
      guard node.inputs.contains(where: { depends[$0] }) else { continue }
      let output = Tensor(graph: self, index: i)
      let parts = node.operation.gradients(Backward(upstream: total, inputs: output.inputs, output: output))
      for (input, part) in zip(node.inputs, parts) where depends[input] {
        guard let part else { continue }
        precondition(
          part.shape == nodes[input].shape,
          "the derivative rule of \(type(of: node.operation)) gives \(part.shape) for \(nodes[input].shape)")
        contributions[input].append(part)
      }
    }
    return tensors.map { found[$0.index] ?? constant(0, $0.shape) }
  }
}

/// `x` as a number that does not depend on anything.
package func stopGradient(_ x: Tensor) -> Tensor { x.graph.tensor(StopGradient(), [x]) }

/// `value` forward, while derivatives pass to `source` unchanged: the straight-through estimator
/// (Bengio, Léonard & Courville 2013).
package func straightThrough(_ value: Tensor, to source: Tensor) -> Tensor {
  precondition(value.shape == source.shape, "\(value.shape) cannot stand in for \(source.shape)")
  return customGradient(value, of: [source]) { [$0] }
}

/// `value` forward, with a derivative of one's own.
///
/// - Parameters:
///   - value: what is computed; no derivative flows into it.
///   - sources: what derivatives flow into instead.
///   - rule: from the derivative with respect to the result, those with respect to the sources. The graph keeps it
///     for life: a rule that captures tensors of its graph keeps that graph for ever.
package func customGradient(
  _ value: Tensor, of sources: [Tensor], rule: @escaping (_ upstream: Tensor) -> [Tensor?]
) -> Tensor {
  let graph = value.graph
  graph.customRules.append(rule)
  return graph.tensor(CustomGradient(rule: graph.customRules.count - 1), [value] + sources)
}

struct StopGradient: PassThrough, WithoutGradient {}

struct CustomGradient: PassThrough {
  let rule: Int

  func gradients(_ node: Backward) -> [Tensor?] {
    let parts = node.output.graph.customRules[rule](node.upstream)
    precondition(parts.count == node.inputs.count - 1, "a custom rule gives one derivative for each source")
    return [nil] + parts
  }
}
