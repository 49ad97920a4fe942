import Experiments

/// Which rows of a table meet a condition.
///
/// A comparison with a missing value does not hold, whatever the relation.
struct RowMask {
  let table: ResultTable

  func rows(_ condition: RowCondition) -> [Bool] {
    switch condition {
    case .clause(let clause): rows(clause)
    case .and(let a, let b): zip(rows(a), rows(b)).map { $0 && $1 }
    case .or(let a, let b): zip(rows(a), rows(b)).map { $0 || $1 }
    }
  }

  /// The rows whose column has the value of that text, or nil where the table has no such column.
  func rows(_ column: String, equal text: String) -> [Bool]? {
    switch table[column] {
    case .numbers(let values)?:
      let wanted = decimal(text)
      return values.map { wanted == nil ? false : $0 == wanted }
    case .labels(let codes, let levels)?:
      let matches = levels.map { $0 == text }
      return codes.map { $0 >= 0 && matches[Int($0)] }
    case nil: return nil
    }
  }

  private func rows(_ clause: ConditionClause) -> [Bool] {
    guard let column = table[clause.column.text] else {
      return [Bool](repeating: false, count: table.rowCount)
    }
    var result = [Bool](repeating: false, count: table.rowCount)
    for literal in clause.literals {
      let matches =
        literal.isColumn ? rows(column, clause, other: literal.text) : rows(column, clause, literal)
      for row in result.indices where matches[row] { result[row] = true }
    }
    return result
  }

  private func rows(_ column: ResultTable.Column, _ clause: ConditionClause, _ literal: Literal) -> [Bool] {
    switch column {
    case .numbers(let values):
      guard let number = literal.value else { return [Bool](repeating: false, count: values.count) }
      return values.map { !$0.isNaN && clause.relation.holds($0, number) }
    case .labels(let codes, let levels):
      let matches = levels.map { ($0 == literal.text) == (clause.relation == .equal) }
      return codes.map { $0 >= 0 && matches[Int($0)] }
    }
  }

  private func rows(_ column: ResultTable.Column, _ clause: ConditionClause, other: String) -> [Bool] {
    switch (column, table[other]) {
    case (.numbers(let a), .numbers(let b)?):
      return zip(a, b).map { !$0.isNaN && !$1.isNaN && clause.relation.holds($0, $1) }
    case (.labels, .labels?):
      return (0..<table.rowCount).map { row in
        let (a, b) = (table.text(clause.column.text, row: row), table.text(other, row: row))
        return !a.isEmpty && !b.isEmpty && (a == b) == (clause.relation == .equal)
      }
    default: return [Bool](repeating: false, count: table.rowCount)
    }
  }
}

/// The finite decimal number a text stands for, or nil (unlike `Double(_:)`, not for `inf`, `nan` or `0x1`).
func decimal(_ text: String) -> Double? {
  let isDecimal = text.utf8.allSatisfy { (48...57).contains($0) || [43, 45, 46, 69, 101].contains($0) }
  guard isDecimal, let value = Double(text), value.isFinite else { return nil }
  return value
}
