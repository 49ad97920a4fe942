/// Footnotes in GitHub's manner: `[^name]` in the text, and a paragraph `[^name]: words` anywhere at the top level.
///
/// libcmark knows none and would take a definition for a link's. So the bracket that opens one is a mark in
/// libcmark's text, and here its paragraphs become footnotes, numbered as the text first refers to them.
struct Footnotes {
  /// Stands for the bracket that opens a definition; no text may contain it.
  static let mark = Unicode.Scalar(0xFDD0 as UInt32)!

  private var definitions: [String: [MarkdownInline]] = [:]
  private var numbers: [String: Int] = [:]
  private var occurrences: [Int: Int] = [:]

  /// The line with its bracket marked, where it starts a definition.
  static func marked(_ line: String) -> String {
    let own = line.drop { $0 == " " }
    guard own.hasPrefix("[^"), line.count - own.count < 4, own.prefixMatch(of: /\[\^[A-Za-z0-9_-]+\]:/) != nil
    else { return line }
    return line.prefix(line.count - own.count) + String(mark) + own.dropFirst()
  }

  /// The text as the author wrote it.
  static func unmarked(_ text: String) -> String {
    text.unicodeScalars.contains(mark)
      ? String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == mark ? "[" : $0 })) : text
  }

  /// The blocks with references and definitions in place of their texts; a name that nothing defines stays text.
  static func resolve(_ blocks: [MarkdownBlock]) -> [MarkdownBlock] {
    var notes = Footnotes()
    let parts = blocks.map { notes.collect($0) }
    guard !notes.definitions.isEmpty else { return parts.flatMap(\.blocks) }
    let text = notes.referring(parts.flatMap(\.blocks))
    // A note may refer to another, so numbers are given before the notes themselves are read.
    let names = parts.flatMap(\.names)
    for name in names { _ = notes.number(of: name) }
    return text + names.map { .footnote(number: notes.number(of: $0), notes.inlines(notes.definitions[$0]!)) }
  }

  /// Takes the definitions out of a top-level paragraph.
  private mutating func collect(_ block: MarkdownBlock) -> (blocks: [MarkdownBlock], names: [String]) {
    guard case .paragraph(let inlines) = block else { return ([block], []) }
    var parts: [[MarkdownInline]] = [[]]
    for inline in inlines {
      if case .text(let text) = inline, text.unicodeScalars.first == Self.mark {
        if case .softBreak? = parts[parts.count - 1].last { parts[parts.count - 1].removeLast() }
        parts.append([])
      }
      parts[parts.count - 1].append(inline)
    }
    var (names, rest): ([String], [MarkdownInline]) = ([], parts[0])
    for part in parts.dropFirst() {
      guard case .text(let text)? = part.first, let end = text.firstRange(of: "]:"),
        case let name = String(text[..<end.lowerBound].unicodeScalars.dropFirst(2)), definitions[name] == nil
      else {
        rest += (rest.isEmpty ? [] : [.softBreak]) + part
        continue
      }
      let start = String(text[end.upperBound...].drop { $0 == " " })
      definitions[name] = (start.isEmpty ? [] : [.text(start)]) + part.dropFirst()
      names.append(name)
    }
    return (rest.isEmpty ? [] : [.paragraph(rest.map(Self.unmarked))], names)
  }

  private static func unmarked(_ inline: MarkdownInline) -> MarkdownInline {
    if case .text(let text) = inline { return .text(unmarked(text)) }
    return inline
  }

  private mutating func number(of name: String) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = numbers.count + 1
    return numbers.count
  }

  private mutating func referring(_ blocks: [MarkdownBlock]) -> [MarkdownBlock] {
    var result: [MarkdownBlock] = []
    for block in blocks {
      switch block {
      case .paragraph(let text): result.append(.paragraph(inlines(text)))
      case .list(let start, let tight, let items):
        var read: [[MarkdownBlock]] = []
        for item in items { read.append(referring(item)) }
        result.append(.list(start: start, tight: tight, items: read))
      case .quote(let inner): result.append(.quote(referring(inner)))
      case .table(let table):
        var rows: [[[MarkdownInline]]] = []
        for row in table.rows { rows.append(row.map { inlines($0) }) }
        result.append(.table(PipeTable(alignments: table.alignments, header: table.header, rows: rows)))
      case .heading, .code, .rule, .study, .footnote: result.append(block)
      }
    }
    return result
  }

  private mutating func inlines(_ inlines: [MarkdownInline]) -> [MarkdownInline] {
    var result: [MarkdownInline] = []
    for inline in inlines {
      switch inline {
      case .text(let text): result += references(text)
      case .emphasis(let inner): result.append(.emphasis(self.inlines(inner)))
      case .strong(let inner): result.append(.strong(self.inlines(inner)))
      case .softBreak, .lineBreak, .code, .value, .link, .image, .footnote: result.append(inline)
      }
    }
    return result
  }

  private mutating func references(_ text: String) -> [MarkdownInline] {
    var result: [MarkdownInline] = []
    var rest = text[...]
    while let match = rest.firstMatch(of: /\[\^([A-Za-z0-9_-]+)\]/) {
      let name = String(match.output.1)
      let isDefined = definitions[name] != nil
      let before = rest[..<(isDefined ? match.range.lowerBound : match.range.upperBound)]
      if !before.isEmpty { result.append(.text(String(before))) }
      if isDefined {
        let number = number(of: name)
        occurrences[number, default: 0] += 1
        result.append(.footnote(number: number, occurrence: occurrences[number]!))
      }
      rest = rest[match.range.upperBound...]
    }
    return rest.isEmpty ? result : result + [.text(String(rest))]
  }
}
