/// One edge of the graph that a level stands for.
package struct GraphEdge: Hashable, Sendable {
  /// The nodes it joins; from the smaller to the larger.
  package let from: Int
  package let to: Int
  /// What it does, as one word.
  package let operation: String

  package init(from: Int, to: Int, operation: String) {
    (self.from, self.to, self.operation) = (from, to, operation)
  }

  /// `0→1`.
  package var name: String { "\(from)→\(to)" }
}

/// What graphs the levels of a factor are.
package struct LevelGraphs: Sendable {
  /// What an edge can do, in the order of legends; `none` for one that is not there.
  package let operations: [String]
  /// The edges of a level; nil where it is no graph.
  package let edges: @Sendable (_ level: String) -> [GraphEdge]?

  package init(operations: [String], edges: @escaping @Sendable (_ level: String) -> [GraphEdge]?) {
    (self.operations, self.edges) = (operations, edges)
  }
}
