import Diagnostics

/// Where the front matter ends and the prose begins.
struct FrontMatterCut {
  let text: FencedText?
  /// How many lines at the head of the file are not Markdown.
  let lineCount: Int

  init(_ source: SourceText, log: inout DiagnosticLog) {
    func isMark(_ line: String) -> Bool {
      line.hasPrefix("---") && line.dropFirst(3).allSatisfy { $0 == " " || $0 == "\t" }
    }
    let lines = source.lines
    guard let first = lines.first, isMark(first) else {
      (text, lineCount) = (nil, 0)
      return
    }
    if let end = lines.indices.dropFirst().first(where: { isMark(lines[$0]) }) {
      text = Self.body(source, lines: 1..<end)
      lineCount = end + 1
    } else {
      log.error(
        .unclosedFence, "the front matter is never closed", at: source.span(ofLine: 1),
        note: "everything up to the end of the file belongs to it", fix: "end it with a line '---'")
      // What is surely front matter is still read, for the mistakes in it.
      let end = lines.firstIndex { $0.allSatisfy(\.isWhitespace) || $0.hasPrefix("#") || $0.hasPrefix("```") }
      text = Self.body(source, lines: 1..<(end ?? lines.count))
      lineCount = end ?? lines.count
    }
  }

  private static func body(_ source: SourceText, lines: Range<Int>) -> FencedText {
    FencedText(
      lines: Array(source.lines[lines]), origins: lines.map { (line: $0 + 1, offset: 0) }, source: source,
      openingLine: 1)
  }
}
