import Experiments

/// Calibrators learn from `calibrate` and are scored on `score`; neither shares a row with the other or with what any
/// stage before has learned from.
package struct Calibration: Rule {
  package static let name = "calibration"
  package static let summary =
    "No tuning: learning, calibrating and scoring on three disjoint parts; only 'calibrate' is learned from here."
  package static let tuning = TuningRequirement.forbidden
  package static let isLeaky = false
  package static let calibrates = true
}
