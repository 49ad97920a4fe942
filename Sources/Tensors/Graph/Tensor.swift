/// A handle of a value in a graph: a row-major array of numbers with a fixed shape.
package struct Tensor {
  package let graph: Graph
  let index: Int

  package var shape: [Int] { graph.nodes[index].shape }
  /// The number of elements.
  package var count: Int { shape.product }
  /// The number of dimensions.
  package var rank: Int { shape.count }

  var operation: any Operation { graph.nodes[index].operation }
  var inputs: [Tensor] { graph.nodes[index].inputs.map { Tensor(graph: graph, index: $0) } }

  /// The value when it is the same known number everywhere.
  var uniformValue: Double? { (operation as? Constant)?.value }
}

/// A handle of whole numbers (`Int32`) in a graph: labels, token numbers, positions. They have no gradient.
package struct IndexTensor {
  package let graph: Graph
  let index: Int

  package var shape: [Int] { graph.nodes[index].shape }
  package var count: Int { shape.product }

  /// The same node as an operand; only operations that read indices may receive it.
  var operand: Tensor { Tensor(graph: graph, index: index) }
}
