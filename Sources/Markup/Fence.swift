import Diagnostics

/// A fenced code block as it stands in the file.
struct Fence {
  /// A word of the info string.
  struct Word {
    let text: String
    let span: SourceSpan
  }

  let line: Int
  /// From the opening marks to the end of their line.
  let opening: SourceSpan
  /// The backticks or tildes that open it.
  let mark: String
  let words: [Word]
  let body: FencedText
  /// The last line that belongs to it.
  let lastLine: Int
  let isClosed: Bool

  /// Nil where the code block is an indented one.
  /// - Parameter codeStarts: the first lines of all code blocks of the file.
  init?(_ node: CommonMarkNode, source: SourceText, codeStarts: Set<Int>) {
    let opening = Array(source.line(node.line).unicodeScalars.dropFirst(node.column - 1))
    guard let first = opening.first, first == "`" || first == "~" else { return nil }
    var literal = node.literal.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    if literal.last?.isEmpty == true { literal.removeLast() }
    // Indented code may start with a fence's marks; they are then part of its text.
    if node.info.isEmpty, let line = literal.first, line.elementsEqual(opening) { return nil }
    let mark = opening.prefix { $0 == first }
    line = node.line
    self.opening = source.span(ofLine: node.line, fromColumn: node.column)
    self.mark = String(String.UnicodeScalarView(mark))
    words = Self.words(source, line: node.line, column: node.column + mark.count)
    body = Self.body(literal.map { String($0) }, openingLine: node.line, source)
    let end = node.line + literal.count + 1
    isClosed =
      end <= source.lines.count && !codeStarts.contains(end)
      && Self.closes(source.line(end), first, atLeast: mark.count)
    lastLine = isClosed ? end : end - 1
  }

  private init(
    line: Int, opening: SourceSpan, mark: String, words: [Word], body: FencedText, lastLine: Int,
    isClosed: Bool
  ) {
    self.line = line
    self.opening = opening
    self.mark = mark
    self.words = words
    self.body = body
    self.lastLine = lastLine
    self.isClosed = isClosed
  }

  /// This fence up to the first line of its body that opens a study block, then the fences that such lines
  /// open.
  ///
  /// No YAML holds such a line: all but the last of several fences lack their end.
  func split(opens: (String) -> Bool) -> [Fence] {
    let starts = body.lines.indices.filter { openingWord(body.lines[$0]).map(opens) == true }
    if starts.isEmpty { return [self] }
    var fences = [cut(to: starts[0])]
    for (index, start) in starts.enumerated() {
      let isLast = index + 1 == starts.count
      fences.append(opened(by: start, end: isLast ? body.lines.count : starts[index + 1], isLast: isLast))
    }
    return fences
  }

  /// This fence with the first lines of its body only, and without an end.
  func cut(to count: Int) -> Fence {
    Fence(
      line: line, opening: opening, mark: mark, words: words, body: bodyLines(0..<count, openingLine: line),
      lastLine: line + count, isClosed: false)
  }

  private func opened(by index: Int, end: Int, isLast: Bool) -> Fence {
    let origin = body.origins[index]
    let text = body.lines[index].unicodeScalars
    let indentation = text.prefix { $0 == " " }.count
    let marks = text.dropFirst(indentation).prefix { $0 == mark.unicodeScalars.first }
    let column = max(0, origin.offset) + indentation + 1
    return Fence(
      line: origin.line, opening: body.source.span(ofLine: origin.line, fromColumn: column),
      mark: String(marks),
      words: Self.words(body.source, line: origin.line, column: column + marks.count),
      body: bodyLines(index + 1..<end, openingLine: origin.line),
      lastLine: isLast ? lastLine : origin.line + end - index - 1, isClosed: isLast && isClosed)
  }

  private func bodyLines(_ range: Range<Int>, openingLine: Int) -> FencedText {
    FencedText(
      lines: Array(body.lines[range]), origins: Array(body.origins[range]), source: body.source,
      openingLine: openingLine)
  }

  /// The first word behind marks that could open a fence like this one.
  private func openingWord(_ line: String) -> String? {
    guard let first = mark.unicodeScalars.first else { return nil }
    let text = line.unicodeScalars.drop { $0 == " " }
    let marks = text.prefix { $0 == first }.count
    guard marks >= mark.unicodeScalars.count else { return nil }
    return String(text.dropFirst(marks).drop { $0 == " " }.prefix { $0 != " " && $0 != "\t" })
  }

  private static func words(_ source: SourceText, line: Int, column: Int) -> [Word] {
    let scalars = Array(source.line(line).unicodeScalars)
    return scalars.indices.dropFirst(column - 1).split { scalars[$0] == " " || scalars[$0] == "\t" }.map {
      Word(
        text: String(String.UnicodeScalarView(scalars[$0])),
        span: SourceSpan(
          source, from: SourcePosition(line: line, column: $0.startIndex + 1),
          to: SourcePosition(line: line, column: $0.endIndex + 1)))
    }
  }

  /// The body's line i comes from the i-th line below the opening one, and both end alike.
  private static func body(_ literal: [String], openingLine: Int, _ source: SourceText) -> FencedText {
    var lines: [String] = []
    var origins: [(line: Int, offset: Int)] = []
    for (index, line) in literal.enumerated() {
      let number = openingLine + 1 + index
      let written = source.line(number)
      let count = line.unicodeScalars.count
      // libcmark replaces NUL; the body's own reader is to see it.
      lines.append(written.utf8.contains(0) ? String(written.unicodeScalars.suffix(count)) : line)
      origins.append((line: number, offset: written.unicodeScalars.count - count))
    }
    return FencedText(lines: lines, origins: origins, source: source, openingLine: openingLine)
  }

  private static func closes(_ line: String, _ mark: Unicode.Scalar, atLeast count: Int) -> Bool {
    let trimmed = line.unicodeScalars.reversed().drop { $0 == " " || $0 == "\t" }
    let marks = trimmed.prefix { $0 == mark }.count
    return marks >= count && trimmed.dropFirst(marks).allSatisfy { $0 == " " || $0 == "\t" || $0 == ">" }
  }
}

extension SourceText {
  /// A line's span from a column on.
  fileprivate func span(ofLine number: Int, fromColumn column: Int) -> SourceSpan {
    var span = span(ofLine: number)
    span.start.column = min(column, span.end.column - 1)
    return span
  }
}
