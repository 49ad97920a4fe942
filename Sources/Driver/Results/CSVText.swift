import Experiments

/// A tidy table as CSV (RFC 4180 with line feeds): a header, then one row a line; missing values are empty. The last
/// column says where a row comes from: `trial`, the first digits of its key, as `assay show` takes them, or `line`.
enum CSVText {
  static func text(of table: ResultTable, origins: (name: String, values: [String])) -> String {
    var lines = [(table.columnNames + [origins.name]).map(quoted).joined(separator: ",")]
    for row in 0..<table.rowCount {
      let fields = table.columnNames.map { table.text($0, row: row) } + [origins.values[row]]
      lines.append(fields.map(quoted).joined(separator: ","))
    }
    return lines.joined(separator: "\n")
  }

  private static func quoted(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
