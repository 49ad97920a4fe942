import Experiments
import Protocols
import Reports
import Studies

/// What the report says about how an experiment was run.
enum ProtocolPresentation {
  static func line(_ results: ExperimentResults) -> ExperimentView {
    let evaluations = results.evaluations.reduce(0) { $0 + $1.rows.count }
    let tuning = results.searches.reduce(0) { $0 + $1.candidates.reduce(0) { $0 + $1.rows.count } }
    var parts = ["\(NumberText.count(evaluations)) evaluation trials"]
    if !results.searches.isEmpty {
      parts.append(
        "\(NumberText.count(results.searches.count)) searches with \(NumberText.count(tuning)) tuning trials")
    }
    if results.divergedCount > 0 { parts.append("\(NumberText.count(results.divergedCount)) diverged") }
    return ExperimentView(
      name: results.experiment.name, protocolName: results.experiment.plan.rule.name,
      summary: parts.joined(separator: ", "))
  }

  static func panel(_ results: ExperimentResults) -> ProtocolPanel {
    let plan = results.experiment.plan
    var facts = [
      Fact("Protocol", plan.rule.summary.filter { $0 != "`" && $0 != "*" }),
      Fact("Procedure", results.experiment.procedure.name),
      Fact("Measures", measures(results.experiment)),
    ]
    facts += StagePresentation.facts(results)
    for factor in results.experiment.factors {
      facts.append(Fact("Varied: \(factor.name)", factor.levels.map(\.label).joined(separator: "; ")))
    }
    facts += tuningFacts(results)
    if let evaluation = plan.cells.first?.evaluation {
      facts.append(Fact("Evaluation seeds", seeds(evaluation.seedList)))
    }
    let rows = rows(plan.cells.map(\.evaluation.dataTexts))
    facts.append(Fact("Evaluation rows", rows.isEmpty ? "none: the procedure makes up what it needs" : rows))
    if plan.droppedTwins > 0 {
      facts.append(
        Fact("Twins left out", "\(NumberText.count(plan.droppedTwins)) rows of score, over all cells"))
    }
    facts.append(Fact("Diverged trials", diverged(results)))
    return ProtocolPanel(
      experiment: results.experiment.name, protocolName: plan.rule.name, isLeaky: plan.rule.isLeaky,
      facts: facts, arms: arms(results))
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

  /// The most arms that a panel lists.
  private static let listedArms = 40

  /// What each tuned cell selected from and how its score held up; nil without tuning.
  private static func arms(_ results: ExperimentResults) -> TableView? {
    guard let selection = results.experiment.selection, !results.searches.isEmpty else { return nil }
    let factors = results.experiment.factors.map(\.name)
    var rows: [[TableView.Cell]] = []
    var place = 0
    let groups = results.experiment.plan.cells.map { max(1, $0.searches.count) }
    for size in groups {
      let runs = results.evaluations[place..<place + size]
      place += size
      let scores = runs.compactMap(\.frozen.tuningScore)
      let values = runs.flatMap(\.rows).compactMap { $0.outcome.measures[selection.column] }
      guard let first = runs.first, !scores.isEmpty, !values.isEmpty, rows.count < listedArms else {
        continue
      }
      let tuning = scores.reduce(0, +) / Double(scores.count)
      let evaluation = values.reduce(0, +) / Double(values.count)
      rows.append(
        first.factors.map { TableView.Cell(text: $0.level.label, isNumeric: $0.level.number != nil) }
          + [Double(runs.count), Double(first.frozen.candidateCount)].map { number($0, decimals: 0) }
          + [tuning, evaluation, selection.direction == .max ? tuning - evaluation : evaluation - tuning]
          .map { number($0, decimals: 4) })
    }
    let left = groups.count - rows.count
    return TableView(
      name: "arms-\(results.experiment.name)",
      caption: "What was selected, and how its \(selection.column) held up",
      headers: factors + ["searches", "configurations each", "tuning", "evaluation", "optimism"],
      rowHeaderCount: factors.count, rows: rows,
      notes: left > 0 ? ["\(count(left, "further arm")) not listed; 'assay export' prints all."] : [])
  }

  private static func number(_ value: Double, decimals: Int) -> TableView.Cell {
    TableView.Cell(text: NumberText.fixed(value, decimals: decimals), isNumeric: true)
  }

  private static func tuningFacts(_ results: ExperimentResults) -> [Fact] {
    let plan = results.experiment.plan
    guard let first = plan.searches.first else { return [Fact("Tuning", "none: declared settings")] }
    var facts: [Fact] = []
    func distinct(_ texts: [String]) -> String {
      var seen: [String] = []
      for text in texts where !seen.contains(text) { seen.append(text) }
      return seen.joined(separator: "; ")
    }
    facts.append(Fact("Tuner", distinct(plan.searches.map(\.tuner))))
    facts.append(Fact("Budget of a search", distinct(plan.searches.map(budget))))
    facts.append(Fact("Search space", distinct(plan.searches.map { $0.space.text })))
    facts.append(Fact("Selected by", "\(first.selection.text) over the tuning seeds"))
    facts.append(Fact("Tuning seeds", distinct(plan.searches.map { seeds($0.seeds) })))
    facts.append(Fact("Tuning rows", rows(plan.searches.map(\.dataTexts))))
    facts.append(
      Fact(
        "Searches",
        "\(NumberText.count(plan.searches.count)), one for each "
          + (results.experiment.forEach.isEmpty
            ? "experiment" : results.experiment.forEach.joined(separator: " × "))
          + " and repetition"))
    let edge = results.searches.count { search in
      search.plan.space.dimensions.contains { dimension in
        search.frozen.configuration[dimension.name].map(dimension.isOnEdge) ?? false
      }
    }
    if edge > 0 {
      facts.append(Fact("Selected on an edge of the space", "\(NumberText.count(edge)) searches"))
    }
    return facts
  }

  private static func budget(_ search: SearchPlan) -> String {
    let budget = search.budget
    if budget.units == 1 { return "\(budget.trials) configurations" }
    return
      "\(count(budget.trials * budget.units, "unit")) of runs, as many as \(budget.trials) whole ones of "
      + "\(budget.units)"
  }

  /// Ranges where seeds are consecutive.
  private static func seeds(_ seeds: [Int]) -> String {
    guard seeds.count > 2, zip(seeds, seeds.dropFirst()).allSatisfy({ $1 == $0 + 1 }) else {
      return seeds.map(String.init).joined(separator: ", ")
    }
    return "\(seeds[0]) .. \(seeds[seeds.count - 1])"
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
