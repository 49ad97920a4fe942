import Diagnostics

/// Recognises a pipe table in a paragraph's lines and reads its cells (GitHub Flavored Markdown 0.29, section
/// 4.10).
///
/// A cell cannot use reference links: it is read by itself.
struct PipeTableReading {
  private let alignments: [PipeTable.Alignment]
  private let header: [PlacedText]
  private let rows: [[PlacedText]]

  /// A quick look at the second line, before its places are worked out.
  static func mayBeTable(_ node: CommonMarkNode, _ source: SourceText) -> Bool {
    guard node.lastLine > node.line else { return false }
    let line = source.line(node.line + 1).utf8
    return line.contains(UInt8(ascii: "|")) && line.allSatisfy { " \t>|:-".utf8.contains($0) }
  }

  /// Nil where the second line is not a delimiter row with as many cells as the first.
  init?(_ lines: [PlacedText]) {
    guard lines.count >= 2 else { return nil }
    let header = Self.cells(lines[0])
    var alignments: [PipeTable.Alignment] = []
    for cell in Self.cells(lines[1]) {
      guard let alignment = Self.alignment(cell.scalars) else { return nil }
      alignments.append(alignment)
    }
    guard alignments.count == header.count else { return nil }
    self.alignments = alignments
    self.header = header
    // A row has the header's number of cells: missing ones are empty, further ones do not count.
    rows = lines.dropFirst(2).map { line in
      let cells = Self.cells(line)
      let missing = Array(repeating: PlacedText(), count: max(0, header.count - cells.count))
      return Array((cells + missing).prefix(header.count))
    }
  }

  func table(source: SourceText, log: inout DiagnosticLog) -> PipeTable {
    func read(_ cells: [PlacedText]) -> [[MarkdownInline]] {
      cells.map { Self.inlines($0, source, &log) }
    }
    return PipeTable(alignments: alignments, header: read(header), rows: rows.map(read))
  }

  private static func inlines(
    _ cell: PlacedText, _ source: SourceText, _ log: inout DiagnosticLog
  ) -> [MarkdownInline] {
    if cell.scalars.isEmpty { return [] }
    // The marker keeps libcmark from taking the cell's text for a heading, a list or a fence.
    let marker = "\u{E000} "
    let tree = CommonMarkTree(marker + cell.string)
    guard let paragraph = tree.root.children.first(where: { _ in true }) else { return [] }
    var reading = InlineReading(paragraph, source: source, line: cell.position(0).line) { cell }
    var inlines = reading.inlines(of: paragraph)
    log.merge(reading.log)
    if case .text(let text) = inlines.first {
      let rest = String(text.unicodeScalars.dropFirst(marker.unicodeScalars.count))
      if rest.isEmpty { inlines.removeFirst() } else { inlines[0] = .text(rest) }
    }
    return inlines
  }

  /// The cells of a row: split at pipes that no backslash escapes, without the pipes at both ends; `\|` is a
  /// pipe.
  private static func cells(_ line: PlacedText) -> [PlacedText] {
    let row = line.trimmed
    var cells: [PlacedText] = []
    var cell = PlacedText()
    var index = row.scalars.first == "|" ? 1 : 0
    var isOpen = false
    while index < row.scalars.count {
      let place = row.position(index)
      if row.scalars[index] == "|" {
        cells.append(cell.trimmed)
        cell = PlacedText()
        isOpen = false
      } else {
        if row.scalars[index] == "\\", index + 1 < row.scalars.count, row.scalars[index + 1] == "|" {
          index += 1
        }
        cell.append(row.scalars[index], line: place.line, column: place.column)
        isOpen = true
      }
      index += 1
    }
    return isOpen ? cells + [cell.trimmed] : cells
  }

  private static func alignment(_ cell: [Unicode.Scalar]) -> PipeTable.Alignment? {
    let left = cell.first == ":"
    let right = cell.count > 1 && cell.last == ":"
    let dashes = cell.dropFirst(left ? 1 : 0).dropLast(right ? 1 : 0)
    guard !dashes.isEmpty, dashes.allSatisfy({ $0 == "-" }) else { return nil }
    return left ? (right ? .center : .left) : (right ? .right : PipeTable.Alignment.none)
  }
}
