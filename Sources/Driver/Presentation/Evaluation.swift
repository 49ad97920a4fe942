import Claims
import Experiments
import Studies
import TrialStore

/// A study's tables, ready for its expressions.
struct Evaluation {
  let evaluator: Evaluator
  let scope: ExpressionScope
  /// What the blocks were found to rest on too little for.
  let notices = Notices()
  private let known = KnownEstimates()
  private let tables: [String: ResultTable]
  /// By table: where each row comes from, as `trial 0a1b2c3d4e5f` or `line 12`.
  private let origins: [String: [String]]

  /// - Throws: `ArtefactError` where what a table about items rests on cannot be read.
  init(_ outcome: StudyOutcome, files: TrialFolder) throws {
    var tables: [String: ResultTable] = [:]
    var origins: [String: [String]] = [:]
    let named = outcome.study.namedTables
    let built = try outcome.results.filter(\.isComplete).flatMap {
      try TidyTables.keyedTables(
        of: $0,
        wanted: {
          !SearchTables.isOne($0) && !EdgeTable.isOne($0) && !$0.hasSuffix(".items") || named.contains($0)
        }, files: files)
    }
    for (table, keys) in built {
      tables[table.name] = table
      origins[table.name] = keys.map { "trial \($0.digest.short)" }
    }
    for results in outcome.study.results {
      tables[results.name] = results.table
      origins[results.name] = results.lines.map { "line \($0)" }
    }
    self.tables = tables
    self.origins = origins
    scope = outcome.study.scope
    evaluator = Evaluator(tables: tables, schemas: scope)
  }

  /// The value of an expression within a group of rows, or why there is none.
  func estimate(
    _ expression: Expression, within group: [(column: String, value: String)] = [], unit: [String]
  ) -> Swift.Result<Estimate, EvaluationProblem> {
    let request = KnownEstimates.Request(
      expression: expression.text, group: group.map { [$0.column, $0.value] }.sorted { $0[0] < $1[0] },
      unit: unit)
    let found = known.result(of: request) { () throws(EvaluationProblem) in
      try evaluator.evaluate(expression, restrictedTo: group, units: unit)
    }
    if case .success(let estimate) = found, estimate.isUnreliable { notices.notice() }
    return found
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

  /// What a row of a table is: its factors and units, and where it comes from.
  func place(of row: Int, in name: String) -> (columns: [String], values: [String], origin: String) {
    guard let table = tables[name], let schema = scope.schema(name) else { return ([], [], "") }
    let columns = schema.columns.filter { [.factor, .unit, .step].contains($0.role) }.map(\.name)
    return (columns, columns.map { table.text($0, row: row) }, origins[name]?[row] ?? "")
  }
}

/// Estimates computed before: tables, charts and prose often ask for the same ones.
private final class KnownEstimates {
  struct Request: Hashable {
    let expression: String
    /// Pairs of a column and its value, by column.
    let group: [[String]]
    let unit: [String]
  }

  private var results: [Request: Swift.Result<Estimate, EvaluationProblem>] = [:]

  func result(
    of request: Request, _ compute: () throws(EvaluationProblem) -> Estimate
  ) -> Swift.Result<Estimate, EvaluationProblem> {
    if let known = results[request] { return known }
    let result = Swift.Result(catching: compute)
    results[request] = result
    return result
  }
}

/// Which blocks show an interval that their runs are too few for.
final class Notices {
  /// What is being computed, as a finding names it.
  var subject = ""
  private(set) var unreliable: [String] = []

  func notice() { if !unreliable.contains(subject) { unreliable.append(subject) } }
}
