import Diagnostics

/// Places inside a value's text, for what reads the text further (an expression, a range, a data path).
extension YAMLScalar {
  /// Where a stretch of `text`, in scalars, stands in the file; the whole scalar where escapes hide it.
  package func part(offset: Int, length: Int) -> SourceSpan {
    span.stretch(of: text, offset: offset, length: length) ?? span
  }
}

extension InlineExpression {
  /// Where a stretch of `text`, in scalars, stands in the file.
  package func part(offset: Int, length: Int) -> SourceSpan {
    span.stretch(of: text, offset: offset, length: length) ?? span
  }
}

extension SourceSpan {
  /// Where a stretch of a text stands that is written in this span, perhaps quoted, folded or over several
  /// lines; nil where the span's characters are not the text's in order, white space aside.
  fileprivate func stretch(of text: String, offset: Int, length: Int) -> SourceSpan? {
    var cursor = Cursor(self)
    if let first = cursor.current {
      let opens = text.unicodeScalars.first
      if first == "|" || first == ">", first != opens { cursor.skipLine() }
      if first == "\"" || first == "'", first != opens { cursor.advance() }
    }
    let scalars = Array(text.unicodeScalars)
    let offset = min(max(0, offset), scalars.count)
    let end = min(offset + max(0, length), scalars.count)
    var from: SourcePosition?
    var to: SourcePosition?
    for (index, scalar) in scalars.enumerated() where index < max(end, offset + 1) {
      if scalar != " " && scalar != "\n" { cursor.skipBlanks(andQuoteMarks: scalar != ">") }
      if index == offset { from = cursor.position }
      if scalar == " " || scalar == "\n" {
        if cursor.current == " " { cursor.advance() }
      } else {
        guard cursor.current == scalar else { return nil }
        cursor.advance()
      }
      if index < end { to = cursor.position }
    }
    let start = from ?? cursor.position
    return SourceSpan(source, from: start, to: max(start, to ?? start))
  }

  /// Walks over the characters of a span.
  private struct Cursor {
    private let span: SourceSpan
    private var line: [Unicode.Scalar]
    private(set) var position: SourcePosition
    /// Whether only blanks and quote marks of a further line have been passed.
    private var isBeforeText = false

    init(_ span: SourceSpan) {
      self.span = span
      position = span.start
      line = Array(span.source.line(span.start.line).unicodeScalars)
    }

    /// The character here; a line feed at a line's end, nil at the span's.
    var current: Unicode.Scalar? {
      if position >= span.end { return nil }
      return position.column <= line.count ? line[position.column - 1] : "\n"
    }

    mutating func advance() {
      if current == "\n" {
        skipLine()
      } else {
        position.column += 1
        isBeforeText = false
      }
    }

    mutating func skipLine() {
      position = SourcePosition(line: position.line + 1, column: 1)
      line = Array(span.source.line(position.line).unicodeScalars)
      isBeforeText = true
    }

    mutating func skipBlanks(andQuoteMarks: Bool) {
      while let scalar = current {
        if scalar == "\n" {
          skipLine()
        } else if scalar == " " || scalar == "\t" || (scalar == ">" && andQuoteMarks && isBeforeText) {
          position.column += 1
        } else {
          return
        }
      }
    }
  }
}
