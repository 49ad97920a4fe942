import Diagnostics

/// Text of one block or table cell whose every scalar knows its place in the file.
struct PlacedText {
  private(set) var scalars: [Unicode.Scalar] = []
  private var lines: [Int32] = []
  private var columns: [Int32] = []

  /// The place of a scalar; past the end, the place behind the last one.
  func position(_ index: Int) -> SourcePosition {
    if index < scalars.count { return SourcePosition(line: Int(lines[index]), column: Int(columns[index])) }
    guard let line = lines.last, let column = columns.last else { return SourcePosition(line: 1, column: 1) }
    return SourcePosition(line: Int(line), column: Int(column) + 1)
  }

  mutating func append(_ scalar: Unicode.Scalar, line: Int, column: Int) {
    scalars.append(scalar)
    lines.append(Int32(line))
    columns.append(Int32(column))
  }

  mutating func append(_ other: PlacedText) {
    scalars += other.scalars
    lines += other.lines
    columns += other.columns
  }

  subscript(range: Range<Int>) -> PlacedText {
    var part = PlacedText()
    part.scalars = Array(scalars[range])
    part.lines = Array(lines[range])
    part.columns = Array(columns[range])
    return part
  }

  /// The text without spaces and tabs at both ends.
  var trimmed: PlacedText {
    func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }
    guard let first = scalars.firstIndex(where: { !isBlank($0) }),
      let last = scalars.lastIndex(where: { !isBlank($0) })
    else { return PlacedText() }
    return self[first..<last + 1]
  }

  var string: String { String(String.UnicodeScalarView(scalars)) }
}

extension PlacedText {
  /// A line of a paragraph or heading as CommonMark reads it: from `column` on, without blanks and at most
  /// `quotes` marks `>` before it.
  init(_ source: SourceText, line: Int, fromColumn column: Int, quotes: Int) {
    let characters = Array(source.line(line).unicodeScalars)
    var index = min(column - 1, characters.count)
    var marks = 0
    while index < characters.count {
      if characters[index] == ">" && marks < quotes {
        marks += 1
      } else if characters[index] != " " && characters[index] != "\t" {
        break
      }
      index += 1
    }
    for index in index..<characters.count {
      append(CommonMarkTree.shown(characters[index]), line: line, column: index + 1)
    }
  }

  /// The lines of a leaf block, each without what its containers put before it.
  static func lines(of node: CommonMarkNode, in source: SourceText, quotes: Int) -> [PlacedText] {
    // A heading that is underlined may count its underline or not: it holds no text either way.
    (node.line...max(node.line, node.lastLine)).map { line in
      PlacedText(
        source, line: line, fromColumn: line == node.line ? node.column : 1,
        quotes: line == node.line ? 0 : quotes)
    }
  }

  /// Lines joined by line feeds.
  init(joining parts: [PlacedText]) {
    for (index, part) in parts.enumerated() {
      if index > 0 {
        let end = parts[index - 1].position(parts[index - 1].scalars.count)
        append("\n", line: end.line, column: end.column)
      }
      append(part)
    }
  }
}
