import Diagnostics

/// A file of finished runs cut into fields: what CSV and JSON Lines have in common.
struct ResultsRecords {
  /// One value of a run.
  struct Field {
    enum Kind { case number, text, missing }

    let text: String
    let kind: Kind
    /// Where it starts on its line, from 1, and how many scalars it is long.
    let column: Int
    let length: Int
  }

  /// One run.
  struct Row {
    /// The line of the file, from 1.
    let line: Int
    /// One a column of the file; nil where a run does not name it.
    let fields: [Field?]
  }

  let source: SourceText
  /// The columns of the file, in its order.
  let columns: [String]
  let rows: [Row]

  func span(_ row: Row, _ field: Field) -> SourceSpan {
    SourceSpan(
      source, from: SourcePosition(line: row.line, column: field.column),
      to: SourcePosition(line: row.line, column: field.column + max(1, field.length)))
  }
}

/// The mistakes of one data file: those that are read, and how many are not.
struct ResultsProblems {
  /// As many as a person mends before reading the next ones.
  static let shown = 10
  private(set) var count = 0
  /// Where the first mistake stands that is not shown.
  private var rest: SourceSpan?

  mutating func error(
    _ message: String, at span: SourceSpan, note: String? = nil, fix: String? = nil,
    _ log: inout DiagnosticLog
  ) {
    count += 1
    if count == Self.shown + 1 { rest = span }
    if count <= Self.shown { log.error(.badDataFile, message, at: span, note: note, fix: fix) }
  }

  /// Says how many mistakes were left out.
  func close(_ log: inout DiagnosticLog) {
    guard let rest else { return }
    let more = count - Self.shown
    log.error(
      .badDataFile, "from here on the file has \(more == 1 ? "another mistake" : "\(more) more mistakes")",
      at: rest)
  }
}
