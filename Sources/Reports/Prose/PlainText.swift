import Markup

/// Prose without any markup, for outlines and names.
struct PlainText {
  let values: [InlineExpression: ValueView]

  func text(_ inlines: [MarkdownInline]) -> String {
    inlines.map(text).joined()
  }

  private func text(_ inline: MarkdownInline) -> String {
    switch inline {
    case .text(let text), .code(let text): text
    case .softBreak, .lineBreak: " "
    case .value(let expression): values[expression]?.text ?? expression.text
    case .emphasis(let inner), .strong(let inner), .link(_, _, let inner): text(inner)
    case .image(_, _, let alternative): alternative
    case .footnote: ""
    }
  }
}
