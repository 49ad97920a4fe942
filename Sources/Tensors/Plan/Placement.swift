/// Where each value of a plan lies: in a block of its own, in the flat gradient, or in the block that values share
/// one after another.
struct Placement {
  /// The address of each live node's value; parameters get theirs when the plan runs.
  private(set) var addresses: [Int: UnsafeMutableRawPointer] = [:]
  /// Values that must be copied into the gradient because they cannot be computed there: node and offset.
  private(set) var copies: [(node: Int, offset: Int)] = []
  /// The bytes of the shared block.
  let sharedBytes: Int

  init(
    _ nodes: [Graph.Node], _ analysis: NodeAnalysis, outputs: [Int], gradient: [Int],
    gradientBase: UnsafeMutableRawPointer, elementBytes: Int, storage: Storage
  ) {
    func bytes(_ i: Int) -> Int {
      nodes[i].shape.product * (nodes[i].operation.givesIndices ? 4 : elementBytes)
    }
    var isPinned = [Bool](repeating: false, count: nodes.count)
    var own: [Int: UnsafeMutableRawPointer] = [:]

    // Derivatives are computed where they belong, unless that place is not theirs alone.
    var start = 0
    for node in gradient {
      let root = analysis.root[node]
      let isComputed = !nodes[root].inputs.isEmpty && !analysis.isFixed[root]
      if isComputed && own[root] == nil && nodes[root].shape.product == nodes[node].shape.product {
        own[root] = gradientBase + start * elementBytes
        isPinned[root] = true
      } else {
        copies.append((node, start))
        isPinned[root] = true
      }
      start += nodes[node].shape.product
    }
    for output in outputs { isPinned[analysis.root[output]] = true }

    // How long each computed value is needed.
    let stepOf = Dictionary(uniqueKeysWithValues: analysis.steps.enumerated().map { ($1, $0) })
    var last = [Int](repeating: -1, count: nodes.count)
    for (step, i) in analysis.steps.enumerated() {
      for operand in analysis.operands(of: i, nodes) { last[analysis.root[operand]] = step }
    }

    // Which buffer each node takes: one that ends where it begins, or a new one.
    var buffers: [BufferLayout.Buffer] = []
    var bufferOf: [Int: Int] = [:]
    for i in nodes.indices where analysis.live[i] && analysis.root[i] == i && own[i] == nil {
      guard let step = stepOf[i], !isPinned[i], !analysis.isFixed[i] else {
        let isStored = nodes[i].inputs.isEmpty || stepOf[i] != nil
        if isStored && !(nodes[i].operation is Parameter) { own[i] = storage.allocate(bytes: bytes(i)) }
        continue
      }
      let reused = Self.reusable(i, nodes, analysis).first {
        last[$0] == step && !isPinned[$0] && bufferOf[$0] != nil && bytes($0) == bytes(i)
      }
      if let reused, let buffer = bufferOf[reused] {
        bufferOf[i] = buffer
        buffers[buffer].last = max(last[i], step)
      } else {
        bufferOf[i] = buffers.count
        buffers.append(BufferLayout.Buffer(bytes: bytes(i), first: step, last: max(last[i], step)))
      }
    }

    let layout = BufferLayout(buffers)
    sharedBytes = layout.bytes
    let shared = storage.allocate(bytes: layout.bytes)
    for (i, buffer) in bufferOf { own[i] = shared + layout.offsets[buffer] }
    for i in nodes.indices where analysis.live[i] {
      addresses[i] = own[analysis.root[i]].map { $0 + analysis.offset[i] * elementBytes }
    }
  }

  /// The values whose memory node `i` may overwrite with its own as it reads them, if nothing else needs them.
  private static func reusable(_ i: Int, _ nodes: [Graph.Node], _ analysis: NodeAnalysis) -> [Int] {
    let count = nodes[i].shape.product
    func isWhole(_ operand: Int) -> Bool {
      nodes[operand].shape.product == count && nodes[analysis.root[operand]].shape.product == count
    }
    if analysis.grouping.members[i] != nil {
      let operands = analysis.operands(of: i, nodes)
      return operands.filter { operand in
        // Every reading of that memory must go element by element.
        operands.allSatisfy {
          analysis.root[$0] != analysis.root[operand] || (isWhole($0) && nodes[$0].shape == nodes[i].shape)
        }
      }.map { analysis.root[$0] }
    }
    guard let number = nodes[i].operation.reusableInput else { return [] }
    let operand = nodes[i].inputs[number]
    let uses = nodes[i].inputs.filter { analysis.root[$0] == analysis.root[operand] }
    return isWhole(operand) && uses.count == 1 ? [analysis.root[operand]] : []
  }
}
