import Diagnostics
import Markup

/// Finds what an author's Markdown could smuggle into a page that shows the twin: raw HTML, and links that
/// run.
///
/// The HTML report drops both when the study is read; the twin keeps the author's text, so `<` of a tag
/// becomes `&lt;` and the destination of such a link `#`. Code stays as it is.
struct MarkdownGuard {
  private(set) var edits: [TextEdit] = []
  private let source: SourceText
  private let label: (String) -> String?
  /// Code blocks not met yet, in the order of the file.
  private var codes: ArraySlice<[Substring]>
  /// The prose between blank lines and code, with each scalar's place.
  private var paragraph: [(scalar: Unicode.Scalar, place: SourcePosition)] = []
  /// Where the paragraph's last run of so many backticks starts: a span without an end is seen at once.
  private var lastRuns: [Int: Int] = [:]

  /// - Parameter label: what a reference without words to a block is called.
  init(_ document: MarkdownDocument, from firstLine: Int, label: @escaping (String) -> String? = { _ in nil })
  {
    self.label = label
    source = document.source
    codes = Self.codeBlocks(document.blocks)[...]
    var skipped: Set<Int> = []
    for study in document.studyBlocks { skipped.formUnion(study.lines) }
    var line = firstLine
    while line <= source.lines.count {
      if let length = codeLength(at: line) {
        endParagraph()
        line += length
      } else if skipped.contains(line) || source.line(line).allSatisfy(\.isWhitespace) {
        endParagraph()
        line += 1
      } else {
        for (column, scalar) in (source.line(line) + "\n").unicodeScalars.enumerated() {
          paragraph.append((scalar, SourcePosition(line: line, column: column + 1)))
        }
        line += 1
      }
    }
    endParagraph()
  }

  private static func codeBlocks(_ blocks: [MarkdownBlock]) -> [[Substring]] {
    var found: [[Substring]] = []
    MarkdownBlock.visit(blocks) { block in
      guard case .code(_, let text) = block else { return }
      let body = text.hasSuffix("\n") ? text.dropLast() : text[...]
      if !body.isEmpty { found.append(body.split(separator: "\n", omittingEmptySubsequences: false)) }
    }
    return found
  }

  /// How many lines from here on are the next code block's body; nil where it does not start here.
  private mutating func codeLength(at line: Int) -> Int? {
    guard let code = codes.first else { return nil }
    let before = source.line(line - 1).drop { " >\t".contains($0) || "-*+.)".contains($0) || $0.isNumber }
    let isFenced = before.hasPrefix("```") || before.hasPrefix("~~~")
    let own = source.line(line).drop { $0 == ">" }
    guard isFenced || own.hasPrefix("    ") || own.hasPrefix("\t") || own.hasPrefix(" \t") else { return nil }
    for (index, expected) in code.enumerated() where !source.line(line + index).hasSuffix(expected) {
      return nil
    }
    codes.removeFirst()
    return code.count
  }

  private mutating func endParagraph() {
    lastRuns = [:]
    var position = 0
    while position < paragraph.count {
      let length = run(at: position)
      if length > 0 { lastRuns[length] = position }
      position += max(1, length)
    }
    position = 0
    while position < paragraph.count {
      switch paragraph[position].scalar {
      case "\\": position += 2
      case "`": position = pastCode(position)
      case "<": position = pastAngle(position)
      case "]": position = pastDestination(position)
      default: position += 1
      }
    }
    paragraph = []
  }

  private func pastCode(_ start: Int) -> Int {
    let open = run(at: start)
    guard let last = lastRuns[open], last > start else { return start + open }
    var position = start + open
    while position < paragraph.count {
      let length = run(at: position)
      if length == open { return position + length }
      position += max(1, length)
    }
    return start + open
  }

  private func run(at start: Int) -> Int {
    paragraph[start...].prefix { $0.scalar == "`" }.count
  }

