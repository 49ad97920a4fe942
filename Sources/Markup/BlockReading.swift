import CCommonMark
import Diagnostics

/// Converts libcmark's blocks into ours and collects what is wrong with them.
struct BlockReading {
  private let source: SourceText
  private(set) var log = DiagnosticLog()
  private var fences: FenceReading
  private var isTooDeep = false

  init(source: SourceText, root: CommonMarkNode) {
    self.source = source
    var starts: Set<Int> = []
    root.visit { node in
      if node.kind == CMARK_NODE_CODE_BLOCK { starts.insert(node.line) }
    }
    fences = FenceReading(source: source, codeStarts: starts)
  }

  /// - Parameters:
  ///   - depth: how many lists and quotes stand around the blocks.
  ///   - quotes: how many of them are quotes.
  mutating func blocks(in parent: CommonMarkNode, depth: Int = 0, quotes: Int = 0) -> [MarkdownBlock] {
    var result: [MarkdownBlock] = []
    for node in parent.children {
      switch node.kind {
      case CMARK_NODE_BLOCK_QUOTE:
        if mayDescend(into: node, depth) {
          result.append(.quote(blocks(in: node, depth: depth + 1, quotes: quotes + 1)))
        }
      case CMARK_NODE_LIST:
        if mayDescend(into: node, depth) { result.append(list(node, depth: depth, quotes: quotes)) }
      case CMARK_NODE_CODE_BLOCK: result += fences.blocks(node, log: &log)
      case CMARK_NODE_HEADING:
        let level = Int(cmark_node_get_heading_level(node.pointer))
        result.append(.heading(level: level, inlines(node, quotes)))
      case CMARK_NODE_PARAGRAPH: result.append(paragraph(node, quotes))
      case CMARK_NODE_THEMATIC_BREAK: result.append(.rule)
      default: break  // Raw HTML is dropped.
      }
    }
    return result
  }

  private mutating func list(_ node: CommonMarkNode, depth: Int, quotes: Int) -> MarkdownBlock {
    let isOrdered = cmark_node_get_list_type(node.pointer) == CMARK_ORDERED_LIST
    var items: [[MarkdownBlock]] = []
    for item in node.children { items.append(blocks(in: item, depth: depth + 1, quotes: quotes)) }
    return .list(
      start: isOrdered ? Int(cmark_node_get_list_start(node.pointer)) : nil,
      tight: cmark_node_get_list_tight(node.pointer) != 0, items: items)
  }

  private mutating func paragraph(_ node: CommonMarkNode, _ quotes: Int) -> MarkdownBlock {
    if PipeTableReading.mayBeTable(node, source) {
      let lines = PlacedText.lines(of: node, in: source, quotes: quotes)
      if let reading = PipeTableReading(lines) { return .table(reading.table(source: source, log: &log)) }
    }
    return .paragraph(inlines(node, quotes))
  }

  private mutating func inlines(_ node: CommonMarkNode, _ quotes: Int) -> [MarkdownInline] {
    var reading = InlineReading(node, source: source, line: node.line) {
      PlacedText(joining: PlacedText.lines(of: node, in: source, quotes: quotes))
    }
    let inlines = reading.inlines(of: node)
    log.merge(reading.log)
    return inlines
  }

  /// Whether a list or quote may be entered; the first one too deep is told.
  private mutating func mayDescend(into node: CommonMarkNode, _ depth: Int) -> Bool {
    if depth < MarkdownReader.maximumDepth { return true }
    if !isTooDeep {
      let start = SourcePosition(line: node.line, column: node.column)
      let end = SourcePosition(line: start.line, column: start.column + 1)
      log.error(
        .tooDeep, "lists and quotes are nested more than \(MarkdownReader.maximumDepth) levels deep",
        at: SourceSpan(source, from: start, to: end))
    }
    isTooDeep = true
    return false
  }
}
