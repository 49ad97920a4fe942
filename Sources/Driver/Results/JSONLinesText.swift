import Experiments

/// A tidy table as JSON Lines: one object a row with the columns as keys; a missing value is left out. The last key says
/// where a row comes from, as the last column of `CSVText` does.
enum JSONLinesText {
  static func text(of table: ResultTable, origins: (name: String, values: [String])) -> String {
    let columns = table.columnNames.map { (name: $0, column: table[$0]) }
    return (0..<table.rowCount).map { row in
      var writer = CanonicalWriter()
      writer.object { w in
        for (name, column) in columns {
          switch column {
          case .numbers(let values)? where !values[row].isNaN:
            w.key(name)
            if let whole = Int(exactly: values[row]) { w.value(whole) } else { w.value(values[row]) }
          case .labels(let codes, let levels)? where codes[row] >= 0:
            w.key(name)
            w.value(levels[Int(codes[row])])
          default: break
          }
        }
        w.key(origins.name)
        w.value(origins.values[row])
      }
      return writer.text
    }.joined(separator: "\n")
  }
}
