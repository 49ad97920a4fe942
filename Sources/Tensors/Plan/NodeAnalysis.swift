/// What of a graph has to be computed for some outputs, how, and where values share memory.
struct NodeAnalysis {
  /// The nodes that outputs need.
  let live: [Bool]
  /// The nodes that depend on nothing but constants; they are computed once.
  let isFixed: [Bool]
  /// For each live node the node whose memory it lies in: itself unless it is a view.
  let root: [Int]
  /// Its place there, in elements.
  let offset: [Int]
  let grouping: LoopGrouping
  /// The nodes that are computed by a step of their own, in order.
  let steps: [Int]

  init(_ nodes: [Graph.Node], outputs: [Int]) {
    var live = [Bool](repeating: false, count: nodes.count)
    for output in outputs { live[output] = true }
    for i in nodes.indices.reversed() where live[i] { for input in nodes[i].inputs { live[input] = true } }

    var isFixed = [Bool](repeating: false, count: nodes.count)
    var root = Array(nodes.indices)
    var offset = [Int](repeating: 0, count: nodes.count)
    for i in nodes.indices where live[i] {
      let node = nodes[i]
      isFixed[i] =
        node.inputs.isEmpty
        ? node.operation is Constant || node.operation is ConstantTable || node.operation is IndexTable
        : node.inputs.allSatisfy { isFixed[$0] }
      if !node.inputs.isEmpty, let start = node.operation.viewOffset(node.inputs.map { nodes[$0].shape }) {
        root[i] = root[node.inputs[0]]
        offset[i] = offset[node.inputs[0]] + start
      }
    }

    // A loop must leave in memory what outputs are, what views look at, and what is computed only once.
    var wanted = isFixed
    for output in outputs { wanted[output] = true }
    let grouping = LoopGrouping(nodes, live: live, wanted: wanted)
    self.live = live
    self.isFixed = isFixed
    self.root = root
    self.offset = offset
    self.grouping = grouping
    steps = nodes.indices.filter {
      live[$0] && root[$0] == $0 && !nodes[$0].inputs.isEmpty && grouping.root[$0] == $0
    }
  }

  /// The nodes from outside that the step of node `i` reads.
  func operands(of i: Int, _ nodes: [Graph.Node]) -> [Int] {
    guard let members = grouping.members[i] else { return nodes[i].inputs }
    var seen = Set(members)
    return members.flatMap { nodes[$0].inputs }.filter { seen.insert($0).inserted }
  }
}
