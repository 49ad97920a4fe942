/// No tuning: every cell is evaluated as it is declared.
package struct Sweep: Rule {
  package static let name = "sweep"
  package static let summary =
    "No tuning: every cell is evaluated as declared, and all rows are evaluation rows."
  package static let tuning = TuningRequirement.forbidden
  package static let isLeaky = false
}
