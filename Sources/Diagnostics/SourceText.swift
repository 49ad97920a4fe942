/// A file of the author's, kept whole so that every diagnostic can quote it.
///
/// Lines and columns are counted from 1; a column counts Unicode scalars, as editors do.
package final class SourceText: Sendable {
  /// The path as diagnostics print it: the one the author used.
  package let path: String
  package let text: String
  /// The lines without their terminators (`\n` or `\r\n`).
  package let lines: [String]

  package init(path: String, text: String) {
    self.path = path
    self.text = text
    var lines: [String] = []
    var current = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\n" {
        if current.last == "\r" { current.removeLast() }
        lines.append(String(current))
        current = String.UnicodeScalarView()
      } else {
        current.append(scalar)
      }
    }
    if !current.isEmpty { lines.append(String(current)) }
    self.lines = lines
  }

  /// The line with that number, or an empty one past the end.
  package func line(_ number: Int) -> String {
    number >= 1 && number <= lines.count ? lines[number - 1] : ""
  }

  /// The span of a whole line.
  package func span(ofLine number: Int) -> SourceSpan {
    SourceSpan(
      self, from: SourcePosition(line: number, column: 1),
      to: SourcePosition(line: number, column: max(2, line(number).unicodeScalars.count + 1)))
  }
}

/// A place in a file: line and column, both from 1, the column in Unicode scalars.
package struct SourcePosition: Hashable, Comparable, Sendable {
  package var line: Int
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package static func < (a: Self, b: Self) -> Bool {
    (a.line, a.column) < (b.line, b.column)
  }
}

/// A stretch of a file, from `start` up to but not including `end`.
package struct SourceSpan: Hashable, Sendable {
  package let source: SourceText
  package var start: SourcePosition
  package var end: SourcePosition

  package init(_ source: SourceText, from start: SourcePosition, to end: SourcePosition) {
    self.source = source
    self.start = start
    self.end = end
  }

  package static func == (a: Self, b: Self) -> Bool {
    a.source === b.source && a.start == b.start && a.end == b.end
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(source))
    hasher.combine(start)
    hasher.combine(end)
  }

  /// The words it covers, of its first line only.
  package var text: String {
    let line = source.line(start.line).unicodeScalars
    let length = start.line == end.line ? end.column - start.column : line.count
    return String(String.UnicodeScalarView(line.dropFirst(start.column - 1).prefix(max(0, length))))
  }

  /// The part of a one-line span that starts `offset` scalars in and is `length` scalars long.
  package func part(offset: Int, length: Int) -> SourceSpan {
    let from = SourcePosition(line: start.line, column: start.column + offset)
    return SourceSpan(source, from: from, to: SourcePosition(line: from.line, column: from.column + length))
  }
}
