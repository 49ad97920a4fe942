import Diagnostics

/// Links that leave their words to the page: `[](#name)` prints `Figure 2`.
extension MarkdownDocument {
  /// The names such links lead to, each with the place of its sign and name, in the order of the file.
  package var wordlessLinks: [(name: String, span: SourceSpan)] {
    var (line, rest) = (0, source.lines.first?[...] ?? "")
    return wordlessNames.map { name in
      let text = "[](#\(name)"
      while rest.firstRange(of: text) == nil, line + 1 < source.lines.count {
        line += 1
        rest = source.lines[line][...]
      }
      guard let range = rest.firstRange(of: text) else { return (name, source.span(ofLine: 1)) }
      rest = rest[range.upperBound...]
      let before = source.lines[line][..<range.lowerBound].unicodeScalars.count
      let start = SourcePosition(line: line + 1, column: before + 4)
      let end = SourcePosition(line: line + 1, column: before + 5 + name.unicodeScalars.count)
      return (name, SourceSpan(source, from: start, to: end))
    }
  }

  private var wordlessNames: [String] {
    var names: [String] = []
    func visit(_ inlines: [MarkdownInline]) {
      for inline in inlines {
        switch inline {
        case .emphasis(let inner), .strong(let inner): visit(inner)
        case .link(let destination, _, let inner):
          if inner.isEmpty, destination.hasPrefix("#") { names.append(String(destination.dropFirst())) }
        case .text, .softBreak, .lineBreak, .code, .image, .footnote, .value: break
        }
      }
    }
    visitInlines(visit)
    return names
  }
}
