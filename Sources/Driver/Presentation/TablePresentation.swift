import Claims
import Reports
import Studies

/// Table blocks: every expression within every group of rows.
struct TablePresentation {
  let evaluation: Evaluation

  func view(_ block: TableBlock) -> TableView {
    var marks: [String] = []
    let rows = evaluation.groups(of: block.rows, for: block.columns.map(\.expression)).map { group in
      group.map { TableView.Cell(text: $0.value, isNumeric: Double($0.value) != nil) }
        + block.columns.map { column in cell(column.expression, group, block.unit, &marks) }
    }
    let units =
      block.unit.isEmpty ? "" : "Values with 95 % intervals over \(block.unit.joined(separator: ", "))."
    return TableView(
      name: block.name, caption: block.caption ?? block.columns.map(\.header).joined(separator: ", "),
      headers: block.rows + block.columns.map(\.header), rowHeaderCount: block.rows.count, rows: rows,
      notes: (units.isEmpty ? [] : [units]) + marks)
  }

  private func cell(
    _ expression: Expression, _ group: [(column: String, value: String)], _ unit: [String],
    _ marks: inout [String]
  ) -> TableView.Cell {
    switch evaluation.estimate(expression, within: group, unit: unit) {
    case .failure(let problem):
      return TableView.Cell(text: "–", evidence: problem.message, isNumeric: true)
    case .success(let estimate):
      for mark in estimate.marks {
        let sentence =
          mark == "leaky"
          ? "Leaky: a column rests on an experiment that was tuned on its evaluation rows." : mark
        if !marks.contains(sentence) { marks.append(sentence) }
      }
      let text = EstimateText(estimate, format: expression.format)
      return TableView.Cell(
        text: text.value, interval: text.interval, evidence: "\(expression.text); \(estimate.evidence)",
        isNumeric: true)
    }
  }
}
