import CCommonMark
import Diagnostics

/// Converts the inlines of one block or table cell, with the places of its inline values.
struct InlineReading {
  private let source: SourceText
  private let firstLine: Int
  private let text: PlacedText
  /// The code spans in order; nil where the text of one was not found.
  private var places: [CodeSpanLocator.Place?] = []
  private var nextPlace = 0
  private var isTooDeep = false
  private(set) var log = DiagnosticLog()

  /// - Parameters:
  ///   - line: the block's first line in the file.
  ///   - text: the block's text; asked for only where the block holds an inline value.
  init(_ block: CommonMarkNode, source: SourceText, line: Int, text: () -> PlacedText) {
    self.source = source
    firstLine = line
    var literals: [String] = []
    block.visit { node in
      if node.kind == CMARK_NODE_CODE { literals.append(node.literal) }
    }
    guard literals.contains(where: Self.isValue) else {
      self.text = PlacedText()
      return
    }
    self.text = text()
    var locator = CodeSpanLocator(self.text)
    for literal in literals { places.append(locator.find(literal)) }
  }

  static func isValue(_ literal: String) -> Bool { literal.hasPrefix("= ") }

  mutating func inlines(of parent: CommonMarkNode, depth: Int = 0) -> [MarkdownInline] {
    guard depth < MarkdownReader.maximumDepth else {
      if !isTooDeep {
        log.error(
          .tooDeep, "emphasis and links are nested more than \(MarkdownReader.maximumDepth) levels deep",
          at: source.span(ofLine: firstLine))
      }
      isTooDeep = true
      return []
    }
    var result: [MarkdownInline] = []
    var text = ""
    for node in parent.children {
      if node.kind == CMARK_NODE_TEXT {
        text += node.literal
        continue
      }
      if node.kind == CMARK_NODE_HTML_INLINE || node.kind == CMARK_NODE_CUSTOM_INLINE { continue }
      if !text.isEmpty { result.append(.text(text)) }
      text = ""
      switch node.kind {
      case CMARK_NODE_SOFTBREAK: result.append(.softBreak)
      case CMARK_NODE_LINEBREAK: result.append(.lineBreak)
      case CMARK_NODE_CODE: result.append(code(node))
      case CMARK_NODE_EMPH: result.append(.emphasis(inlines(of: node, depth: depth + 1)))
      case CMARK_NODE_STRONG: result.append(.strong(inlines(of: node, depth: depth + 1)))
      case CMARK_NODE_LINK:
        let inner = inlines(of: node, depth: depth + 1)
        result.append(.link(destination: harmless(node.url), title: node.title, inner))
      case CMARK_NODE_IMAGE:
        let inner = inlines(of: node, depth: depth + 1)
        result.append(.image(source: harmless(node.url), title: node.title, alternative: plainText(inner)))
      default: break
      }
    }
    return text.isEmpty ? result : result + [.text(text)]
  }

  private mutating func code(_ node: CommonMarkNode) -> MarkdownInline {
    let literal = node.literal
    defer { nextPlace += 1 }
    guard Self.isValue(literal) else { return .code(literal) }
    guard nextPlace < places.count, let place = places[nextPlace] else {
      log.error(
        .expressionSyntax, "the inline value '\(literal)' cannot be told from the text around it",
        at: source.span(ofLine: firstLine), fix: "write it in a paragraph of its own")
      return .code(literal)
    }
    func isBlank(_ index: Int) -> Bool { [" ", "\t", "\n"].contains(text.scalars[index]) }
    var range = place.content.dropFirst(2)
    while let first = range.first, isBlank(first) { range = range.dropFirst() }
    while let last = range.last, isBlank(last) { range = range.dropLast() }
    let expression = range.map { text.scalars[$0] == "\n" ? " " : text.scalars[$0] }
    return .value(
      InlineExpression(
        text: String(String.UnicodeScalarView(expression)), span: span(range), codeSpan: span(place.whole)))
  }

  private func span(_ range: Range<Int>) -> SourceSpan {
    let start = text.position(range.lowerBound)
    guard let last = range.last else { return SourceSpan(source, from: start, to: start) }
    var end = text.position(last)
    end.column += 1
    return SourceSpan(source, from: start, to: end)
  }

  private func plainText(_ inlines: [MarkdownInline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text), .code(let text): text
      case .value(let expression): "= " + expression.text
      case .softBreak, .lineBreak: " "
      case .footnote: ""
      case .emphasis(let inner), .strong(let inner), .link(_, _, let inner): plainText(inner)
      case .image(_, _, let alternative): alternative
      }
    }.joined()
  }

  /// A destination that cannot run anything: the schemes `javascript`, `data` and `vbscript` give an empty
  /// one. Browsers pass over white space and control characters in a scheme, so they do not count here
  /// either.
  private func harmless(_ destination: String) -> String {
    let scalars = destination.unicodeScalars.lazy.filter { $0.value > 0x20 && $0.value != 0x7F }
    let head = String(String.UnicodeScalarView(scalars.prefix(11))).lowercased()
    return ["javascript:", "data:", "vbscript:"].contains(where: head.hasPrefix) ? "" : destination
  }
}
