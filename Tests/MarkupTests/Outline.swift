import Diagnostics
import Markup

/// A document in one line a block, for comparison.
func outline(_ blocks: [MarkdownBlock]) -> String {
  blocks.map { block in
    switch block {
    case .heading(let level, let inlines): "h\(level) \(outline(inlines))"
    case .paragraph(let inlines): "p \(outline(inlines))"
    case .list(let start, let tight, let items):
      (start.map { "ol\($0)" } ?? "ul") + (tight ? "" : " loose")
        + "[\(items.map(outline).joined(separator: " | "))]"
    case .quote(let inner): "quote[\(outline(inner))]"
    case .code(let language, let text): "code(\(language)) \(text.debugDescription)"
    case .table(let table):
      "table(\(table.alignments.map(\.rawValue).joined(separator: " "))) "
        + ([table.header] + table.rows).map { $0.map(outline).joined(separator: " | ") }.joined(
          separator: " / ")
    case .rule: "rule"
    case .footnote(let number, let inlines): "note\(number) \(outline(inlines))"
    case .study(let study):
      "\(study.kind.rawValue) \(study.name) @\(place(study.nameSpan)) "
        + "lines \(study.lines) \(study.body.lines)"
    }
  }.joined(separator: "\n")
}

func outline(_ inlines: [MarkdownInline]) -> String {
  inlines.map { inline in
    switch inline {
    case .text(let text): text
    case .softBreak: "⏎"
    case .lineBreak: "⏎⏎"
    case .code(let text): "code(\(text))"
    case .value(let expression): "value(\(expression.text) @\(place(expression.span)))"
    case .emphasis(let inner): "em(\(outline(inner)))"
    case .strong(let inner): "strong(\(outline(inner)))"
    case .link(let destination, let title, let inner): "link(\(destination), \(title), \(outline(inner)))"
    case .footnote(let number, let occurrence): "note\(number).\(occurrence)"
    case .image(let source, let title, let alternative): "image(\(source), \(title), \(alternative))"
    }
  }.joined()
}

/// A YAML tree with the place of every node; quoted scalars in quotes.
func outline(_ node: YAMLNode) -> String {
  switch node {
  case .scalar(let scalar):
    "\(scalar.isQuoted ? scalar.text.debugDescription : scalar.text)@\(place(scalar.span))"
  case .sequence(let items, let span): "[\(items.map(outline).joined(separator: ", "))]@\(place(span))"
  case .mapping(let entries, let span):
    "{" + entries.map { "\(outline(.scalar($0.key))): \(outline($0.value))" }.joined(separator: ", ")
      + "}@\(place(span))"
  }
}

/// `line:column-column`, or `line:column-line:column` over several lines.
func place(_ span: SourceSpan) -> String {
  let end = span.start.line == span.end.line ? "\(span.end.column)" : "\(span.end.line):\(span.end.column)"
  return "\(span.start.line):\(span.start.column)-\(end)"
}

/// What a one-line span covers.
func covered(_ span: SourceSpan) -> String {
  let line = Array(span.source.line(span.start.line).unicodeScalars)
  return String(String.UnicodeScalarView(line[(span.start.column - 1)..<(span.end.column - 1)]))
}

/// A document read without mistakes, or its diagnostics in place of blocks.
func read(_ text: String) -> (document: MarkdownDocument, diagnostics: String) {
  var log = DiagnosticLog()
  let document = MarkdownReader.read(SourceText(path: "a.md", text: text), log: &log)
  return (document, log.sorted.map(\.rendered).joined(separator: "\n"))
}

/// The YAML of the first study block of a document (or of its front matter) and its diagnostics.
func readYAML(_ text: String) -> (tree: YAMLNode?, diagnostics: String) {
  var log = DiagnosticLog()
  let document = MarkdownReader.read(SourceText(path: "a.md", text: text), log: &log)
  let body = document.studyBlocks.first?.body ?? document.frontMatter
  let tree = body.flatMap { YAMLReader.read($0, log: &log) }
  return (tree, log.sorted.map(\.rendered).joined(separator: "\n"))
}
