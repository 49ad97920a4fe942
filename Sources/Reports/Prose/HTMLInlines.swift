import Markup

/// Running text as HTML.
struct HTMLInlines {
  let outline: ReportOutline

  /// - Parameter inLink: whether a link surrounds the text; links do not nest.
  func html(_ inlines: [MarkdownInline], inLink: Bool = false) -> String {
    inlines.map { html($0, inLink: inLink) }.joined()
  }

  private func html(_ inline: MarkdownInline, inLink: Bool) -> String {
    switch inline {
    case .text(let text): escapedForHTML(text)
    case .softBreak: "\n"
    case .lineBreak: "<br/>\n"
    case .code(let text): "<code>\(escapedForHTML(text))</code>"
    case .value(let expression): value(expression, inLink: inLink)
    case .emphasis(let inner): "<em>\(html(inner, inLink: inLink))</em>"
    case .strong(let inner): "<strong>\(html(inner, inLink: inLink))</strong>"
    case .link(let destination, let title, let inner):
      link(to: destination, title: title, html(inner, inLink: true), inLink: inLink)
    case .image(let source, _, let alternative): image(source, alternative, inLink: inLink)
    case .footnote(let number, let occurrence): reference(to: number, occurrence, inLink: inLink)
    }
  }

  /// A bound number: dotted underline, evidence on hovering, and the way to the appendix for keyboard and
  /// touch.
  private func value(_ expression: InlineExpression, inLink: Bool) -> String {
    guard let position = outline.valuePositions[expression] else { return escapedForHTML(expression.text) }
    let value = outline.values[position]
    guard let view = value.view else {
      return "<span class=\"mark\" id=\"\(value.origin)\">not available</span>"
    }
    let marks = view.marks.map { " <span class=\"\(markClass($0))\">\(escapedForHTML($0))</span>" }.joined()
    let start = "id=\"\(value.origin)\" class=\"value\" title=\"\(escapedForHTML(view.evidence))\""
    let text = escapedForHTML(view.text)
    return inLink
      ? "<span \(start)>\(text)</span>\(marks)"
      : "<a \(start) href=\"#\(value.anchor)\">\(text)</a>\(marks)"
  }

  private func link(to written: String, title: String, _ content: String, inLink: Bool) -> String {
    guard !inLink, let destination = LinkDestination(written) else { return content }
    let href: String
    var content = content
    switch destination {
    case .fragment(let anchor):
      if content.isEmpty { content = escapedForHTML(outline.label(at: anchor) ?? anchor) }
      guard outline.hasAnchor(anchor) else { return content }
      href = "#" + anchor
    case .relative(let path): href = LinkDestination.report(forStudy: path)
    case .external(let address): href = address
    }
    let hint = title.isEmpty ? "" : " title=\"\(escapedForHTML(title))\""
    return "<a href=\"\(escapedForHTML(href))\"\(hint)>\(content)</a>"
  }

  private func reference(to number: Int, _ occurrence: Int, inLink: Bool) -> String {
    guard !inLink else { return "<sup>\(number)</sup>" }
    let origin = ReportOutline.noteOrigin(number, occurrence: occurrence)
    return "<sup><a id=\"\(origin)\" href=\"#\(ReportOutline.noteAnchor(number))\" role=\"doc-noteref\" "
      + "aria-label=\"Note \(number)\">\(number)</a></sup>"
  }

  /// A page loads nothing, so a picture of the author's is a link to it, under its alternative text.
  private func image(_ source: String, _ alternative: String, inLink: Bool) -> String {
    let text = escapedForHTML(alternative.isEmpty ? source : alternative)
    return link(to: source, title: "", "[picture: \(text)]", inLink: inLink)
  }
}

/// The CSS class of a small mark; what was measured leakily must catch the eye.
func markClass(_ mark: String) -> String {
  mark.lowercased().contains("leaky") ? "mark leaky" : "mark"
}
