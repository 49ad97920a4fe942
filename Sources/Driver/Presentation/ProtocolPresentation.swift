import Experiments
import Protocols
import Reports
import Studies

/// What the report says about how an experiment was run.
enum ProtocolPresentation {
  static func line(_ results: ExperimentResults) -> ExperimentView {
    let evaluations = results.evaluations.reduce(0) { $0 + $1.rows.count }
    let tuning = results.searches.reduce(0) { $0 + $1.trialCount }
    var parts = ["\(NumberText.count(evaluations)) evaluation trials"]
    if !results.searches.isEmpty {
      parts.append(
        "\(count(results.searches.count, "search", "searches")) with \(NumberText.count(tuning)) tuning trials"
      )
    }
    if results.divergedCount > 0 { parts.append("\(NumberText.count(results.divergedCount)) diverged") }
    return ExperimentView(
      name: results.experiment.name, protocolName: results.experiment.plan.rule.name,
      summary: parts.joined(separator: ", "))
  }

  static func panel(_ results: ExperimentResults) -> ProtocolPanel {
    let plan = results.experiment.plan
    let isSplit = plan.rule.crossValidation != nil
    var facts = [
      Fact("Protocol", plan.rule.summary.filter { $0 != "`" && $0 != "*" }),
      Fact("Procedure", results.experiment.procedure.name),
      Fact("Measures", measures(results.experiment)),
    ]
    facts += StagePresentation.facts(results)
    for factor in results.experiment.factors where factor.name != CellDeclaration.foldColumn || !isSplit {
      facts.append(Fact("Varied: \(factor.name)", factor.levels.map(\.label).joined(separator: "; ")))
    }
    facts += tuningFacts(results)
    facts.append(
      Fact("Evaluation seeds", PlanText.seeds(Set(plan.cells.flatMap(\.evaluation.seedList)).sorted())))
    let rows = rows(plan.cells.map(\.evaluation.dataTexts))
    facts.append(Fact("Evaluation rows", rows.isEmpty ? "none: the procedure makes up what it needs" : rows))
    if plan.droppedTwins > 0 {
      facts.append(
        Fact("Twins left out", "\(NumberText.count(plan.droppedTwins)) rows of score, over all cells"))
    }
    facts.append(Fact("Diverged trials", diverged(results)))
    return ProtocolPanel(
      experiment: results.experiment.name, protocolName: plan.rule.name, isLeaky: plan.rule.isLeaky,
      facts: facts, tables: TuningPanel(results).tables + RacePanel(results).tables)
  }

  /// How many trials diverged, and the commonest reasons.
  private static func diverged(_ results: ExperimentResults) -> String {
    let total = NumberText.count(results.divergedCount)
    let reasons = results.divergences.sorted { $0.count > $1.count }
    if reasons.isEmpty { return total }
    let listed = reasons.prefix(3).map { "\($0.reason) (\(NumberText.count($0.count)))" }
    return "\(total): " + (listed + (reasons.count > 3 ? ["others"] : [])).joined(separator: "; ")
  }

  /// The study's measures; where it names none, the procedure's own columns.
  private static func measures(_ experiment: CheckedExperiment) -> String {
    let named = experiment.measures.map(\.column)
    let own = experiment.procedure.columns.filter { $0.place == .trial }.map(\.name)
    return (named.isEmpty ? own : named).joined(separator: ", ")
  }

  private static func tuningFacts(_ results: ExperimentResults) -> [Fact] {
    let plan = results.experiment.plan
    let searches = plan.searches.prefix(plan.armSearchCount)
    guard !searches.isEmpty else { return [Fact("Tuning", "none: declared settings")] }
    var facts: [Fact] = []
    facts.append(Fact("Tuner", PlanText.distinct(searches.map(\.tuner))))
    facts.append(Fact("Budget of a search", PlanText.distinct(searches.map(\.budgetText))))
    facts.append(Fact("Search space", PlanText.distinct(searches.map { $0.space.text })))
    facts.append(
      Fact("Selected by", PlanText.distinct(searches.map { "\($0.selection.text) over the tuning seeds" })))
    facts.append(Fact("Tuning seeds", PlanText.distinct(searches.map { PlanText.seeds($0.seeds) })))
    facts.append(Fact("Tuning rows", rows(searches.map(\.dataTexts))))
    let each = results.experiment.forEach + (plan.rule.crossValidation == nil ? [] : ["outer seed"])
    facts.append(
      Fact(
        "Searches",
        "\(NumberText.count(searches.count)), one for each "
          + (each.isEmpty ? "experiment" : each.joined(separator: " × ")) + " and repetition"))
    facts.append(
      Fact(
        "Ties and divergence",
        "a tie goes to the configuration tried first; one that diverged on a seed ranks behind all others"))
    let reasons = plan.reasons
    if !reasons.isEmpty { facts.append(Fact("Reason given", PlanText.distinct(reasons))) }
    return facts
  }

  /// The rows by role; where cells differ, how many subsets there are and one of them.
  private static func rows(_ texts: [[(role: DataRole, text: String)]]) -> String {
    guard let first = texts.first else { return "none" }
    return first.map { role, text in
      var seen: Set<String> = []
      for cell in texts { for entry in cell where entry.role == role { seen.insert(entry.text) } }
      return seen.count == 1
        ? "\(role.rawValue): \(text)" : "\(role.rawValue): \(seen.count) subsets, such as \(text)"
    }.joined(separator: "; ")
  }
}
