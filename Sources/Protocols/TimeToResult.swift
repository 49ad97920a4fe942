/// Races to a target (AlgoPerf, Dahl et al. 2023): studies of points that are known beforehand, on validation data.
///
/// A study is an evaluation seed; its time on a workload is that of its fastest point, a workload's the median over
/// studies, a miss takes for ever.
package struct TimeToResult: Rule {
  package static let name = "time-to-result"
  package static let summary =
    "Races to a target on validation data: each study tries points known beforehand and takes its fastest hit, a workload "
    + "takes the median study; the score is the area under the performance profile up to ratio 4."
  package static let tuning = TuningRequirement.optional
  package static let isLeaky = false
  package static let racesToTarget = true

  /// The factors that it scores by.
  package static let workload = "workload"
  package static let submission = "submission"
  /// The columns that it gives.
  package static let pointColumn = "point"
  package static let timeColumn = "time"
}
