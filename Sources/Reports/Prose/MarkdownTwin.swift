import Diagnostics
import Markup

/// The study's own text with results in the places of its blocks and inline values.
struct MarkdownTwin {
  let report: Report
  let outline: ReportOutline

  /// - Parameter studyBlock: what stands in a block's place, as lines of Markdown.
  func body(studyBlock: (ReportOutline.Block) -> String) -> String {
    let source = report.document.source
    let linked = report.document.linkedExpressions
    var edits = outline.blocks.map { edit(for: $0, text: studyBlock($0)) }
    edits += outline.values.map { value in
      TextEdit(
        span: value.expression.codeSpan,
        replacement: text(of: value, isLinked: linked.contains(value.expression)))
    }
    edits += MarkdownGuard(report.document, from: firstLine, label: outline.label).edits
    let lines = TextEdit.apply(edits, to: source, from: firstLine).split(
      separator: "\n", omittingEmptySubsequences: false)
    let blank: (Substring) -> Bool = { $0.allSatisfy(\.isWhitespace) }
    return lines.drop(while: blank).reversed().drop(while: blank).reversed().joined(separator: "\n")
  }

  /// The first line of the file that belongs to the body: behind front matter and a heading that repeats the
  /// title.
  private var firstLine: Int {
    let source = report.document.source
    var line = 1
    if let front = report.document.frontMatter {
      line = (front.origins.last?.line ?? front.openingLine) + 2
    }
    while line <= source.lines.count, isBlank(source.line(line)) { line += 1 }
    guard report.body.count < report.document.blocks.count else { return line }
    if source.line(line).drop(while: { $0 == " " }).first == "#" { return line + 1 }
    while line < source.lines.count, !source.line(line).hasPrefix("=") { line += 1 }
    return line + 1
  }

  /// The number, which leads to what it rests on; links do not nest.
  private func text(of value: ReportOutline.Value, isLinked: Bool) -> String {
    guard let view = value.view else { return "*not available*" }
    let marks = view.marks.map { " *(\(escapedForMarkdown($0)))*" }.joined()
    let text = escapedForMarkdown(view.text)
    return (isLinked ? text : "[\(text)](#\(value.anchor))") + marks
  }

  /// The block's fence replaced, within the quote marks and indentation it stands in.
  private func edit(for block: ReportOutline.Block, text: String) -> TextEdit {
    let source = report.document.source
    let lines = block.study.lines
    let prefix = Self.prefix(of: source.line(lines.lowerBound))
    let rest = String(prefix.map { $0 == ">" ? ">" : " " })
    var shown = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while shown.last?.isEmpty == true { shown.removeLast() }
    while shown.first?.isEmpty == true { shown.removeFirst() }
    var out: [String] = []
    let opensItem = prefix.contains { $0 != ">" && $0 != " " }
    if !opensItem, !isBlank(source.line(lines.lowerBound - 1)) { out.append(rest) }
    for (index, line) in shown.enumerated() { out.append((index == 0 ? prefix : rest) + line) }
    if !isBlank(source.line(lines.upperBound + 1)) { out.append(rest) }
    let trimmed = out.map { line -> String in
      var line = line
      while line.last == " " { line.removeLast() }
      return line
    }
    let end = source.line(lines.upperBound).unicodeScalars.count + 1
    return TextEdit(
      span: SourceSpan(
        source, from: SourcePosition(line: lines.lowerBound, column: 1),
        to: SourcePosition(line: lines.upperBound, column: end)),
      replacement: trimmed.joined(separator: "\n"))
  }

  /// What stands before the fence on its line: quote marks, a list's bullet, indentation.
  private static func prefix(of line: String) -> String {
    String(line.prefix { $0 != "`" && $0 != "~" })
  }

  /// Whether a line holds nothing but spaces and quote marks.
  private func isBlank(_ line: String) -> Bool {
    line.unicodeScalars.allSatisfy { $0 == " " || $0 == "\t" || $0 == ">" }
  }
}
