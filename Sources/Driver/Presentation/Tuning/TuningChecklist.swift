import Experiments
import Protocols
import Reports
import Studies

/// The checklist of reporting tuned results (Eimer, Lindauer, Raileanu 2023, "Hyperparameters in reinforcement learning
/// and how to tune them", appendix), answered from what was run; what cannot be answered says "no".
struct TuningChecklist {
  private let results: ExperimentResults
  private let plan: ExperimentPlan

  init(_ results: ExperimentResults) {
    self.results = results
    plan = results.experiment.plan
  }

  var table: TableView {
    TableView(
      name: "checklist-\(results.experiment.name)", caption: "Checklist of tuning",
      headers: ["question", "answer"],
      rowHeaderCount: 1, rows: items.map { [cell($0.question), cell($0.answer)] }, notes: [])
  }

  private var items: [(question: String, answer: String)] {
    [
      ("Are there settings for tuning and others for testing?", settings),
      (
        "Are only the tuning settings used for training and tuning?",
        plan.rule.isLeaky
          ? "no: the leaky twin selects on the evaluation's rows, on purpose"
          : "yes: a search cannot open the evaluation's rows or seeds"
      ),
      (
        "Are final results those of the test settings?",
        plan.rule.isLeaky
          ? "no: they were selected by" : "yes: every row of the tables is an evaluation trial"
      ),
      (
        "Which method tuned, in which version?",
        "\(PlanText.distinct(searches.map { "\($0.tuner) (revision \($0.tunerRevision))" })) of Assay \(assayVersion)"
      ),
      ("What was the search space?", PlanText.distinct(searches.map { $0.space.text })),
      ("Do arms that share a hyperparameter share its range?", sharedRanges),
      (
        "Which metric was optimised?",
        PlanText.distinct(searches.map { "\($0.selection.text) over the tuning seeds" })
      ),
      ("What was the tuning budget?", PlanText.distinct(searches.map(budget))),
      ("Was it the same for all tuned arms?", sameBudget),
      (
        "Where the budget is a time, on which hardware?",
        "it is none: configurations are counted, however long they take"
      ),
      ("Were all reported arms tuned this way?", tunedArms),
      (
        "On which tuning seeds, how many?",
        PlanText.distinct(searches.map { "\(PlanText.seeds($0.seeds)) (\($0.seeds.count))" })
      ),
      ("On which test seeds, how many?", "\(PlanText.seeds(testSeeds)) (\(testSeeds.count))"),
      (
        "Are all results reported on the test seeds?",
        "yes\(plan.rule.isLeaky ? ", on rows that were tuned on" : "")"
      ),
      ("Which were the incumbents?", "the table of incumbents lists them; 'assay export' prints every trial"),
      ("Is the code available?", code),
      ("Does it include the tuning?", "yes: the study declares the search, and every tuning trial is kept"),
      ("Is the cost of tuning included?", cost),
      ("Is the exact environment given?", environment),
      (
        "Which hardware was used?",
        results.experiment.command == nil
          ? "no: the report does not name it; trials count work instead of time, and their bits do not depend on it "
            + "where the numerics line is equal"
          : "no: the report does not name it, and what the author's program makes of it is not known"
      ),
    ]
  }

  private var searches: [SearchPlan] { results.searches.map(\.plan) }
  private var testSeeds: [Int] { Set(plan.cells.flatMap(\.evaluation.seedList)).sorted() }

  private var settings: String {
    if plan.rule.isLeaky { return "no: \(plan.rule.name) tunes where it evaluates" }
    if plan.rule.crossValidation != nil {
      return "yes: every outer split has its own training part and scored part"
    }
    return "yes: tuning rows and seeds, and evaluation rows and seeds, are disjoint"
  }

  private func budget(_ search: SearchPlan) -> String {
    "\(search.budgetText) × \(count(search.splits.count, "trial"))"
  }

  private var budgets: Set<String> { Set(searches.map(budget)) }

  private var sameBudget: String {
    if budgets.count == 1 { return "yes" }
    return plan.reasons.isEmpty
      ? "yes, within each level of what varies it" : "no: \(plan.reasons.joined(separator: "; "))"
  }

  private var sharedRanges: String {
    var domains: [String: Set<String>] = [:]
    for search in searches {
      for dimension in search.space.dimensions {
        domains[search.owner(of: dimension), default: []].insert("\(dimension.domain)")
      }
    }
    if domains.values.allSatisfy({ $0.count == 1 }) { return "yes" }
    return plan.reasons.isEmpty
      ? "yes, within each level of what varies it" : "no: \(plan.reasons.joined(separator: "; "))"
  }

  private var tunedArms: String {
    let untuned = plan.cells.prefix(plan.armCount).count { $0.searches.isEmpty }
    return untuned == 0
      ? "yes" : "no: \(count(untuned, "cell is", "cells are")) evaluated at declared settings"
  }

  private var code: String {
    results.experiment.command == nil
      ? "yes: this study, and the parts whose revisions stand under provenance"
      : "yes: this study and the files of its program, by digest"
  }

  private var cost: String {
    let all = (results.searches + results.baselineSearches).flatMap(\.candidates).flatMap(\.rows)
    let examples = all.reduce(0) { $0 + $1.outcome.cost.examples }
    let flops = all.reduce(0) { $0 + Double($1.outcome.cost.flops) }
    return
      "shown here, apart from the evaluation's: \(count(all.count, "trial")), \(NumberText.count(examples)) examples, "
      + "\(NumberText.significant(flops / 1e9, digits: 3)) GFLOPs"
  }

  private var environment: String {
    results.experiment.command == nil
      ? "yes: Assay \(assayVersion), \(numericsDescription()); its dependencies are pinned"
      : "no: what the program finds on its machine is not recorded"
  }

  private func cell(_ text: String) -> TableView.Cell { TableView.Cell(text: text, isNumeric: false) }
}
