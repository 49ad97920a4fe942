import Experiments

/// Two sides that differ in the level of one column alone: two of the methods that are ranked.
struct RankedMethods {
  /// The column whose levels are the methods.
  let column: String
  let left: String
  let right: String
  /// A side's expression, in which the level of another method can be put.
  private let call: CallNode

  /// Nil where the proposition compares anything else.
  init?(_ proposition: Proposition) {
    guard let sides = proposition.sides, proposition.right.literal ?? 0 == 0,
      case .call(let a) = sides.left, case .call(let b) = sides.right, a.function.text == b.function.text,
      Self.column(a) == Self.column(b), let first = Self.levels(a), let second = Self.levels(b),
      first.map(\.column) == second.map(\.column)
    else { return nil }
    let differing = zip(first, second).filter { $0.level != $1.level }
    guard differing.count == 1, let pair = differing.first else { return nil }
    column = pair.0.column
    left = pair.0.level
    right = pair.1.level
    call = a
  }

  private static func column(_ call: CallNode) -> String? {
    guard case .column(let reference, _)? = call.arguments.first else { return nil }
    return "\(reference.table).\(reference.column.text)"
  }

  /// The conditions of a call that are all `column = level`, joined by `and`.
  private static func levels(_ call: CallNode) -> [(column: String, level: String)]? {
    guard call.keys.isEmpty, call.arguments.count == 1, case .column(_, let condition?) = call.arguments[0]
    else {
      return nil
    }
    var found: [(column: String, level: String)] = []
    func visit(_ condition: RowCondition) -> Bool {
      switch condition {
      case .and(let a, let b): return visit(a) && visit(b)
      case .or: return false
      case .clause(let clause):
        guard clause.relation == .equal, clause.literals.count == 1, !clause.literals[0].isColumn else {
          return false
        }
        found.append((clause.column.text, clause.literals[0].text))
        return true
      }
    }
    return visit(condition) ? found.sorted { $0.column < $1.column } : nil
  }

  /// The side's expression for a method.
  func side(_ level: String) -> ValueNode {
    func put(_ condition: RowCondition) -> RowCondition {
      switch condition {
      case .and(let a, let b): return .and(put(a), put(b))
      case .or: return condition
      case .clause(let clause):
        guard clause.column.text == column else { return condition }
        let literal = Literal(text: level, number: Double(level), isColumn: false, span: clause.span)
        return .clause(
          ConditionClause(column: clause.column, relation: .equal, literals: [literal], span: clause.span))
      }
    }
    guard case .column(let reference, let condition?) = call.arguments[0] else { return .call(call) }
    return .call(
      CallNode(
        function: call.function, arguments: [.column(reference, put(condition))], keys: call.keys,
        span: call.span))
  }

  /// The table that the methods are columns of.
  var table: String {
    guard case .column(let reference, _) = call.arguments[0] else { return "" }
    return reference.table
  }
}
