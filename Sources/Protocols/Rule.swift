import Experiments

/// A protocol: who may see which rows and seeds, and when. One file each, listed in `rules`.
package protocol Rule: Sendable {
  static var name: String { get }
  static var summary: String { get }
  static var tuning: TuningRequirement { get }
  /// Whether it selects on evaluation data on purpose; every number from it carries the mark.
  static var isLeaky: Bool { get }
  /// Whether rows to calibrate on must be new to every stage before, like rows that are scored.
  static var calibrates: Bool { get }
  /// The rows a search of this cell may open.
  static func tuningData(of cell: CellDeclaration, tuning: TuningDeclaration) -> [DataRole: DataReference]
}

extension Rule {
  package static var calibrates: Bool { false }
}

/// Whether a protocol's experiments have a `tune` part.
package enum TuningRequirement: Sendable { case required, forbidden }

/// The protocols built so far, by name.
package let rules: [any Rule.Type] = [
  Calibration.self,
  Conventional.self,
  SeedSeparated.self,
  Simulation.self,
  Sweep.self,
  TuningEvaluation.self,
]

/// The protocol of that name.
package func rule(named name: String) -> (any Rule.Type)? {
  rules.first { $0.name == name }
}
