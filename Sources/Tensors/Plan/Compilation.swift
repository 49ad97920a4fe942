/// The making of a plan, pass by pass: what is needed, which operations are joined, where values lie, and the
/// kernels.
struct Compilation<Element: Scalar> {
  private(set) var steps: [Kernel] = []
  let memory: Memory
  let storage = Storage()
  /// The nodes that can be read or filled from outside, by the place of their address.
  private(set) var slotOf: [Int: Int] = [:]
  private(set) var parameterSlots: [(slot: Int, offset: Int)] = []
  private(set) var flops: [(kind: String, flops: Int)] = []
  let gradient: UnsafeMutableBufferPointer<Element>
  let workingBytes: Int

  private let nodes: [Graph.Node]
  private let analysis: NodeAnalysis
  private var scratchBytes = 0

  init(_ graph: Graph, outputs: [Int], gradient gradientNodes: [Int]) {
    _ = NumericsEngine.started
    nodes = graph.nodes
    analysis = NodeAnalysis(nodes, outputs: outputs + gradientNodes)
    let size = MemoryLayout<Element>.stride
    let count = gradientNodes.reduce(0) { $0 + graph.nodes[$1].shape.product }
    gradient = UnsafeMutableBufferPointer(start: storage.allocate(count), count: count)
    let placement = Placement(
      nodes, analysis, outputs: outputs, gradient: gradientNodes,
      gradientBase: UnsafeMutableRawPointer(gradient.baseAddress!), elementBytes: size, storage: storage)
    workingBytes = placement.sharedBytes

    // The address of a node is at its own number; the last place is for scratch.
    memory = Memory(addresses: storage.allocate(nodes.count + 1))
    let somewhere = storage.allocate(bytes: 64)
    for i in 0...nodes.count { memory.addresses[i] = placement.addresses[i] ?? somewhere }

    for i in nodes.indices where analysis.live[i] { prepareLeaf(i) }
    for output in outputs { slotOf[output] = output }

    var isOnce: [(Bool, Kernel)] = []
    for i in analysis.steps { isOnce.append((analysis.isFixed[i], kernel(i))) }
    memory.addresses[nodes.count] = storage.allocate(bytes: scratchBytes)
    for (once, kernel) in isOnce { if once { kernel(memory) } else { steps.append(kernel) } }
    let base = gradient.baseAddress!
    for (node, offset) in placement.copies {
      let (source, length) = (Slot<Element>(index: node), nodes[node].shape.product)
      steps.append {
        $0[source].withMemoryRebound(to: Element.self, capacity: length) {
          (base + offset).update(from: $0, count: length)
        }
      }
    }
    countFlops()
  }

  private mutating func prepareLeaf(_ i: Int) {
    let address = memory.addresses[i]
    switch nodes[i].operation {
    case is Input, is IndexInput: slotOf[i] = i
    case let parameter as Parameter: parameterSlots.append((i, parameter.offset))
    case let constant as Constant:
      address.assumingMemoryBound(to: Element.self)
        .update(repeating: Element(constant.value), count: nodes[i].shape.product)
    case let table as ConstantTable:
      let target = address.assumingMemoryBound(to: Element.self)
      for (k, value) in table.values.enumerated() { target[k] = Element(value) }
    case let table as IndexTable:
      let target = address.assumingMemoryBound(to: Int32.self)
      for (k, value) in table.values.enumerated() { target[k] = value }
    default: break
    }
    // Views of parameters move with them.
    let root = analysis.root[i]
    if root != i, let parameter = nodes[root].operation as? Parameter {
      parameterSlots.append((i, parameter.offset + analysis.offset[i]))
    }
  }

  private mutating func kernel(_ i: Int) -> Kernel {
    let node = nodes[i]
    let operands = analysis.grouping.members[i] == nil ? node.inputs : analysis.operands(of: i, nodes)
    let site = Site<Element>(
      inputShapes: operands.map { nodes[$0].shape }, shape: node.shape, inputSlots: operands, outputSlot: i,
      scratchSlot: nodes.count, storage: storage)
    defer { scratchBytes = max(scratchBytes, site.scratchBytes) }
    if let members = analysis.grouping.members[i] { return joined(members, operands, site) }
    if let site = site as? Site<Float> { return node.operation.kernel(single: site) }
    if let site = site as? Site<Double> { return node.operation.kernel(double: site) }
    preconditionFailure("plans run in Float or Double")
  }

  /// The loop over the operations `members`, reading `operands` from outside.
  private func joined(_ members: [Int], _ operands: [Int], _ site: Site<Element>) -> Kernel {
    if let site = site as? Site<Float> {
      return loop(members, operands, site) { $0.singleLoop() }.kernel(site)
    }
    if let site = site as? Site<Double> {
      return loop(members, operands, site) { $0.doubleLoop() }.kernel(site)
    }
    preconditionFailure("plans run in Float or Double")
  }

  private func loop<Number: Scalar>(
    _ members: [Int], _ operands: [Int], _ site: Site<Number>,
    _ code: (any ElementwiseOperation) -> Loop<Number>
  ) -> JoinedLoop<Number> {
    var place: [Int: Int] = [:]
    for (k, node) in (operands + members).enumerated() { place[node] = k }
    return JoinedLoop(
      sources: operands.enumerated().map { k, operand in
        if let constant = nodes[operand].operation as? Constant { return .constant(Number(constant.value)) }
        return .memory(site.input(k), Walk(nodes[operand].shape, over: site.shape))
      },
      instructions: members.map { member in
        JoinedLoop<Number>.Instruction(
          loop: code(nodes[member].operation as! any ElementwiseOperation),
          operands: nodes[member].inputs.map { place[$0]! })
      },
      count: site.shape.product)
  }

  private mutating func countFlops() {
    for i in nodes.indices where analysis.live[i] && !analysis.isFixed[i] && !nodes[i].inputs.isEmpty {
      let node = nodes[i]
      let count = node.operation.flops(node.inputs.map { nodes[$0].shape }, node.shape)
      if count == 0 { continue }
      let kind = node.operation.kind
      if let known = flops.firstIndex(where: { $0.kind == kind }) {
        flops[known].flops += count
      } else {
        flops.append((kind, count))
      }
    }
  }
}
