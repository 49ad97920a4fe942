import Experiments

/// The groups of rows that a table's rows or a chart's points stand for.
enum Groups {
  /// The combinations of values that occur, in the order of the factors' levels, other columns ascending.
  ///
  /// Tables that lack some of the columns are grouped by those they have, and such combinations are dropped where a
  /// table with all columns gives finer ones.
  static func combinations(
    of columns: [String], in tables: [ResultTable], schemas: [TableSchema]
  ) -> [[(column: String, value: String)]] {
    guard !columns.isEmpty else { return [[]] }
    let complete = tables.filter { table in columns.allSatisfy { table[$0] != nil } }
    var seen: Set<[String]> = []
    var found: [[String]] = []
    for table in complete {
      for row in 0..<table.rowCount {
        let values = columns.map { table.text($0, row: row) }
        if !values.contains(""), seen.insert(values).inserted { found.append(values) }
      }
    }
    let orders = columns.map { column in order(of: column, schemas) }
    return found.sorted { a, b in
      for (place, order) in orders.enumerated() where a[place] != b[place] {
        return precedes(a[place], b[place], order)
      }
      return false
    }.map { values in zip(columns, values).map { (column: $0, value: $1) } }
  }

  private static func order(of column: String, _ schemas: [TableSchema]) -> [String: Int] {
    let levels = schemas.lazy.compactMap { $0.column(column)?.levels }.first ?? []
    return Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($1, $0) })
  }

  private static func precedes(_ a: String, _ b: String, _ order: [String: Int]) -> Bool {
    if let x = order[a], let y = order[b] { return x < y }
    if let x = Double(a), let y = Double(b) { return x < y }
    return a < b
  }
}
