import Experiments

/// Finds what a claim is about and a profile left out.
struct ProfileCoverage {
  let tables: [String: ResultTable]
  let scope: ExpressionScope

  /// The first level, as `column = level`, that a condition of the value names, the document has, and the
  /// results lack in every row; nil where nothing is lacking. Columns without a condition take what levels
  /// the profile has.
  func absentLevel(_ value: ValueNode) -> String? {
    var absent: String?
    value.visitColumns { reference, condition in
      guard absent == nil, let table = tables[reference.table], let condition else { return }
      let named = Set(condition.clauses.map(\.column.text))
      for column in scope.schema(reference.table)?.columns ?? []
      where column.role == .factor && named.contains(column.name) {
        let admitted = (column.levels ?? []).filter {
          condition.admits(column.name, $0, isNumeric: column.isNumeric)
        }
        guard !admitted.isEmpty, let present = levels(table[column.name]) else { continue }
        if let level = admitted.first(where: { !present.contains($0) }) {
          absent = "\(column.name) = \(level)"
        }
      }
    }
    return absent
  }

  /// The distinct values of a column, as texts.
  private func levels(_ column: ResultTable.Column?) -> Set<String>? {
    switch column {
    case .numbers(let values)?: return Set(Set(values.filter { !$0.isNaN }).map(numberLabel))
    case .labels(let codes, let levels)?: return Set(Set(codes.filter { $0 >= 0 }).map { levels[Int($0)] })
    case nil: return nil
    }
  }
}

extension RowCondition {
  /// Whether some row with that level could meet the condition, whatever its other columns hold.
  func admits(_ column: String, _ level: String, isNumeric: Bool) -> Bool {
    switch self {
    case .and(let a, let b):
      return a.admits(column, level, isNumeric: isNumeric) && b.admits(column, level, isNumeric: isNumeric)
    case .or(let a, let b):
      return a.admits(column, level, isNumeric: isNumeric) || b.admits(column, level, isNumeric: isNumeric)
    case .clause(let clause):
      guard clause.column.text == column, !clause.literals.contains(where: \.isColumn) else { return true }
      return clause.literals.contains { literal in
        if clause.relation.isOrder {
          guard let value = literal.value, let number = decimal(level) else { return false }
          return clause.relation.holds(number, value)
        }
        return literal.matches(level, isNumeric: isNumeric) == (clause.relation == .equal)
      }
    }
  }
}
