/// No tuning and, where the procedure makes its own, no data: every cell is simulated with each of its seeds.
package struct Simulation: Rule {
  package static let name = "simulation"
  package static let summary =
    "No tuning: what happens is made up from the seeds of the evaluation, on purpose and as declared."
  package static let tuning = TuningRequirement.forbidden
  package static let isLeaky = false
}
