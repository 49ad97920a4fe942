import Diagnostics

extension ExpressionParser {
  /// Steps over a mark if it comes next.
  mutating func take(_ mark: String) -> Bool {
    guard current.kind == .mark(mark) else { return false }
    position += 1
    return true
  }

  mutating func takeOperator(_ marks: [String]) -> (operation: ArithmeticOperator, span: SourceSpan)? {
    guard case .mark(let mark) = current.kind, marks.contains(mark),
      let operation = ArithmeticOperator(rawValue: mark)
    else { return nil }
    defer { position += 1 }
    return (operation, place(current))
  }

  mutating func expect(_ mark: String, closing open: String, at opening: Token) throws(Diagnostic) {
    let token = current
    if take(mark) { return }
    if token.kind == .end {
      throw syntax("'\(open)' is not closed", at: opening, fix: "add '\(mark)'")
    }
    let note = token.kind == .word("where") ? "a condition stands directly behind its column" : nil
    throw syntax("expected '\(mark)', found \(found(token))", at: token, note: note)
  }

  /// Everything must have been read.
  func finish() throws(Diagnostic) {
    guard current.kind != .end else { return }
    switch current.kind {
    case .word("where"):
      throw syntax(
        "'where' stands inside the parentheses", at: current, fix: "write 'mean(EXPERIMENT.COLUMN where …)'")
    case .number:
      throw syntax(
        "expected an operator, found \(found(current))", at: current,
        note: "operators need a space on both sides")
    default: throw syntax("unexpected \(found(current)) after the expression", at: current)
    }
  }

  func place(_ token: Token) -> SourceSpan { source.place(token.range) }

  func found(_ token: Token) -> String { token.kind == .end ? "the end" : "'\(token.text)'" }

  func syntax(_ message: String, at token: Token, note: String? = nil, fix: String? = nil) -> Diagnostic {
    Diagnostic(.expressionSyntax, message, at: place(token), note: note, fix: fix)
  }
}
