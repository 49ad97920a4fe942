/// Which elementwise nodes are computed together in one pass over their elements.
struct LoopGrouping {
  /// For each node that ends a loop, the nodes of that loop in order, itself last.
  private(set) var members: [Int: [Int]] = [:]
  /// The last node of the loop each node is computed in; the node itself where it is not elementwise.
  private(set) var root: [Int]

  /// A node joins the loop of its users when it has their shape, all of them are in one loop, and its value is not
  /// wanted elsewhere.
  ///
  /// - Parameters:
  ///   - live: the nodes that are computed.
  ///   - wanted: nodes whose value must be in memory.
  init(_ nodes: [Graph.Node], live: [Bool], wanted: [Bool], limit: Int = 24) {
    root = Array(nodes.indices)
    var users = [[Int]](repeating: [], count: nodes.count)
    for i in nodes.indices where live[i] { for input in nodes[i].inputs { users[input].append(i) } }
    var sizes = [Int](repeating: 1, count: nodes.count)
    for i in nodes.indices.reversed() where live[i] && nodes[i].operation is any ElementwiseOperation {
      guard !wanted[i], let first = users[i].first else { continue }
      let end = root[first]
      let joins =
        sizes[end] < limit && nodes[end].operation is any ElementwiseOperation
        && nodes[end].shape == nodes[i].shape && users[i].allSatisfy { root[$0] == end }
      if joins {
        root[i] = end
        sizes[end] += 1
      }
    }
    for i in nodes.indices where live[i] && nodes[i].operation is any ElementwiseOperation {
      members[root[i], default: []].append(i)
    }
  }
}
