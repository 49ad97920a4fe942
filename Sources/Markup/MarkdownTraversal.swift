/// Walks over a document's tree.
extension MarkdownDocument {
  /// All study blocks in the order of the file, those inside lists and quotes too.
  package var studyBlocks: [StudyBlock] {
    var found: [StudyBlock] = []
    MarkdownBlock.visit(blocks) { block in
      if case .study(let study) = block { found.append(study) }
    }
    return found
  }

  /// All inline values in the order of the file.
  package var inlineExpressions: [InlineExpression] { placedExpressions.map(\.expression) }

  /// The inline values that stand in the text of a link.
  package var linkedExpressions: Set<InlineExpression> {
    Set(placedExpressions.filter(\.isLinked).map(\.expression))
  }

  private var placedExpressions: [(expression: InlineExpression, isLinked: Bool)] {
    var found: [(expression: InlineExpression, isLinked: Bool)] = []
    func visit(_ inlines: [MarkdownInline], isLinked: Bool = false) {
      for inline in inlines {
        switch inline {
        case .value(let expression): found.append((expression, isLinked))
        case .emphasis(let inner), .strong(let inner): visit(inner, isLinked: isLinked)
        case .link(_, _, let inner): visit(inner, isLinked: true)
        case .text, .softBreak, .lineBreak, .code, .image, .footnote: break
        }
      }
    }
    visitInlines { visit($0) }
    return found
  }

  /// Where links and pictures lead, in the order of the file.
  package var linkDestinations: [String] {
    var found: [String] = []
    func visit(_ inlines: [MarkdownInline]) {
      for inline in inlines {
        switch inline {
        case .emphasis(let inner), .strong(let inner): visit(inner)
        case .link(let destination, _, let inner):
          found.append(destination)
          visit(inner)
        case .image(let source, _, _): found.append(source)
        case .text, .softBreak, .lineBreak, .code, .footnote, .value: break
        }
      }
    }
    visitInlines { visit($0) }
    return found
  }

  /// Visits every run of text, in the order of the file; that of footnotes at the end.
  func visitInlines(_ body: ([MarkdownInline]) -> Void) {
    MarkdownBlock.visit(blocks) { block in
      switch block {
      case .heading(_, let inlines), .paragraph(let inlines), .footnote(_, let inlines): body(inlines)
      case .table(let table):
        for cell in table.header + table.rows.flatMap({ $0 }) { body(cell) }
      case .list, .quote, .code, .rule, .study: break
      }
    }
  }
}

extension MarkdownBlock {
  /// Visits blocks in the order of the file, containers before what they hold.
  package static func visit(_ blocks: [MarkdownBlock], _ body: (MarkdownBlock) -> Void) {
    for block in blocks {
      body(block)
      switch block {
      case .list(_, _, let items): for item in items { visit(item, body) }
      case .quote(let inner): visit(inner, body)
      case .heading, .paragraph, .code, .table, .rule, .study, .footnote: break
      }
    }
  }
}
