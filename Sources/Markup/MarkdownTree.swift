import Diagnostics

/// A study file as read: front matter, prose and blocks, in our own tree so that every format escapes for
/// itself.
package struct MarkdownDocument: Sendable {
  package let source: SourceText
  /// The YAML between the two `---` lines at the head of the file; nil where there is none.
  package let frontMatter: FencedText?
  package let blocks: [MarkdownBlock]

  package init(source: SourceText, frontMatter: FencedText?, blocks: [MarkdownBlock]) {
    self.source = source
    self.frontMatter = frontMatter
    self.blocks = blocks
  }
}

/// Text taken out of the file (a fence's body, front matter) that knows where each of its lines came from.
package struct FencedText: Sendable {
  /// The lines of the body, without the indentation and quote marks of what they stand in.
  package let lines: [String]
  /// For each line its number in the file and how many scalars stand before it there (negative where a tab of
  /// the file became several spaces).
  package let origins: [(line: Int, offset: Int)]
  package let source: SourceText
  /// The line that opens the fence or front matter: where an empty body is said to be.
  package let openingLine: Int

  package init(
    lines: [String], origins: [(line: Int, offset: Int)], source: SourceText, openingLine: Int = 1
  ) {
    self.lines = lines
    self.origins = origins
    self.source = source
    self.openingLine = openingLine
  }

  package var text: String { lines.map { $0 + "\n" }.joined() }

  /// The place in the file of a body position, both counted from 0 here; past the end it is the end of the
  /// last line.
  package func position(line: Int, column: Int) -> SourcePosition {
    guard !origins.isEmpty else { return SourcePosition(line: openingLine, column: 1) }
    let origin = origins[min(line, origins.count - 1)]
    let within = line < origins.count ? column : lines[origins.count - 1].unicodeScalars.count
    // An indenting tab that a list half consumes becomes more spaces than it had characters.
    return SourcePosition(line: origin.line, column: max(1, origin.offset + within + 1))
  }
}

/// A block of prose, or one of the study's own blocks.
package indirect enum MarkdownBlock: Sendable {
  case heading(level: Int, [MarkdownInline])
  case paragraph([MarkdownInline])
  /// A list; `start` is the first number of an ordered one and nil for bullets. `tight` items hold no
  /// paragraphs' gaps.
  case list(start: Int?, tight: Bool, items: [[MarkdownBlock]])
  case quote([MarkdownBlock])
  /// A fence that is not one of the study's kinds, or indented code.
  case code(language: String, text: String)
  case table(PipeTable)
  case rule
  /// A note that the text refers to by its number; all of them stand at the document's end.
  case footnote(number: Int, [MarkdownInline])
  /// `experiment`, `table`, `chart`, `claim` …: `KIND [NAME]` and a YAML body.
  case study(StudyBlock)
}

/// A pipe table in prose.
package struct PipeTable: Sendable {
  package enum Alignment: String, Sendable { case none, left, center, right }

  package let alignments: [Alignment]
  package let header: [[MarkdownInline]]
  package let rows: [[[MarkdownInline]]]

  package init(alignments: [Alignment], header: [[MarkdownInline]], rows: [[[MarkdownInline]]]) {
    self.alignments = alignments
    self.header = header
    self.rows = rows
  }
}

package indirect enum MarkdownInline: Sendable {
  case text(String)
  case softBreak
  case lineBreak
  case code(String)
  /// A code span that starts with `= `: an expression bound to results.
  case value(InlineExpression)
  case emphasis([MarkdownInline])
  case strong([MarkdownInline])
  case link(destination: String, title: String, [MarkdownInline])
  case image(source: String, title: String, alternative: String)
  /// Refers to a note, for the `occurrence`-th time, from 1.
  case footnote(number: Int, occurrence: Int)
}

/// An inline value as the author wrote it.
package struct InlineExpression: Hashable, Sendable {
  /// The expression without `= `.
  package let text: String
  /// Where the expression's text stands (without the backticks and `= `).
  package let span: SourceSpan
  /// The whole code span, backticks included; identifies the inline value within the document.
  package let codeSpan: SourceSpan

  package init(text: String, span: SourceSpan, codeSpan: SourceSpan) {
    self.text = text
    self.span = span
    self.codeSpan = codeSpan
  }
}

/// A fenced block of one of the study's kinds.
package struct StudyBlock: Sendable {
  package enum Kind: String, CaseIterable, Sendable { case experiment, table, chart, claim, results }

  package let kind: Kind
  package let name: String
  /// Where the name stands, or the kind where there is no name (then `name` is made from its position).
  package let nameSpan: SourceSpan
  package let body: FencedText
  /// First and last line of the fence in the file, fence lines included.
  package let lines: ClosedRange<Int>

  package init(kind: Kind, name: String, nameSpan: SourceSpan, body: FencedText, lines: ClosedRange<Int>) {
    self.kind = kind
    self.name = name
    self.nameSpan = nameSpan
    self.body = body
    self.lines = lines
  }
}
