import Diagnostics

/// An expression's source text and where it stands in the author's file.
struct ExpressionText {
  let scalars: [Unicode.Scalar]
  let span: SourceSpan
  /// Whether text and file agree scalar by scalar: not so for a YAML scalar with escapes or folded lines.
  private let isVerbatim: Bool

  init(_ text: String, at span: SourceSpan) {
    scalars = Array(text.unicodeScalars)
    self.span = span
    isVerbatim =
      span.start.line == span.end.line && span.end.column - span.start.column == scalars.count
  }

  /// The place of a stretch of the text, or the whole where the two do not run alike.
  func place(_ range: Range<Int>) -> SourceSpan {
    isVerbatim ? span.part(offset: range.lowerBound, length: max(1, range.count)) : span
  }
}
