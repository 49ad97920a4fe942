import Diagnostics
import Experiments

/// Types the declared columns of a file of finished runs and builds their tidy table.
struct ResultsTable {
  /// A column of the table and the place of its values in the file.
  struct Column {
    let name: String
    let role: TableSchema.Role
    let place: Int
  }

  /// The most distinct values of a unit whose names a condition is checked against.
  private static let namedLevels = 1_000

  let records: ResultsRecords
  let columns: [Column]
  /// By unit: the units it is nested in.
  let nesting: [String: [String]]

  /// The table with its schema and the line of each row; nil with the file's mistakes in the log.
  func table(
    named name: String, log: inout DiagnosticLog
  ) -> (table: ResultTable, schema: TableSchema, lines: [Int], missing: Int)? {
    guard !records.rows.isEmpty else {
      log.error(
        .badDataFile, "the file holds no runs", at: records.source.span(ofLine: 1), note: "a run is a line")
      return nil
    }
    var problems = ResultsProblems()
    let isNumeric = columns.map { column in
      column.role == .measure || records.rows.allSatisfy { $0.fields[column.place]?.kind == .number }
    }
    for row in records.rows { for column in columns { check(row, column, &problems, &log) } }
    if problems.count == 0 { findRepeats(&problems, &log) }
    problems.close(&log)
    guard problems.count == 0 else { return nil }
    var table = ResultTable(name: name, rowCount: records.rows.count)
    var schemas: [TableSchema.Column] = []
    var missing = 0
    for (column, isNumeric) in zip(columns, isNumeric) {
      let fields = records.rows.map { $0.fields[column.place]! }
      var levels: [String]?
      if isNumeric {
        let values = fields.map { $0.kind == .missing ? Double.nan : ScalarReading.number($0.text)! }
        if column.role == .measure { missing += values.count(where: \.isNaN) }
        if column.role != .measure { levels = Set(values).sorted().map(numberLabel) }
        table.add(column.name, .numbers(values))
      } else {
        var codes: [String: Int32] = [:]
        var names: [String] = []
        let codesOfRows = fields.map { field -> Int32 in
          if let code = codes[field.text] { return code }
          let code = Int32(names.count)
          codes[field.text] = code
          names.append(field.text)
          return code
        }
        levels = names
        table.add(column.name, .labels(codes: codesOfRows, levels: names))
      }
      let areNamed = column.role == .factor || (levels?.count ?? 0) <= Self.namedLevels
      schemas.append(
        TableSchema.Column(
          name: column.name, role: column.role, isNumeric: isNumeric, levels: areNamed ? levels : nil))
    }
    let schema = TableSchema(
      name: name, columns: schemas, nestedIn: nesting, isLeaky: false, isExternal: true)
    return (table, schema, records.rows.map(\.line), missing)
  }

  private func check(
    _ row: ResultsRecords.Row, _ column: Column, _ problems: inout ResultsProblems, _ log: inout DiagnosticLog
  ) {
    let name = records.columns[column.place]
    guard let field = row.fields[column.place] else {
      problems.error(
        "the run lacks '\(name)'", at: records.source.span(ofLine: row.line),
        fix: column.role == .measure ? "write null for a run without a value" : nil, &log)
      return
    }
    switch (column.role, field.kind) {
    case (.measure, .text):
      let isUndefined = ["nan", "inf", "infinity", "na", "n/a", "none", "null", "-"].contains(
        field.text.lowercased().filter { $0 != "+" && ($0 != "-" || field.text == "-") })
      problems.error(
        "'\(field.text)' in '\(name)' is not a number", at: records.span(row, field),
        note: isUndefined ? "a run without a value, such as one that diverged, is counted and shown" : nil,
        fix: isUndefined ? "leave the field empty" : nil, &log)
    case (.factor, .missing), (.unit, .missing):
      problems.error(
        "the run has no '\(name)'", at: records.span(row, field),
        note: column.role == .factor
          ? "every run belongs to a level of each factor" : "what is resampled must be named for every run",
        &log)
    default: break
    }
  }

  /// Two rows of equal factors and units are one run twice, or runs that something unnamed tells apart.
  private func findRepeats(_ problems: inout ResultsProblems, _ log: inout DiagnosticLog) {
    let identity = columns.filter { $0.role != .measure }
    var seen: [[String]: Int] = [:]
    for row in records.rows {
      let values = identity.map { column in
        let field = row.fields[column.place]!
        return field.kind == .number ? numberLabel(ScalarReading.number(field.text)!) : field.text
      }
      guard let first = seen[values] else {
        seen[values] = row.line
        continue
      }
      let run = zip(identity, values).map { "\($0.name) = \($1)" }.joined(separator: ", ")
      problems.error(
        "the run \(run) stands here again", at: records.source.span(ofLine: row.line),
        note: "it stands on line \(first) too; counted twice it would make intervals too short",
        fix: "drop one, or add the column that tells them apart to 'factors' or 'unit'", &log)
    }
  }
}
