/// Splits one data set by the evaluation seeds and scores every row once a seed; tuning, if any, stays inside each
/// training part.
package struct CrossValidation: Rule {
  package static let name = "cross-validation"
  package static let summary =
    "Splits one data set by seed into folds, each scored by what was learned from the others; a search sees its training "
    + "part only."
  package static let tuning = TuningRequirement.optional
  package static let isLeaky = false
  package static let crossValidation: CrossValidating? = CrossValidating(key: "folds", isFlat: false)
}
