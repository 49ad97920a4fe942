import Experiments

/// Tune with some seeds, freeze, then evaluate with seeds no search has seen: for procedures whose only chance is in
/// their seeds, such as agents, and who open no rows.
///
/// Tuning and evaluation seeds name streams of different pools, and are declared disjoint besides; what a trial is
/// measured on, such as evaluation episodes, comes from a third stream. The search scores a configuration over all tuning
/// seeds; its score there minus what the frozen configuration reaches with unseen seeds is its optimism.
package struct SeedSeparated: Rule {
  package static let name = "seed-separated"
  package static let summary =
    "Tunes with the tuning seeds, freezes the selection, and evaluates it with unseen seeds; for procedures without data."
  package static let tuning = TuningRequirement.required
  package static let isLeaky = false

  package static func tuningData(
    of cell: CellDeclaration, tuning: TuningDeclaration
  ) -> [DataRole: DataReference] {
    tuning.data
  }
}
