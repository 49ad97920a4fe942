/// Splits one data set by the evaluation seeds; every outer split has a search of its own, scored on inner splits of its
/// training part (Varma & Simon 2006, "Bias in error estimation when using cross-validation for model selection").
package struct NestedCrossValidation: Rule {
  package static let name = "nested-cross-validation"
  package static let summary =
    "Splits one data set by seed; each outer split has its own search, scored on inner splits of its training part."
  package static let tuning = TuningRequirement.required
  package static let isLeaky = false
  package static let crossValidation: CrossValidating? = CrossValidating(key: "outer", isFlat: false)
}
