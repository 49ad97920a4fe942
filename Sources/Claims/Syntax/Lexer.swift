import Diagnostics

/// Cuts an expression into tokens.
struct Lexer {
  private let source: ExpressionText
  private var position = 0
  /// Far beyond what a person writes, and few enough for every tree to be walked by recursion.
  private static let maximumTokens = 2_000

  /// The tokens of a text, the end mark last.
  static func tokens(_ source: ExpressionText) throws(Diagnostic) -> [Token] {
    var lexer = Lexer(source: source)
    var tokens: [Token] = []
    while let token = try lexer.next() {
      tokens.append(token)
      guard tokens.count <= maximumTokens else {
        throw Diagnostic(
          .expressionSyntax, "the expression is too long", at: source.span,
          note: "at most \(maximumTokens) words and signs")
      }
    }
    let end = source.scalars.count
    return tokens + [Token(kind: .end, text: "", range: end..<end)]
  }

  private init(source: ExpressionText) {
    self.source = source
  }

  private mutating func next() throws(Diagnostic) -> Token? {
    while let scalar = peek(), scalar.properties.isWhitespace { position += 1 }
    guard let scalar = peek() else { return nil }
    if Self.isWordPart(scalar) { return try word() }
    if scalar == "\"" || scalar == "'" { return try quoted(scalar) }
    return try mark(scalar)
  }

  /// A word or a number: `0.5`, `1e-4`; what only starts like a number (`1-nn`, `0-4`) is a word.
  private mutating func word() throws(Diagnostic) -> Token {
    let start = position
    if let end = numberEnd(), !(end < source.scalars.count && Self.continuesWord(source.scalars[end])) {
      position = end
      let text = text(start..<end)
      guard let value = Double(text), value.isFinite else {
        throw syntax("the number '\(text)' is too large", start..<end)
      }
      return Token(kind: .number(value), text: text, range: start..<end)
    }
    while let scalar = peek(), Self.continuesWord(scalar) { position += 1 }
    while position > start + 1, source.scalars[position - 1] == "-" || source.scalars[position - 1] == "." {
      position -= 1
    }
    let text = text(start..<position)
    return Token(kind: .word(text), text: text, range: start..<position)
  }

  private func numberEnd() -> Int? {
    var end = position
    func digits() -> Bool {
      let from = end
      while end < source.scalars.count, ("0"..."9").contains(source.scalars[end]) { end += 1 }
      return end > from
    }
    guard digits() else { return nil }
    let whole = end
    if end < source.scalars.count, source.scalars[end] == "." {
      end += 1
      if !digits() { return whole }
    }
    let mantissa = end
    if end < source.scalars.count, source.scalars[end] == "e" || source.scalars[end] == "E" {
      end += 1
      if end < source.scalars.count, source.scalars[end] == "-" || source.scalars[end] == "+" { end += 1 }
      if !digits() { return mantissa }
    }
    return end
  }

  private mutating func quoted(_ quote: Unicode.Scalar) throws(Diagnostic) -> Token {
    let start = position
    position += 1
    while let scalar = peek(), scalar != quote { position += 1 }
    guard peek() != nil else {
      throw syntax("the quote is not closed", start..<position, fix: "add a second '\(quote)'")
    }
    position += 1
    return Token(
      kind: .quoted(text(start + 1..<position - 1)), text: text(start..<position), range: start..<position)
  }

  private mutating func mark(_ scalar: Unicode.Scalar) throws(Diagnostic) -> Token {
    let start = position
    position += 1
    let isFirstOfTwo = scalar == "!" || scalar == "<" || scalar == ">"
    if isFirstOfTwo, peek() == "=" { position += 1 }
    let text = text(start..<position)
    guard ["+", "-", "*", "/", "(", ")", "[", "]", ",", "=", "!=", "<", "<=", ">", ">="].contains(text) else {
      let meant = [
        "−": "-", "–": "-", "×": "*", "·": "*", "≤": "<=", "≥": ">=", "≠": "!=", "“": "\"", "”": "\"",
      ]
      throw syntax("unexpected '\(text)'", start..<position, fix: meant[text].map { "write '\($0)'" })
    }
    return Token(kind: .mark(text), text: text, range: start..<position)
  }

  private func peek() -> Unicode.Scalar? {
    position < source.scalars.count ? source.scalars[position] : nil
  }

  private func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: source.scalars[range])
    return String(view)
  }

  private func syntax(_ message: String, _ range: Range<Int>, fix: String? = nil) -> Diagnostic {
    Diagnostic(.expressionSyntax, message, at: source.place(range), fix: fix)
  }

  private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_"
  }

  private static func continuesWord(_ scalar: Unicode.Scalar) -> Bool {
    isWordPart(scalar) || scalar == "-" || scalar == "."
  }
}
