import Experiments

/// The leaky twin of `tuning-evaluation`: selects on the rows it is evaluated on, all else equal.
package struct Conventional: Rule {
  package static let name = "conventional"
  package static let summary =
    "The leaky twin: `tune.data` becomes `evaluate.data`, all else equal. Every number carries the mark *leaky*."
  package static let tuning = TuningRequirement.required
  package static let isLeaky = true

  package static func tuningData(
    of cell: CellDeclaration, tuning: TuningDeclaration
  ) -> [DataRole: DataReference] {
    cell.evaluationData
  }
}
