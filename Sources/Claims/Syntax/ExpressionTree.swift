import Diagnostics
import Experiments

/// A name the author wrote, and where.
struct Name: Sendable {
  let text: String
  let span: SourceSpan
}

/// An expression as parsed: names are not resolved yet.
indirect enum ValueNode: Sendable {
  case number(Double, SourceSpan)
  case call(CallNode)
  case arithmetic(ArithmeticOperator, ValueNode, ValueNode, SourceSpan)

  var span: SourceSpan {
    switch self {
    case .number(_, let span), .arithmetic(_, _, _, let span): span
    case .call(let call): call.span
    }
  }
}

enum ArithmeticOperator: String, Sendable {
  case plus = "+"
  case minus = "-"
  case times = "*"
  case over = "/"

  func apply(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .plus: a + b
    case .minus: a - b
    case .times: a * b
    case .over: a / b
    }
  }
}

/// `FUNCTION(argument, …) per [key, …]`.
struct CallNode: Sendable {
  let function: Name
  let arguments: [ArgumentNode]
  let keys: [Name]
  /// From the function's name to the closing parenthesis.
  let span: SourceSpan
}

enum ArgumentNode: Sendable {
  case column(ColumnReference, RowCondition?)
  case value(ValueNode)

  var span: SourceSpan {
    switch self {
    case .column(let reference, _): reference.span
    case .value(let value): value.span
    }
  }
}

/// `honest.accuracy`, `honest.steps.accuracy`: a column of an experiment's table.
struct ColumnReference: Sendable {
  let experiment: Name
  /// The table's name: the experiment's, with `.tuning`, `.steps` or `.items` where one is named.
  let table: String
  let column: Name
  let span: SourceSpan

  /// The tables an experiment gives besides its own.
  static let tableNames = [
    "tuning", "steps", "items", "edges", "progress", "importance", "response", "surface", "promise",
  ]
}

/// What a `where` asks of a row.
indirect enum RowCondition: Sendable {
  case clause(ConditionClause)
  case and(RowCondition, RowCondition)
  case or(RowCondition, RowCondition)

  var clauses: [ConditionClause] {
    switch self {
    case .clause(let clause): [clause]
    case .and(let a, let b), .or(let a, let b): a.clauses + b.clauses
    }
  }
}

/// `method = replay`, `session >= 3`, `method in [replay, ewc]`.
struct ConditionClause: Sendable {
  let column: Name
  let relation: Relation
  /// One literal, or those of a list, any of which may match.
  let literals: [Literal]
  let span: SourceSpan
}

/// What a column is compared with: a text, which may read as a number, or another column of the row.
struct Literal: Sendable {
  let text: String
  /// The value, where the text is a number and not quoted.
  let number: Double?
  /// Whether it is `column(x)`.
  let isColumn: Bool
  let span: SourceSpan
}
