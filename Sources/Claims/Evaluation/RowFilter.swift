import Experiments

extension Evaluator {
  /// The rows of a table that meet the condition of an expression over one of its columns, ascending; all of
  /// them where it has none.
  package func rows(of name: String, meeting expression: Expression?) -> [Int] {
    guard let table = tables[name] else { return [] }
    guard case .call(let call)? = expression?.root,
      case .column(_, let condition?)? = call.arguments.first
    else { return Array(0..<table.rowCount) }
    let isMet = RowMask(table: table).rows(condition)
    return isMet.indices.filter { isMet[$0] }
  }
}
