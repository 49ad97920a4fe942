import Charts
import Experiments
import Protocols
import Reports
import Studies

/// What a report always shows of tuned arms (rules 5 and 6): their baselines and optimism, their incumbents, and the
/// checklist of tuning. Nothing for an experiment that does not tune.
struct TuningPanel {
  private let results: ExperimentResults
  private let arms: [Arm]

  /// The most rows that a table of a panel lists.
  private static let listed = 40

  /// One combination of levels; under cross-validation with all its splits.
  private struct Arm {
    let factors: [(name: String, level: Setting)]
    var cells: [Int] = []
  }

  init(_ results: ExperimentResults) {
    self.results = results
    let plan = results.experiment.plan
    var arms: [Arm] = []
    var places: [String: Int] = [:]
    for (index, cell) in plan.cells.prefix(plan.armCount).enumerated() where !cell.searches.isEmpty {
      let isSplit = plan.rule.crossValidation != nil
      let factors = cell.factors.filter { !isSplit || $0.name != CellDeclaration.foldColumn }
      let name = factors.map { "\($0.name) = \($0.level.label)" }.joined(separator: ", ")
      let place = places[name] ?? arms.count
      places[name] = place
      if place == arms.count { arms.append(Arm(factors: factors)) }
      arms[place].cells.append(index)
    }
    self.arms = arms
  }

  var tables: [TableView] {
    guard let selection = results.experiment.selection, !arms.isEmpty, !results.searches.isEmpty else {
      return []
    }
    return [armTable(selection), incumbents, TuningChecklist(results).table]
  }

  /// What each arm selected from, how its score held up, and what it would have had untuned or by random search.
  private func armTable(_ selection: Selection) -> TableView {
    let plan = results.experiment.plan
    let rows = arms.prefix(Self.listed).map { arm -> [TableView.Cell] in
      let runs = arm.cells.flatMap { results.evaluations(ofCell: $0) }
      let searches = Set(arm.cells.flatMap { plan.cells[$0].searches }).sorted().map { results.searches[$0] }
      let tuning = mean(runs.compactMap(\.frozen.tuningScore))
      let evaluation = mean(values(runs))
      let optimism = selection.direction == .max ? tuning - evaluation : evaluation - tuning
      let shown = Baseline.allCases.map { baseline in
        mean(
          arm.cells.compactMap { plan.cells[$0].baselines[baseline] }.flatMap {
            values(results.evaluations(ofCell: $0))
          })
      }
      let tried = Set(searches.map(\.candidates.count)).sorted()
      var cells = labels(arm.factors)
      cells.append(number(Double(searches.count), decimals: 0))
      cells.append(
        TableView.Cell(
          text: tried.count > 1 ? "\(tried[0])–\(tried[tried.count - 1])" : "\(tried.first ?? 0)",
          isNumeric: true))
      cells.append(number(Double(searches.reduce(0) { $0 + $1.trialCount }), decimals: 0))
      cells.append(number(Double(searches.reduce(0) { $0 + $1.divergedTrialCount }), decimals: 0))
      cells += ([tuning, evaluation, optimism] + shown).map { number($0, decimals: 4) }
      cells.append(edges(searches))
      return cells
    }
    return TableView(
      name: "arms-\(results.experiment.name)",
      caption: "What was selected, and how its \(selection.column) held up",
      headers: factorNames + [
        "searches", "configurations each", "tuning trials", "diverged", "tuning", "evaluation",
        "optimism",
      ] + Baseline.allCases.map(\.rawValue) + ["on an edge"],
      rowHeaderCount: factorNames.count, rows: Array(rows), notes: notes + left(arms.count, "arm"))
  }

  private var notes: [String] {
    let plan = results.experiment.plan
    var notes = [
      "Optimism is how much better the tuning score is than the evaluation score.",
      "On an edge: searches whose selection has a hyperparameter within 2 % of an end of its range, where a better "
        + "value may lie beyond it.",
    ]
    let lacking = Baseline.allCases.filter { baseline in
      arms.contains { $0.cells.contains { plan.cells[$0].baselines[baseline] == nil } }
    }
    if !lacking.isEmpty {
      let why =
        plan.rule.isLeaky
        ? "the honest experiment shows them"
        : plan.reasons.isEmpty ? "they run in the full profile" : "the study gives its reason"
      notes.append("Without \(lacking.map(\.rawValue).joined(separator: " and ")) here: \(why).")
    }
    return notes
  }

