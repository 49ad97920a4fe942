/// What is wrong in an author's file, where, why, and what to write instead.
///
/// Messages are lower case without a full stop and quote the author's words; `note` gives the reason, `fix` the
/// remedy. Machine failures are typed errors and programmer errors are preconditions: neither is a diagnostic.
package struct Diagnostic: Error, Hashable, Sendable {
  package enum Severity: String, Sendable { case error, warning }

  package let code: DiagnosticCode
  package let severity: Severity
  package let message: String
  package let span: SourceSpan?
  package let note: String?
  package let fix: String?

  package init(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan?, severity: Severity = .error,
    note: String? = nil, fix: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.span = span
    self.note = note
    self.fix = fix
  }

  /// The compiler-like text: `file:line:column: error: message [code]`, the source line, carets, note and fix.
  package var rendered: String {
    guard let span else {
      return (["assay: \(severity.rawValue): \(message) [\(code.rawValue)]"] + remarks).joined(separator: "\n")
    }
    let head = "\(span.source.path):\(span.start.line):\(span.start.column)"
    var lines = ["\(head): \(severity.rawValue): \(message) [\(code.rawValue)]"]
    let quoted = printable(span.source.line(span.start.line))
    if !quoted.isEmpty {
      let number = String(span.start.line)
      let margin = String(repeating: " ", count: max(0, 5 - number.count)) + number
      let blank = String(repeating: " ", count: margin.count)
      let width = quoted.unicodeScalars.count
      let from = min(span.start.column - 1, width)
      let to = span.end.line == span.start.line ? min(span.end.column - 1, width) : width
      let tildes = String(repeating: "~", count: max(0, to - from - 1))
      lines.append("\(margin) | \(quoted)")
      lines.append("\(blank) | \(String(repeating: " ", count: from))^\(tildes)")
    }
    return (lines + remarks).joined(separator: "\n")
  }

  private var remarks: [String] {
    [note.map { "   note: \($0)" }, fix.map { "   fix: \($0)" }].compactMap { $0 }
  }

  /// Tabs become one space and control characters `·`, so that carets stay under what they point at.
  private func printable(_ line: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in line.unicodeScalars.prefix(400) {
      if scalar == "\t" {
        out.append(" ")
      } else if scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format {
        out.append("·")
      } else {
        out.append(scalar)
      }
    }
    return String(out)
  }
}
