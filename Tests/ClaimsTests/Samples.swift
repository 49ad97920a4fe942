import Claims
import Diagnostics
import Experiments
import Randomness

/// A source of one line, as an expression's file.
func source(_ text: String) -> SourceSpan {
  let file = SourceText(path: "study.md", text: text)
  return SourceSpan(
    file, from: SourcePosition(line: 1, column: 1),
    to: SourcePosition(line: 1, column: text.unicodeScalars.count + 1))
}

/// A checked expression; a failure of the test where it is unsound.
func expression(_ text: String, _ scope: ExpressionScope = Samples.scope) throws -> Expression {
  var log = DiagnosticLog()
  guard let expression = Expression.parse(text, at: source(text), log: &log),
    expression.check(scope, log: &log)
  else { throw log.sorted.first! }
  return expression
}

func proposition(_ text: String, _ scope: ExpressionScope = Samples.scope) throws -> Proposition {
  var log = DiagnosticLog()
  guard let proposition = Proposition.parse(text, at: source(text), log: &log),
    proposition.check(scope, log: &log)
  else { throw log.sorted.first! }
  return proposition
}

/// Two experiments, `honest` and its leaky twin `conventional`: methods × seeds, and one that varies data
/// sets.
enum Samples {
  static let methods = ["replay", "ewc", "fine-tune"]

  static func schema(_ name: String, isLeaky: Bool = false, more: [TableSchema.Column] = []) -> TableSchema {
    TableSchema(
      name: name,
      columns: [
        TableSchema.Column(name: "method", role: .factor, isNumeric: false, levels: methods),
        TableSchema.Column(name: "tune.trials", role: .factor, isNumeric: true, levels: ["4", "16"]),
        TableSchema.Column(name: "seed", role: .unit, isNumeric: true),
        TableSchema.Column(name: "search", role: .unit, isNumeric: true),
        TableSchema.Column(name: "accuracy", role: .measure, isNumeric: true),
        TableSchema.Column(name: "nll", role: .measure, isNumeric: true),
      ] + more, nestedIn: ["search": ["method", "tune.trials"]], isLeaky: isLeaky)
  }

  static let scope = ExpressionScope([
    schema("honest"),
    TableSchema(
      name: "honest.steps",
      columns: [
        TableSchema.Column(name: "step", role: .step, isNumeric: true),
        TableSchema.Column(name: "loss", role: .measure, isNumeric: true),
      ], nestedIn: [:], isLeaky: false),
    schema("conventional", isLeaky: true),
  ])

  /// One row of `honest` or `conventional`.
  struct Row {
    var method = "replay"
    var trials = 4.0
    var seed: Double
    var search = 0.0
    var accuracy: Double
    /// One less the accuracy, where silent.
    var nll: Double?
  }

  static func table(_ name: String, _ rows: [Row]) -> ResultTable {
    var table = ResultTable(name: name, rowCount: rows.count)
    table.add(
      "method", .labels(codes: rows.map { Int32(methods.firstIndex(of: $0.method)!) }, levels: methods))
    table.add("tune.trials", .numbers(rows.map(\.trials)))
    table.add("seed", .numbers(rows.map(\.seed)))
    table.add("search", .numbers(rows.map(\.search)))
    table.add("accuracy", .numbers(rows.map(\.accuracy)))
    table.add("nll", .numbers(rows.map { $0.nll ?? 1 - $0.accuracy }))
    return table
  }

  /// An evaluator over the two, with rows for every method, budget and seed unless given.
  static func evaluator(honest: [Row], conventional: [Row] = []) -> Evaluator {
    Evaluator(
      tables: [
        "honest": table("honest", complete(honest)),
        "conventional": table("conventional", complete(conventional)),
      ], schemas: scope)
  }

  /// The rows, with one lone row without a value for every level they lack, so that no level counts as left
  /// out.
  private static func complete(_ rows: [Row]) -> [Row] {
    var rows = rows
    for method in methods {
      for trials in [4.0, 16] where !rows.contains(where: { $0.method == method && $0.trials == trials }) {
        rows.append(Row(method: method, trials: trials, seed: -1, accuracy: .nan))
      }
    }
    return rows
  }

  /// `count` rows of replay at 4 trials around a mean, from a fixed stream.
  static func noisy(
    _ mean: Double, sd: Double = 0.02, count: Int = 10, seed: UInt64 = 1, firstSeed: Int = 1000
  ) -> [Row] {
    var stream = RandomStream(seed: seed, role: "test", purpose: "rows")
    return (0..<count).map { Row(seed: Double(firstSeed + $0), accuracy: mean + sd * stream.normal()) }
  }
}
