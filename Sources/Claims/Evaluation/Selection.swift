import Experiments
import Statistics

/// The rows that one call reads: filtered, without missing values, grouped by the call's keys.
struct Selection {
  let table: String
  /// Without `.steps` and the like: what is resampled as one where experiments are independent.
  let experiment: String
  /// Rows of the table that have a value, ascending.
  let rows: [Int]
  /// One value a row; for `count` of labels zeros.
  let values: [Double]
  /// The key of each row.
  let keyOfRow: [Int]
  let keyColumns: [String]
  let keyTexts: [[String]]
  let column: String
  /// Rows that met the condition but have no value, such as diverged trials.
  let missing: [Int]
  /// Keys of which every row lacks a value.
  let emptyKeys: [[String]]
  /// Whether the rows are only counted, so that none is an answer too.
  let isCounted: Bool
}

/// Finds the rows that a column reference means.
struct Selector {
  let tables: [String: ResultTable]
  let restrictions: [(column: String, value: String)]

  func select(
    _ reference: ColumnReference, _ condition: RowCondition?, of call: CallNode
  ) throws(EvaluationProblem) -> Selection {
    let keys = call.keys.map(\.text)
    guard let table = tables[reference.table] else {
      throw EvaluationProblem(message: "there are no results of '\(reference.table)'")
    }
    guard let column = table[reference.column.text] else {
      throw EvaluationProblem(message: "the results of '\(reference.table)' lack '\(reference.column.text)'")
    }
    if let key = keys.first(where: { table[$0] == nil }) {
      throw EvaluationProblem(message: "the results of '\(reference.table)' lack '\(key)'")
    }
    let mask = RowMask(table: table)
    var chosen = condition.map(mask.rows) ?? [Bool](repeating: true, count: table.rowCount)
    for restriction in restrictions {
      guard let rows = mask.rows(restriction.column, equal: restriction.value) else { continue }
      for row in chosen.indices where !rows[row] { chosen[row] = false }
    }
    var (rows, values, keyOfRow, keyTexts): ([Int], [Double], [Int], [[String]]) = ([], [], [], [])
    var places: [[String]: Int] = [:]
    let takesLabels = FunctionRegistry.function(call.function.text)?.labels != .refused
    var missing: [Int] = []
    var missingKeys: [[String]] = []
    for row in chosen.indices where chosen[row] {
      let value = Self.value(column, row, takesLabels: takesLabels)
      let texts = keys.map { table.text($0, row: row) }
      guard !value.isNaN else {
        missing.append(row)
        if missingKeys.last != texts { missingKeys.append(texts) }
        continue
      }
      let place = places[texts] ?? keyTexts.count
      if place == keyTexts.count {
        places[texts] = place
        keyTexts.append(texts)
      }
      rows.append(row)
      values.append(value)
      keyOfRow.append(place)
    }
    return Selection(
      table: reference.table, experiment: reference.experiment.text, rows: rows, values: values,
      keyOfRow: keyOfRow,
      keyColumns: keys, keyTexts: keys.isEmpty ? [[]] : keyTexts, column: reference.column.text,
      missing: missing, emptyKeys: Self.distinct(missingKeys.filter { places[$0] == nil }),
      isCounted: call.function.text == "count")
  }

  /// - Parameter takesLabels: whether labels stand for their place in the order of the study; else they only count.
  private static func value(_ column: ResultTable.Column, _ row: Int, takesLabels: Bool) -> Double {
    switch column {
    case .numbers(let values): values[row]
    case .labels(let codes, _): codes[row] < 0 ? .nan : takesLabels ? Double(codes[row]) : 0
    }
  }

  private static func distinct(_ keys: [[String]]) -> [[String]] {
    var seen: Set<[String]> = []
    return keys.filter { seen.insert($0).inserted }
  }
}
