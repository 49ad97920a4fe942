import Diagnostics
import Experiments

extension ExpressionParser {
  /// conjunction { "or" conjunction }; `and` binds before `or`.
  mutating func condition() throws(Diagnostic) -> RowCondition {
    var left = try conjunction()
    while current.kind == .word("or") {
      position += 1
      left = .or(left, try conjunction())
    }
    return left
  }

  private mutating func conjunction() throws(Diagnostic) -> RowCondition {
    var left = RowCondition.clause(try clause())
    while current.kind == .word("and") {
      position += 1
      left = .and(left, .clause(try clause()))
    }
    return left
  }

  /// COLUMN ("=" | "!=" | "<" | "<=" | ">" | ">=") LITERAL | COLUMN "in" "[" LITERAL { "," LITERAL } "]"
  private mutating func clause() throws(Diagnostic) -> ConditionClause {
    let start = current
    let column = try columnName(after: "where")
    var literals: [Literal] = []
    var relation = Relation.equal
    if current.kind == .word("in") {
      position += 1
      let bracket = current
      guard take("[") else {
        throw syntax(
          "expected '[' after 'in', found \(found(bracket))", at: bracket, fix: "write 'in [first, second]'")
      }
      repeat { literals.append(try literal()) } while take(",")
      try expect("]", closing: "[", at: bracket)
    } else {
      guard case .mark(let mark) = current.kind, let found = Relation(rawValue: mark) else {
        throw syntax(
          "expected a comparison after '\(column.text)', found \(found(current))", at: current,
          note: "a condition is COLUMN = VALUE, with =, !=, <, <=, >, >= or in [...]")
      }
      relation = found
      position += 1
      literals = [try literal()]
    }
    let range = start.range.lowerBound..<tokens[position - 1].range.upperBound
    return ConditionClause(column: column, relation: relation, literals: literals, span: source.place(range))
  }

  /// A number, a word, a quoted text, or `column(x)`.
  private mutating func literal() throws(Diagnostic) -> Literal {
    let token = current
    position += 1
    switch token.kind {
    case .number(let number):
      return Literal(text: token.text, number: number, isColumn: false, span: place(token))
    case .mark("-"):
      guard case .number(let number) = current.kind else { break }
      position += 1
      let span = source.place(token.range.lowerBound..<tokens[position - 1].range.upperBound)
      return Literal(text: "-\(tokens[position - 1].text)", number: -number, isColumn: false, span: span)
    case .quoted(let text):
      return Literal(text: text, number: nil, isColumn: false, span: place(token))
    case .word("column") where current.kind == .mark("("):
      let open = current
      position += 1
      let name = try columnName(after: "column(")
      try expect(")", closing: "(", at: open)
      return Literal(text: name.text, number: nil, isColumn: true, span: name.span)
    case .word(let word):
      return Literal(text: word, number: nil, isColumn: false, span: place(token))
    case .mark, .end: break
    }
    throw syntax(
      "expected a literal, found \(found(token))", at: token,
      note: "right of a comparison stands a number, a word or a quoted text")
  }

  /// A bare column name, as conditions and `per` take it.
  mutating func columnName(after what: String) throws(Diagnostic) -> Name {
    let token = current
    guard case .word(let word) = token.kind else {
      throw syntax("expected a column after '\(what)', found \(found(token))", at: token)
    }
    position += 1
    return Name(text: word, span: place(token))
  }
}
