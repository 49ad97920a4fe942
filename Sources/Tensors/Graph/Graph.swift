/// A computation written once: a list of operations over tensors of fixed shape, whose gradient is more graph.
///
/// Building a graph computes nothing; a `Plan` does. Equal operations on equal operands are one node, so a value
/// written twice is computed once. A graph is built and used by one thread.
package final class Graph {
  /// One operation applied to earlier nodes.
  struct Node {
    let operation: any Operation
    let inputs: [Int]
    let shape: [Int]
  }

  /// In an order in which operands precede what uses them.
  private(set) var nodes: [Node] = []
  private var known: [NodeKey: Int] = [:]

  /// Kept by number: a tensor holds its graph, and a graph that held tensors would never be freed.
  private var parameterNodes: [Int] = []
  /// The name of each parameter.
  package private(set) var parameterNames: [String] = []
  /// The offset of each parameter in the flat block, and after the last the block's length.
  private(set) var parameterOffsets: [Int] = [0]

  /// The parameters in order of declaration, which is their order in the flat block.
  package var parameters: [Tensor] { parameterNodes.map { Tensor(graph: self, index: $0) } }

  /// The number of values in the flat block of all parameters.
  package var parameterCount: Int { parameterOffsets.last! }

  /// What every operand of a matrix product or convolution built from now on passes through, in the forward and
  /// in both backward products; nil for nothing.
  package var products: ProductInterception? {
    didSet { interceptions.append(products) }
  }
  /// All interceptions ever set, so that a product remembers its own by number.
  private(set) var interceptions: [ProductInterception?] = [nil]

  /// The derivative rules of `customGradient`, found by number.
  var customRules: [(Tensor) -> [Tensor?]] = []

  package init() {}

  /// A tensor the caller fills before each run.
  package func input(_ name: String, _ shape: [Int]) -> Tensor {
    Tensor(graph: self, index: append(Input(name: name, dimensions: shape, number: nodes.count), []))
  }

  /// Whole numbers the caller fills before each run, such as class labels or token numbers.
  package func indexInput(_ name: String, _ shape: [Int]) -> IndexTensor {
    IndexTensor(
      graph: self, index: append(IndexInput(name: name, dimensions: shape, number: nodes.count), []))
  }

  /// A learned tensor: the next `shape.product` values of the flat block of parameters.
  package func parameter(_ name: String, _ shape: [Int]) -> Tensor {
    let offset = parameterCount
    let tensor = Tensor(
      graph: self, index: append(Parameter(name: name, dimensions: shape, offset: offset), []))
    parameterNodes.append(tensor.index)
    parameterNames.append(name)
    parameterOffsets.append(offset + shape.product)
    return tensor
  }

  /// A tensor with one value everywhere.
  package func constant(_ value: Double, _ shape: [Int] = []) -> Tensor {
    Tensor(graph: self, index: append(Constant(value: value, dimensions: shape), []))
  }

  /// A tensor of fixed values, row-major.
  package func constant(_ values: [Double], _ shape: [Int]) -> Tensor {
    precondition(values.count == shape.product, "\(values.count) values do not fill \(shape)")
    return Tensor(graph: self, index: append(ConstantTable(values: values, dimensions: shape), []))
  }

  /// Fixed whole numbers, row-major.
  package func indexConstant(_ values: [Int32], _ shape: [Int]) -> IndexTensor {
    precondition(values.count == shape.product, "\(values.count) indices do not fill \(shape)")
    return IndexTensor(graph: self, index: append(IndexTable(values: values, dimensions: shape), []))
  }

  /// The node of `operation` on `inputs`; an equal one that already exists is returned instead.
  func append(_ operation: some Operation, _ inputs: [Int]) -> Int {
    let key = NodeKey(operation: AnyHashable(operation), inputs: inputs)
    if let index = known[key] { return index }
    let shape = operation.shape(inputs.map { nodes[$0].shape })
    precondition(shape.allSatisfy { $0 >= 0 }, "a dimension cannot be negative: \(shape)")
    nodes.append(Node(operation: operation, inputs: inputs, shape: shape))
    known[key] = nodes.count - 1
    return nodes.count - 1
  }

  /// The result of `operation` on tensors of this graph.
  func tensor(_ operation: some Operation, _ inputs: [Tensor]) -> Tensor {
    for input in inputs { precondition(input.graph === self, "operands belong to different graphs") }
    return Tensor(graph: self, index: append(operation, inputs.map(\.index)))
  }

  private struct NodeKey: Hashable {
    let operation: AnyHashable
    let inputs: [Int]
  }
}

extension [Int] {
  /// The number of elements of a tensor of this shape.
  package var product: Int { reduce(1, *) }
}

extension Graph {
  /// The kinds of operations in the graph, such as `MatrixProduct` or `Arithmetic.add`, for tests that everything
  /// is covered.
  package var operationNames: Set<String> {
    Set(
      nodes.map { node in
        let type = "\(type(of: node.operation))"
        guard Mirror(reflecting: node.operation).displayStyle == .enum else { return type }
        return type + "." + "\(node.operation)".prefix { $0 != "(" }
      })
  }
}
