import Experiments
import Protocols
import Reports
import Statistics
import Studies

/// The times and scores of a race to a target (rule 8). Nothing for other experiments.
struct RacePanel {
  private let results: ExperimentResults

  init(_ results: ExperimentResults) { self.results = results }

  var tables: [TableView] {
    let plan = results.experiment.plan
    guard plan.rule.racesToTarget else { return [] }
    let workloads = levels(TimeToResult.workload)
    let submissions = levels(TimeToResult.submission)
    let times = workloads.map { workload in submissions.map { time(workload, $0) } }
    let scores = timeToResultScores(times)
    var rows = zip(workloads, times).map { workload, times in
      [text(workload), text(target(workload))] + times.map(number)
    }
    rows.append(
      [text("score"), text("area under the performance profile, ratios 1 to 4")] + scores.map(number))
    let studies = Set(plan.cells.flatMap(\.evaluation.seedList)).count
    let points = results.experiment.factors.first { $0.name == TimeToResult.pointColumn }?.levels.count
    return [
      TableView(
        name: "race-\(results.experiment.name)", caption: "Time to the target, and the score",
        headers: ["workload", "target"] + submissions, rowHeaderCount: 2, rows: rows,
        notes: [
          "\(count(studies, "study", "studies")) of "
            + (points.map { "\(count($0, "point")) each: a study takes its fastest hit" }
              ?? "one run as declared each")
            + ", a workload the median study; ∞ is a miss. AlgoPerf has 3 studies, of 5 points where points are tuned."
        ])
    ]
  }

  private func levels(_ factor: String) -> [String] {
    results.experiment.factors.first { $0.name == factor }?.levels.map(\.label) ?? []
  }

  private func isAt(_ evaluation: ExperimentResults.EvaluationResults, _ factor: String, _ level: String)
    -> Bool
  {
    evaluation.factors.contains { $0.name == factor && $0.level.label == level }
  }

  /// The median study's time, whatever else is varied pooled into the study.
  private func time(_ workload: String, _ submission: String) -> Double {
    var studies: [Int: [Double]] = [:]
    for evaluation in results.evaluations
    where isAt(evaluation, TimeToResult.workload, workload)
      && isAt(evaluation, TimeToResult.submission, submission)
    {
      guard let target = results.experiment.plan.cells[evaluation.cell].target else { continue }
      for row in evaluation.rows { studies[row.seed, default: []].append(target.time(row.outcome)) }
    }
    return timeToResult(studies: studies.sorted { $0.key < $1.key }.map(\.value))
  }

  private func target(_ workload: String) -> String {
    let cell = results.evaluations.first { isAt($0, TimeToResult.workload, workload) }?.cell
    guard let target = cell.flatMap({ results.experiment.plan.cells[$0].target }) else { return "" }
    return "\(target.text), counted in \(target.unit.rawValue)"
  }

  private func text(_ text: String) -> TableView.Cell { TableView.Cell(text: text, isNumeric: false) }

  private func number(_ value: Double) -> TableView.Cell {
    TableView.Cell(
      text: NumberText.alone(value), isNumeric: true)
  }
}
