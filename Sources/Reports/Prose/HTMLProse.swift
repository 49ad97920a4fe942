import Markup

/// The author's prose as HTML, with the study's blocks where they stand.
///
/// Visits blocks in the order of the file: headings and study blocks take their ids from the outline one by
/// one.
struct HTMLProse {
  let outline: ReportOutline
  /// What stands in a study block's place.
  let studyBlock: (ReportOutline.Block) -> String
  /// How many levels headings go down, so that the page's title is its only `h1`.
  private let headingShift: Int
  private var nextHeading = 0
  private var nextBlock = 0

  init(outline: ReportOutline, studyBlock: @escaping (ReportOutline.Block) -> String) {
    self.outline = outline
    self.studyBlock = studyBlock
    headingShift = outline.headings.contains { $0.level == 1 } ? 1 : 0
  }

  /// The prose, and below it its footnotes.
  mutating func html(_ body: [MarkdownBlock]) -> String { html(body, tight: false) + notes(body) }

  private mutating func html(_ blocks: [MarkdownBlock], tight: Bool) -> String {
    var out = ""
    for block in blocks { out += html(block, tight: tight) }
    return out
  }

  private func notes(_ blocks: [MarkdownBlock]) -> String {
    let notes = blocks.compactMap { block -> (number: Int, inlines: [MarkdownInline])? in
      if case .footnote(let number, let inlines) = block { (number, inlines) } else { nil }
    }.sorted { $0.number < $1.number }
    guard !notes.isEmpty else { return "" }
    let items = notes.map { number, inlines in
      "<li id=\"\(ReportOutline.noteAnchor(number))\">\(HTMLInlines(outline: outline).html(inlines)) "
        + "<a href=\"#\(ReportOutline.noteOrigin(number, occurrence: 1))\" role=\"doc-backlink\" "
        + "aria-label=\"Back to the text of note \(number)\">↩</a></li>\n"
    }
    return "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Notes\"><ol>\n"
      + items.joined() + "</ol></section>\n"
  }

  private mutating func html(_ block: MarkdownBlock, tight: Bool) -> String {
    let inline = HTMLInlines(outline: outline)
    switch block {
    case .heading(let level, let inlines):
      let anchor = outline.headings[nextHeading].anchor
      nextHeading += 1
      let tag = "h\(min(6, max(2, level + headingShift)))"
      let place = escapedForHTML(anchor)
      return "<\(tag) id=\"\(place)\">\(inline.html(inlines))"
        + "<a class=\"self\" href=\"#\(place)\" aria-hidden=\"true\" tabindex=\"-1\"></a></\(tag)>\n"
    case .paragraph(let inlines):
      let text = inline.html(inlines)
      return tight ? text + "\n" : "<p>\(text)</p>\n"
    case .list(let start, let tight, let items):
      let tag = start == nil ? "ul" : "ol"
      let from = start.map { $0 == 1 ? "" : " start=\"\($0)\"" } ?? ""
      var out = "<\(tag)\(from)>\n"
      for item in items { out += "<li>\(html(item, tight: tight))</li>\n" }
      return out + "</\(tag)>\n"
    case .quote(let inner): return "<blockquote>\n\(html(inner, tight: false))</blockquote>\n"
    case .code(_, let text): return "<pre tabindex=\"0\"><code>\(escapedForHTML(text))</code></pre>\n"
    case .table(let table): return html(table, inline)
    case .rule: return "<hr/>\n"
    case .footnote: return ""
    case .study:
      let place = outline.blocks[nextBlock]
      nextBlock += 1
      return studyBlock(place)
    }
  }

  private func html(_ table: PipeTable, _ inline: HTMLInlines) -> String {
    func row(_ cells: [[MarkdownInline]], _ open: String, _ close: String) -> String {
      let shown = cells.enumerated().map { position, cell in
        let alignment = position < table.alignments.count ? table.alignments[position] : .none
        let style = alignment == .none ? "" : " class=\"\(alignment.rawValue)\""
        return "<\(open)\(style)>\(inline.html(cell))</\(close)>"
      }
      return "<tr>\(shown.joined())</tr>\n"
    }
    let plain = PlainText(values: outline.shownValues)
    let name = table.header.map { plain.text($0) }.filter { !$0.isEmpty }.joined(separator: ", ")
    let head = row(table.header, "th scope=\"col\"", "th")
    let body = table.rows.map { row($0, "td", "td") }.joined()
    return
      "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table: \(escapedForHTML(name))\">"
      + "<table>\n<thead>\(head)</thead>\n<tbody>\n\(body)</tbody>\n</table></div>\n"
  }
}
