import Claims
import Reports
import Studies

/// Table blocks: every expression within every group of rows.
struct TablePresentation {
  let evaluation: Evaluation

  func view(_ block: TableBlock) -> TableView {
    var marks: [String] = []
    var rows: [[TableView.Cell]] = []
    for group in evaluation.groups(of: block.rows, for: block.columns.map(\.expression)) {
      let estimates = block.columns.map {
        evaluation.estimate($0.expression, within: group, unit: block.unit)
      }
      // A group that the condition leaves nothing of is no row.
      guard estimates.contains(where: { (try? $0.get())?.rows != 0 }) else { continue }
      rows.append(
        group.map { TableView.Cell(text: $0.value, isNumeric: Double($0.value) != nil) }
          + zip(block.columns, estimates).map { cell($0.expression, $1, &marks) })
    }
    let units =
      block.unit.isEmpty ? "" : "Values with 95 % intervals over \(block.unit.joined(separator: ", "))."
    return TableView(
      name: block.name, caption: block.caption ?? block.columns.map(\.header).joined(separator: ", "),
      headers: block.rows + block.columns.map(header), rowHeaderCount: block.rows.count, rows: rows,
      notes: (units.isEmpty ? [] : [units]) + markSentences(marks))
  }

  /// A column's heading, which carries the mark where its experiments are leaky or were run elsewhere.
  private func header(_ column: (header: String, expression: Expression)) -> String {
    let schemas = column.expression.tables.compactMap(evaluation.scope.schema)
    if schemas.contains(where: \.isLeaky) { return "\(column.header) (⚠\u{00A0}leaky)" }
    return schemas.contains(where: \.isExternal) ? "\(column.header) (external)" : column.header
  }

  private func cell(
    _ expression: Expression, _ estimate: Swift.Result<Estimate, EvaluationProblem>, _ marks: inout [String]
  ) -> TableView.Cell {
    switch estimate {
    case .failure(let problem):
      return TableView.Cell(text: "–", evidence: problem.message, isNumeric: true)
    case .success(let estimate):
      marks += estimate.marks
      let text = EstimateText(estimate, format: expression.format)
      return TableView.Cell(
        text: text.value, interval: text.interval,
        evidence: ([expression.text, estimate.grounds] + estimate.marks).joined(separator: "; "),
        isNumeric: true)
    }
  }
}