  /// The configurations that were evaluated.
  private var incumbents: TableView {
    let searches = results.searches
    let names = searches.first?.plan.factors.map(\.name) ?? []
    let isSplit = searches.contains { $0.plan.splitSeed != nil }
    let rows = searches.prefix(Self.listed).map { search -> [TableView.Cell] in
      let frozen = search.frozen
      let configuration = frozen.configuration.pairs.map { "\($0.name) \(Self.short($0.value))" }.joined(
        separator: ", ")
      var cells = labels(search.plan.factors)
      if isSplit { cells.append(number(Double(search.plan.splitSeed ?? 0), decimals: 0)) }
      cells.append(number(Double(search.plan.repetition), decimals: 0))
      cells.append(TableView.Cell(text: configuration, isNumeric: false))
      cells.append(number(Double(frozen.candidate + 1), decimals: 0))
      cells.append(number(frozen.tuningScore ?? .nan, decimals: 4))
      cells.append(TableView.Cell(text: frozen.hash.short, isNumeric: false))
      return cells
    }
    return TableView(
      name: "incumbents-\(results.experiment.name)",
      caption: "The incumbents: what was frozen before evaluation",
      headers: names + (isSplit ? ["outer seed"] : []) + [
        "search", "configuration", "found as", "tuning", "hash",
      ],
      rowHeaderCount: names.count + (isSplit ? 1 : 0) + 1, rows: Array(rows),
      notes: ["Numbers have six digits at most; 'assay export' prints all of them."]
        + left(searches.count, "search", "searches"))
  }

  /// A setting as its label, a number with six digits at most.
  private static func short(_ value: Setting) -> String {
    guard case .number(let number) = value else { return value.label }
    return TickText.plain(number)
  }

  private var factorNames: [String] { arms.first?.factors.map(\.name) ?? [] }

  private func left(_ total: Int, _ one: String, _ many: String? = nil) -> [String] {
    let left = total - Self.listed
    guard left > 0 else { return [] }
    return [
      "\(count(left, "further \(one)", many.map { "further \($0)" })) not listed; 'assay export' prints all."
    ]
  }

  private func values(_ runs: some Sequence<ExperimentResults.EvaluationResults>) -> [Double] {
    guard let column = results.experiment.selection?.column else { return [] }
    return runs.flatMap { $0.rows }.compactMap { $0.outcome.measures[column] }.filter { !$0.isNaN }
  }

  private func edges(_ searches: [ExperimentResults.SearchResults]) -> TableView.Cell {
    var names: [String] = []
    let flagged = searches.filter { search in
      let found = search.plan.space.dimensions.filter { dimension in
        search.frozen.configuration[dimension.name].map(dimension.isNearEdge) ?? false
      }
      for name in found.map(\.name) where !names.contains(name) { names.append(name) }
      return !found.isEmpty
    }
    return TableView.Cell(
      text: flagged.isEmpty ? "no" : "⚠\u{00A0}\(flagged.count): \(names.joined(separator: ", "))",
      isNumeric: false)
  }

  private func labels(_ factors: [(name: String, level: Setting)]) -> [TableView.Cell] {
    factors.map { TableView.Cell(text: $0.level.label, isNumeric: $0.level.number != nil) }
  }

  private func number(_ value: Double, decimals: Int) -> TableView.Cell {
    TableView.Cell(text: value.isNaN ? "–" : NumberText.fixed(value, decimals: decimals), isNumeric: true)
  }

  private func mean(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
  }
}

extension Dimension {
  /// Whether a value lies so near an end of its range, on its scale, that a better one may lie beyond.
  fileprivate func isNearEdge(_ value: Setting) -> Bool {
    switch (domain, value) {
    case (.number, .number):
      let place = position(of: value)
      return place < 0.02 || place > 0.98
    case (.integer(let from, let to, _), .integer(let x)): return x == from || x == to
    default: return false
    }
  }
}