  /// A `<` that could open a tag, a comment or a link; links to the web and mail stay.
  private mutating func pastAngle(_ start: Int) -> Int {
    guard start + 1 < paragraph.count else { return start + 1 }
    let next = paragraph[start + 1].scalar
    guard next.properties.isAlphabetic || next == "/" || next == "!" || next == "?" else { return start + 1 }
    let inside = text(
      paragraph[(start + 1)...].prefix {
        $0.scalar != ">" && $0.scalar != "<" && !$0.scalar.properties.isWhitespace
      })
    let end = start + 1 + inside.unicodeScalars.count
    let isClosed = end < paragraph.count && paragraph[end].scalar == ">"
    if isClosed, case .external? = LinkDestination(inside) {
      return end
    }
    replace(start..<(start + 1), by: "&lt;")
    return start + 1
  }

  /// Behind `](` or `]:` stands a link's destination.
  private mutating func pastDestination(_ bracket: Int) -> Int {
    var start = bracket + 1
    guard start < paragraph.count, paragraph[start].scalar == "(" || isDefinition(bracket) else {
      return bracket + 1
    }
    start += 1
    while start < paragraph.count, paragraph[start].scalar.properties.isWhitespace { start += 1 }
    let isAngled = start < paragraph.count && paragraph[start].scalar == "<"
    let rest = paragraph[min(paragraph.count, isAngled ? start + 1 : start)...]
    let length = rest.prefix {
      isAngled
        ? $0.scalar != ">" && $0.scalar != "<" && $0.scalar != "\n"
        : $0.scalar != ")" && $0.scalar != "(" && !$0.scalar.properties.isWhitespace
    }.count
    let end = rest.startIndex + length
    if bracket > 0, paragraph[bracket - 1].scalar == "[", paragraph[bracket + 1].scalar == "(",
      let label = label(String(text(rest.prefix(length)).dropFirst()))
    {
      replace((bracket - 1)..<bracket, by: "[" + escapedForMarkdown(label))
    }
    if isNote(bracket), !endsLine(end) { return start }
    if !isHarmless(text(rest.prefix(length))) {
      replace(start..<min(paragraph.count, isAngled ? end + 1 : end), by: "#")
      return min(paragraph.count, isAngled ? end + 1 : end)
    }
    return isAngled ? min(paragraph.count, end + 1) : start
  }

  /// Whether the bracket ends the label of `[label]: destination`, which stands at the start of its line.
  private func isDefinition(_ bracket: Int) -> Bool {
    guard paragraph[bracket + 1].scalar == ":" else { return false }
    return source.line(paragraph[bracket].place.line).first { !" >\t-*+".contains($0) } == "["
  }

  /// Whether the bracket ends the name of a footnote.
  private func isNote(_ bracket: Int) -> Bool {
    let name = paragraph[..<bracket].reversed().prefix { $0.scalar != "[" }
    return name.last?.scalar == "^"
  }

  /// Whether nothing but a title could follow on the line: then a renderer that knows no footnotes sees a link.
  private func endsLine(_ end: Int) -> Bool {
    let rest = paragraph[min(end, paragraph.count)...].prefix { $0.scalar != "\n" }
    return rest.first { $0.scalar != " " && $0.scalar != "\t" }.map {
      "\"'(".unicodeScalars.contains($0.scalar)
    } ?? true
  }

  /// Escapes and entities before a path's first sign could spell any scheme.
  private func isHarmless(_ destination: String) -> Bool {
    if destination.isEmpty { return true }
    let head = destination.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    if head.contains("&") || head.contains("\\") { return false }
    return LinkDestination(destination) != nil
  }

  private func text(_ part: ArraySlice<(scalar: Unicode.Scalar, place: SourcePosition)>) -> String {
    String(String.UnicodeScalarView(part.map(\.scalar)))
  }

  private mutating func replace(_ range: Range<Int>, by replacement: String) {
    guard let first = range.first, let last = range.last else { return }
    let end = SourcePosition(line: paragraph[last].place.line, column: paragraph[last].place.column + 1)
    edits.append(
      TextEdit(span: SourceSpan(source, from: paragraph[first].place, to: end), replacement: replacement))
  }
}
