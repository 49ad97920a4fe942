import Claims
import Experiments
import Studies

/// A study's tables, ready for its expressions.
struct Evaluation {
  let evaluator: Evaluator
  let scope: ExpressionScope
  private let tables: [String: ResultTable]

  init(_ outcome: StudyOutcome) {
    var tables: [String: ResultTable] = [:]
    for table in outcome.results.filter(\.isComplete).flatMap(TidyTables.tables) {
      tables[table.name] = table
    }
    self.tables = tables
    scope = outcome.study.scope
    evaluator = Evaluator(tables: tables, schemas: scope)
  }

  /// The value of an expression within a group of rows, or why there is none.
  func estimate(
    _ expression: Expression, within group: [(column: String, value: String)] = [], unit: [String]
  ) -> Swift.Result<Estimate, EvaluationProblem> {
    Swift.Result { () throws(EvaluationProblem) in
      try evaluator.evaluate(expression, restrictedTo: group, units: unit)
    }
  }

  /// The groups of rows that columns make in the tables of some expressions.
  func groups(of columns: [String], for expressions: [Expression]) -> [[(column: String, value: String)]] {
    var names: [String] = []
    for name in expressions.flatMap(\.tables) where !names.contains(name) { names.append(name) }
    return Groups.combinations(
      of: columns, in: names.compactMap { tables[$0] }, schemas: names.compactMap(scope.schema))
  }

  /// Whether a column holds numbers in the first table that has it.
  func isNumeric(_ column: String, for expression: Expression) -> Bool {
    expression.tables.lazy.compactMap { scope.schema($0)?.column(column) }.first?.isNumeric ?? false
  }
}
