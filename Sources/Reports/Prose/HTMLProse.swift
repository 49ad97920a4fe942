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

  mutating func html(_ blocks: [MarkdownBlock], tight: Bool = false) -> String {
    var out = ""
    for block in blocks { out += html(block, tight: tight) }
    return out
  }

  private mutating func html(_ block: MarkdownBlock, tight: Bool) -> String {
    let inline = HTMLInlines(outline: outline)
    switch block {
    case .heading(let level, let inlines):
      let anchor = outline.headings[nextHeading].anchor
      nextHeading += 1
      let tag = "h\(min(6, max(2, level + headingShift)))"
      return "<\(tag) id=\"\(escapedForHTML(anchor))\">\(inline.html(inlines))</\(tag)>\n"
    case .paragraph(let inlines):
      let text = inline.html(inlines)
      return tight ? text + "\n" : "<p>\(text)</p>\n"
    case .list(let start, let tight, let items):
      let tag = start == nil ? "ul" : "ol"
      let from = start.map { $0 == 1 ? "" : " start=\"\($0)\"" } ?? ""
      var out = "<\(tag)\(from)>\n"
      for item in items { out += "<li>\(html(item, tight: tight))</li>\n" }
      return out + "</\(tag)>\n"
    case .quote(let inner): return "<blockquote>\n\(html(inner))</blockquote>\n"
    case .code(_, let text): return "<pre tabindex=\"0\"><code>\(escapedForHTML(text))</code></pre>\n"
    case .table(let table): return html(table, inline)
    case .rule: return "<hr/>\n"
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
      "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table: \(escapedForHTML(name))\">"
      + "<table>\n<thead>\(head)</thead>\n<tbody>\n\(body)</tbody>\n</table></div>\n"
  }
}
