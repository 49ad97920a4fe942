import Experiments
import Parts

/// `NAME.edges`: what graph each trial's level of a factor is, an edge a row.
///
/// It is computed where a study, or a reader, asks for it.
package enum EdgeTable {
  /// The factor whose levels are graphs.
  package struct Source: Sendable {
    package let factor: String
    package let graphs: LevelGraphs
  }

  package static let suffix = "edges"
  package static let edge = "edge"
  package static let from = "from"
  package static let to = "to"
  package static let operation = "operation"

  /// Whether a table is one of these, by its name.
  package static func isOne(_ table: String) -> Bool { table.hasSuffix(".\(suffix)") }

  /// The columns that tell edges apart and what they do; nil where no factor's levels are graphs.
  static func columns(_ experiment: CheckedExperiment) -> [TableSchema.Column]? {
    guard let source = experiment.graphs,
      let levels = experiment.factors.first(where: { $0.name == source.factor })?.levels
    else { return nil }
    let edges = levels.flatMap { source.graphs.edges($0.label) ?? [] }
    var names: [String] = []
    for edge in edges where !names.contains(edge.name) { names.append(edge.name) }
    func nodes(_ end: KeyPath<GraphEdge, Int>) -> [String] {
      Set(edges.map { $0[keyPath: end] }).sorted().map(String.init)
    }
    return [
      TableSchema.Column(name: edge, role: .factor, isNumeric: false, levels: names),
      TableSchema.Column(name: from, role: .factor, isNumeric: true, levels: nodes(\.from)),
      TableSchema.Column(name: to, role: .factor, isNumeric: true, levels: nodes(\.to)),
      TableSchema.Column(
        name: operation, role: .factor, isNumeric: false, levels: source.graphs.operations),
    ]
  }
}
