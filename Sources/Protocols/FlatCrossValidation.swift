/// The leaky twin of `nested-cross-validation`: one search a seed, scored on the very folds that are reported (Varma &
/// Simon 2006).
package struct FlatCrossValidation: Rule {
  package static let name = "flat-cross-validation"
  package static let summary =
    "The leaky twin of `nested-cross-validation`: selects by the outer scores that it reports, all else equal. Every "
    + "number carries the mark *leaky*."
  package static let tuning = TuningRequirement.required
  package static let isLeaky = true
  package static let crossValidation: CrossValidating? = CrossValidating(key: "outer", isFlat: true)
}
