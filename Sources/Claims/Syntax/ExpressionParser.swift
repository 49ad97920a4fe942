import Diagnostics
import Statistics

/// Recursive descent over the grammar of expressions (the language's page, "Grammar of expressions").
struct ExpressionParser {
  let source: ExpressionText
  let tokens: [Token]
  var position = 0
  private var depth = 0
  private static let maximumDepth = 32

  init(_ source: ExpressionText) throws(Diagnostic) {
    self.source = source
    tokens = try Lexer.tokens(source)
  }

  var current: Token { tokens[position] }

  /// term { (" + " | " - ") term }
  mutating func value() throws(Diagnostic) -> ValueNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw syntax(
        "the expression is nested too deeply", at: current, note: "at most \(Self.maximumDepth) levels")
    }
    var left = try term()
    while let sign = takeOperator(["+", "-"]) {
      left = .arithmetic(sign.operation, left, try term(), sign.span)
    }
    return left
  }

  /// factor { (" * " | " / ") factor }
  private mutating func term() throws(Diagnostic) -> ValueNode {
    var left = try factor()
    while let sign = takeOperator(["*", "/"]) {
      left = .arithmetic(sign.operation, left, try factor(), sign.span)
    }
    return left
  }

  /// NUMBER | call | "(" value ")"
  private mutating func factor() throws(Diagnostic) -> ValueNode {
    let token = current
    switch token.kind {
    case .number(let number):
      position += 1
      return .number(number, place(token))
    case .mark("-"):
      position += 1
      guard case .number(let number) = current.kind else {
        throw syntax(
          "a minus sign stands before a number only", at: token, fix: "write '0 - …' to turn a value's sign")
      }
      position += 1
      return .number(-number, source.place(token.range.lowerBound..<tokens[position - 1].range.upperBound))
    case .mark("("):
      position += 1
      let inner = try value()
      try expect(")", closing: "(", at: token)
      return inner
    case .word(let word):
      if tokens[position + 1].kind == .mark("(") { return .call(try call(word)) }
      throw bareWord(word, token)
    case .quoted, .mark, .end:
      throw syntax("expected a value, found \(found(token))", at: token)
    }
  }

  /// What to say of a word where a value must stand.
  private func bareWord(_ word: String, _ token: Token) -> Diagnostic {
    if word.contains("."), !startsWithDigit(word) {
      return syntax(
        "'\(word)' is a column, not a value", at: token,
        note: "a column has many rows; a function makes one value of them",
        fix: "write 'mean(\(word))'")
    }
    if startsWithDigit(word) {
      return syntax(
        "'\(word)' is not a number", at: token, note: "minus between two values needs a space on both sides")
    }
    if FunctionRegistry.function(word) == nil {
      return syntax(
        "'\(word)' is not a value", at: token, fix: "write a call such as 'mean(EXPERIMENT.\(word))'")
    }
    return syntax("'\(word)' needs its argument in parentheses", at: token, fix: "write '\(word)(…)'")
  }

  /// FUNCTION "(" argument { "," argument } ")" [ "per" "[" COLUMN { "," COLUMN } "]" ]
  private mutating func call(_ function: String) throws(Diagnostic) -> CallNode {
    let name = current
    let open = tokens[position + 1]
    position += 2
    var arguments = [try argument()]
    while take(",") { arguments.append(try argument()) }
    try expect(")", closing: "(", at: open)
    let span = source.place(name.range.lowerBound..<tokens[position - 1].range.upperBound)
    var keys: [Name] = []
    if current.kind == .word("per") {
      position += 1
      let bracket = current
      guard take("[") else {
        throw syntax(
          "expected '[' after 'per', found \(found(bracket))", at: bracket, fix: "write 'per [method]'")
      }
      repeat { keys.append(try columnName(after: "per")) } while take(",")
      try expect("]", closing: "[", at: bracket)
    }
    return CallNode(
      function: Name(text: function, span: place(name)), arguments: arguments, keys: keys, span: span)
  }

  /// column [ "where" predicate ] | value
  private mutating func argument() throws(Diagnostic) -> ArgumentNode {
    guard case .word(let word) = current.kind, tokens[position + 1].kind != .mark("(") else {
      return .value(try value())
    }
    let token = current
    position += 1
    if case .mark(let mark) = current.kind, ["+", "-", "*", "/"].contains(mark) {
      throw syntax(
        "'\(mark)' cannot stand between columns", at: current,
        note: "arithmetic works on values, such as means",
        fix: "write 'mean(…) \(mark) mean(…)'")
    }
    let reference = try column(word, token)
    guard current.kind == .word("where") else { return .column(reference, nil) }
    position += 1
    return .column(reference, try condition())
  }

  /// EXPERIMENT [ "." ("tuning" | "steps" | "items" | "edges" | …) ] "." COLUMN, where COLUMN may itself contain dots.
  private func column(_ word: String, _ token: Token) throws(Diagnostic) -> ColumnReference {
    let steps = word.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard steps.count > 1, !steps.contains("") else {
      throw syntax(
        "'\(word)' does not name an experiment's column", at: token, note: "a column is EXPERIMENT.COLUMN",
        fix: steps.count == 1 ? "write 'EXPERIMENT.\(word)'" : nil)
    }
    let hasTable = steps.count > 2 && ColumnReference.tableNames.contains(steps[1])
    let table = hasTable ? "\(steps[0]).\(steps[1])" : steps[0]
    let column = steps.dropFirst(hasTable ? 2 : 1).joined(separator: ".")
    let start = token.range.lowerBound
    return ColumnReference(
      experiment: Name(text: steps[0], span: source.place(start..<start + steps[0].unicodeScalars.count)),
      table: table,
      column: Name(
        text: column, span: source.place(start + table.unicodeScalars.count + 1..<token.range.upperBound)),
      span: place(token))
  }

  private func startsWithDigit(_ word: String) -> Bool {
    word.unicodeScalars.first.map { $0.value < 0x3A } ?? false
  }
}
