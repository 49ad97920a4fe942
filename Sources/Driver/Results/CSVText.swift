import Experiments

/// A tidy table as CSV (RFC 4180 with line feeds): a header, then one row a line; missing values are empty.
enum CSVText {
  static func text(of table: ResultTable) -> String {
    var lines = [table.columnNames.map(quoted).joined(separator: ",")]
    for row in 0..<table.rowCount {
      lines.append(table.columnNames.map { quoted(table.text($0, row: row)) }.joined(separator: ","))
    }
    return lines.joined(separator: "\n")
  }

  private static func quoted(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
