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
  /// How it splits one data set by seed; nil where the study declares rows by role.
  static var crossValidation: CrossValidating? { get }
  /// Whether it measures the time to a target instead of a final score.
  static var racesToTarget: Bool { get }
  /// The rows a search of this cell may open.
  static func tuningData(of cell: CellDeclaration, tuning: TuningDeclaration) -> [DataRole: DataReference]
}

extension Rule {
  package static var calibrates: Bool { false }
  package static var crossValidation: CrossValidating? { nil }
  package static var racesToTarget: Bool { false }

  package static func tuningData(
    of cell: CellDeclaration, tuning: TuningDeclaration
  ) -> [DataRole: DataReference] {
    tuning.data
  }
}

/// Whether a protocol's experiments have a `tune` part.
package enum TuningRequirement: Sendable { case required, optional, forbidden }

/// How a protocol of cross-validation is declared, and what its searches are scored on.
package struct CrossValidating: Sendable {
  /// The key of `evaluate` that says how rows are split: `folds` or `outer`.
  package let key: String
  /// Whether a search is scored on the very rows that are reported, instead of on inner splits of the training part.
  package let isFlat: Bool
}

/// The protocols built so far, by name.
package let rules: [any Rule.Type] = [
  Calibration.self,
  Conventional.self,
  CrossValidation.self,
  FlatCrossValidation.self,
  NestedCrossValidation.self,
  SeedSeparated.self,
  Simulation.self,
  Sweep.self,
  TimeToResult.self,
  TuningEvaluation.self,
]

/// The protocol of that name.
package func rule(named name: String) -> (any Rule.Type)? {
  rules.first { $0.name == name }
}
