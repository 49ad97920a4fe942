/// Tune on some rows with tuning seeds, freeze, then evaluate on rows no search has seen.
package struct TuningEvaluation: Rule {
  package static let name = "tuning-evaluation"
  package static let summary =
    "Tunes on `tune.data` with the tuning seeds, freezes the selection, and only then opens `evaluate.data`."
  package static let tuning = TuningRequirement.required
  package static let isLeaky = false
}
