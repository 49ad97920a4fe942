import Diagnostics

/// A stretch of a file and what is to stand there instead.
struct TextEdit {
  let span: SourceSpan
  let replacement: String

  /// The text from a line on with all edits made; where two overlap, the one that starts first wins.
  static func apply(_ edits: [TextEdit], to source: SourceText, from firstLine: Int) -> String {
    let lines = source.lines.map { Array($0.unicodeScalars) }
    var out = String.UnicodeScalarView()
    var at = SourcePosition(line: firstLine, column: 1)
    for edit in edits.sorted(by: { $0.span.start < $1.span.start }) where !(edit.span.start < at) {
      copy(lines, from: at, to: edit.span.start, into: &out)
      out.append(contentsOf: edit.replacement.unicodeScalars)
      at = edit.span.end
    }
    copy(lines, from: at, to: SourcePosition(line: lines.count + 1, column: 1), into: &out)
    return String(out)
  }

  private static func copy(
    _ lines: [[Unicode.Scalar]], from start: SourcePosition, to end: SourcePosition,
    into out: inout String.UnicodeScalarView
  ) {
    guard start < end else { return }
    for number in start.line...end.line where number <= lines.count {
      let scalars = lines[number - 1]
      let from = number == start.line ? start.column - 1 : 0
      let to = number == end.line ? end.column - 1 : scalars.count
      if from < to { out.append(contentsOf: scalars.dropFirst(from).prefix(to - from)) }
      if number < end.line { out.append("\n") }
    }
  }
}
