import Reports

/// The looks at a study's evaluation data as the report shows them.
enum LedgerPresentation {
  static func view(_ outcome: StudyOutcome) -> LedgerView {
    let ledger = outcome.ledger
    let external =
      outcome.study.results.isEmpty
      ? ""
      : " The runs of \(outcome.study.results.map(\.name).joined(separator: ", ")) were made elsewhere: whether a claim "
        + "on them was made before they were seen cannot be known."
    guard !ledger.entries.isEmpty else {
      return LedgerView(
        summary: "No look at evaluation data is recorded.\(external)", looks: nil, head: outcome.lostHead)
    }
    let plans = Set(ledger.entries.map(\.plan)).count
    let selections = Set(ledger.entries.map(\.frozen)).count
    let rows = ledger.entries.enumerated().map { number, entry in
      [
        TableView.Cell(text: "\(number + 1)", isNumeric: true), cell(entry.experiment), cell(entry.profile),
        cell(String(entry.plan.prefix(12))), cell(String(entry.evaluation.prefix(12))),
        cell(String(entry.frozen.prefix(12))),
      ]
    }
    return LedgerView(
      summary: "The evaluation data were opened \(count(ledger.entries.count, "time")), with "
        + "\(count(plans, "plan")) and \(count(selections, "set")) of selections.\(external)",
      looks: TableView(
        name: "ledger", caption: "Looks at evaluation data, in order",
        headers: ["Look", "Experiment", "Profile", "Plan", "Evaluation", "Selections"], rowHeaderCount: 1,
        rows: rows,
        notes: []),
      head: outcome.lostHead ?? ledger.head)
  }

  private static func cell(_ text: String) -> TableView.Cell { TableView.Cell(text: text, isNumeric: false) }
}
