import Diagnostics
import Experiments

/// Reading of CSV (RFC 4180): a header, then a run a line; a quoted field may hold commas and doubled quotes, but no
/// line break. An empty field is missing, and blank lines are skipped.
enum CSVRecords {
  static func read(_ source: SourceText, log: inout DiagnosticLog) -> ResultsRecords? {
    guard let first = source.lines.first, !first.allSatisfy(\.isWhitespace) else {
      log.error(
        .badDataFile, "the file does not start with a header", at: source.span(ofLine: 1),
        note: "its first line names the columns", fix: "write a first line such as 'method,seed,score'")
      return nil
    }
    var problems = ResultsProblems()
    guard let header = fields(1, source, &problems, &log) else { return nil }
    var columns: [String] = []
    for field in header {
      let span = span(1, field, source)
      if field.text.isEmpty {
        problems.error("a column of the header has no name", at: span, &log)
      } else if columns.contains(field.text) {
        problems.error("the header names '\(field.text)' twice", at: span, &log)
      }
      columns.append(field.text)
    }
    guard problems.count == 0 else { return nil }
    var rows: [ResultsRecords.Row] = []
    rows.reserveCapacity(source.lines.count)
    for number in 2..<max(2, source.lines.count + 1)
    where !source.lines[number - 1].allSatisfy(\.isWhitespace) {
      guard let fields = fields(number, source, &problems, &log) else { continue }
      guard fields.count == columns.count else {
        problems.error(
          "the row has \(fields.count) fields, and the header \(columns.count)",
          at: source.span(ofLine: number),
          fix: fields.count > columns.count ? "put a field with a comma in double quotes" : nil, &log)
        continue
      }
      rows.append(ResultsRecords.Row(line: number, fields: fields))
    }
    problems.close(&log)
    return problems.count == 0 ? ResultsRecords(source: source, columns: columns, rows: rows) : nil
  }

  private static func span(_ line: Int, _ field: ResultsRecords.Field, _ source: SourceText) -> SourceSpan {
    SourceSpan(
      source, from: SourcePosition(line: line, column: field.column),
      to: SourcePosition(line: line, column: field.column + max(1, field.length)))
  }

  /// The fields of a line, or nil where a quote is not closed or not doubled.
  private static func fields(
    _ number: Int, _ source: SourceText, _ problems: inout ResultsProblems, _ log: inout DiagnosticLog
  ) -> [ResultsRecords.Field]? {
    let scalars = Array(source.line(number).unicodeScalars)
    var fields: [ResultsRecords.Field] = []
    var position = 0
    while true {
      var start = position
      while position < scalars.count, scalars[position] == " " { position += 1 }
      var text = String.UnicodeScalarView()
      let isQuoted = position < scalars.count && scalars[position] == "\""
      if isQuoted {
        start = position
        position += 1
        while position < scalars.count {
          if scalars[position] == "\"" {
            guard position + 1 < scalars.count, scalars[position + 1] == "\"" else { break }
            position += 1
          }
          text.append(scalars[position])
          position += 1
        }
        let isClosed = position < scalars.count
        position += 1
        while position < scalars.count, scalars[position] == " " { position += 1 }
        guard isClosed, position >= scalars.count || scalars[position] == "," else {
          let end = SourcePosition(line: number, column: min(position, scalars.count) + 1)
          problems.error(
            isClosed ? "a quoted field goes on behind its quotes" : "a quote is not closed on its line",
            at: SourceSpan(source, from: SourcePosition(line: number, column: start + 1), to: end),
            fix: isClosed ? "double the quotes inside it" : "close it with '\"'", &log)
          return nil
        }
      } else {
        while position < scalars.count, scalars[position] != "," {
          text.append(scalars[position])
          position += 1
        }
        while text.last == " " { text.removeLast() }
      }
      let string = String(isQuoted ? text : String.UnicodeScalarView(text.drop { $0 == " " }))
      let kind: ResultsRecords.Field.Kind =
        string.isEmpty ? .missing : !isQuoted && ScalarReading.number(string) != nil ? .number : .text
      fields.append(
        ResultsRecords.Field(
          text: string, kind: kind, column: start + 1, length: min(position, scalars.count) - start))
      guard position < scalars.count else { return fields }
      position += 1
    }
  }
}
