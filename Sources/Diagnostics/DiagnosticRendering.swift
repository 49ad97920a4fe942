/// A diagnostic as the author sees it.
extension Diagnostic {
  /// The compiler-like text: `file:line:column: error: message [code]`, the source line, carets, note and
  /// fix.
  ///
  /// Control and direction-changing characters of the author's file show as `·`, so no file can steer a
  /// terminal.
  package var rendered: String {
    let place = span.map { "\($0.source.path):\($0.start.line):\($0.start.column)" } ?? "assay"
    let head = printable("\(place): \(severity.rawValue): \(message) [\(code.rawValue)]")
    let remarks = [note.map { "   note: \($0)" }, fix.map { "   fix: \($0)" }]
    return ([head] + (span.map(quotation) ?? []) + remarks.compactMap { $0 }.map(printable))
      .joined(separator: "\n")
  }

  /// The source line with carets below it; nothing where the line is empty or ends before the place.
  private func quotation(_ span: SourceSpan) -> [String] {
    // A long line is shown from shortly before the place, without looking at the rest of it.
    let first = span.start.column > 120 ? span.start.column - 61 : 0
    let rest = span.source.line(span.start.line).unicodeScalars.dropFirst(first)
    if rest.isEmpty { return [] }
    let shown = Array(rest.prefix(160))
    let from = min(span.start.column - 1 - first, shown.count)
    let isOneLine = span.end.line == span.start.line
    let to = isOneLine ? min(span.end.column - 1 - first, shown.count) : shown.count
    let lead = first > 0 ? "…" : ""
    let quoted = lead + shown.map(glyph).joined() + (rest.dropFirst(shown.count).isEmpty ? "" : "…")
    let indent = lead.unicodeScalars.count + width(shown[..<from])
    let carets = max(1, width(shown[from..<max(from, to)]))
    let number = String(span.start.line)
    let margin = String(repeating: " ", count: max(0, 5 - number.count)) + number
    let blank = String(repeating: " ", count: margin.count)
    return [
      "\(margin) | \(quoted)",
      "\(blank) | \(String(repeating: " ", count: indent))^\(String(repeating: "~", count: carets - 1))",
    ]
  }

  private func width(_ scalars: ArraySlice<Unicode.Scalar>) -> Int {
    scalars.reduce(0) { $0 + terminalWidth(of: $1) }
  }

  private func printable(_ text: String) -> String {
    text.unicodeScalars.map(glyph).joined()
  }

  /// Tabs become one space and characters without a picture `·`, so that carets stay under what they point
  /// at.
  private func glyph(_ scalar: Unicode.Scalar) -> String {
    if scalar == "\t" { return " " }
    return isInvisible(scalar) ? "·" : String(scalar)
  }
}
