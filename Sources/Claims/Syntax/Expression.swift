import Diagnostics
import Experiments

/// How an inline value is printed.
package enum ExpressionFormat: Hashable, Sendable {
  /// Times 100, with a percent sign.
  case percent
  /// That many significant digits.
  case digits(Int)
  /// The number alone, without interval and n.
  case bare
}

/// A value computed from results, as inline values, tables and charts hold it.
package struct Expression: Sendable {
  /// As the author wrote it, white space made single.
  package let text: String
  package let format: ExpressionFormat?
  let root: ValueNode

  /// The tables it reads, each once, in the order of the text.
  package var tables: [String] { root.tables }

  /// The expression, or nil with one syntax error in the log.
  ///
  /// - Parameter span: where the text stands in the author's file; where the two differ in length (escapes,
  ///   folded lines) diagnostics point at the whole.
  package static func parse(_ text: String, at span: SourceSpan, log: inout DiagnosticLog) -> Expression? {
    do throws(Diagnostic) {
      var parser = try ExpressionParser(ExpressionText(text, at: span))
      let root = try parser.value()
      let format = try parser.format()
      try parser.finish()
      return Expression(text: singleSpaced(text), format: format, root: root)
    } catch {
      log.add(error)
      return nil
    }
  }
}

/// A statement about two values that data can support or refute.
package struct Proposition: Sendable {
  /// As the author wrote it, white space made single.
  package let text: String
  package let relation: Relation
  let left: ValueNode
  let right: ValueNode
  /// The tokens with one space between: equal for propositions that differ in white space only.
  let canonicalText: String

  /// The tables it reads, each once, in the order of the text.
  package var tables: [String] {
    left.tables + right.tables.filter { !left.tables.contains($0) }
  }

  /// The difference of its sides, on which it is tested.
  var difference: ValueNode { .arithmetic(.minus, left, right, left.span) }

  /// The proposition, or nil with one syntax error in the log.
  package static func parse(_ text: String, at span: SourceSpan, log: inout DiagnosticLog) -> Proposition? {
    do throws(Diagnostic) {
      var parser = try ExpressionParser(ExpressionText(text, at: span))
      let left = try parser.value()
      guard case .mark(let mark) = parser.current.kind, let relation = Relation(rawValue: mark) else {
        try parser.refuseFormat()
        if parser.current.kind != .end { try parser.finish() }
        throw parser.syntax(
          "a proposition compares two values", at: parser.current, note: "it needs one of >, >=, <, <=, =",
          fix: "write '… > 0'")
      }
      guard relation != .notEqual else {
        throw parser.syntax(
          "a proposition cannot use '!='", at: parser.current, note: "it needs one of >, >=, <, <=, =",
          fix: "write '=' and expect the verdict refuted")
      }
      parser.position += 1
      let right = try parser.value()
      try parser.refuseFormat()
      if case .mark(let second) = parser.current.kind, Relation(rawValue: second) != nil {
        throw parser.syntax(
          "a proposition has only one comparison", at: parser.current,
          fix: "write two propositions under 'all:'")
      }
      try parser.finish()
      let canonical = parser.tokens.dropLast().map(\.text).joined(separator: " ")
      return Proposition(
        text: singleSpaced(text), relation: relation, left: left, right: right, canonicalText: canonical)
    } catch {
      log.add(error)
      return nil
    }
  }
}

extension ExpressionParser {
  /// [ "as" FORMAT ]
  fileprivate mutating func format() throws(Diagnostic) -> ExpressionFormat? {
    guard current.kind == .word("as") else { return nil }
    position += 1
    let token = current
    position += token.kind == .end ? 0 : 1
    switch token.kind {
    case .word("percent"): return .percent
    case .word("bare"): return .bare
    case .number(let count) where current.kind == .word("digits") || current.kind == .word("digit"):
      guard count == count.rounded(), count >= 1, count <= 12 else {
        throw syntax("cannot print '\(token.text)' digits", at: token, note: "1 to 12 significant digits")
      }
      position += 1
      return .digits(Int(count))
    default:
      let word = token.text
      throw syntax(
        "unknown format \(found(token))", at: token, note: "a format is 'percent', 'bare' or '3 digits'",
        fix: nearestName(to: word, in: ["percent", "bare"]).map { "write 'as \($0)'" })
    }
  }

  fileprivate func refuseFormat() throws(Diagnostic) {
    guard current.kind == .word("as") else { return }
    throw syntax("a proposition has no format", at: current, note: "'as' says how an inline value is printed")
  }
}

extension ValueNode {
  /// The tables read below this node, each once, in the order of the text.
  var tables: [String] {
    var found: [String] = []
    visitColumns { reference, _ in if !found.contains(reference.table) { found.append(reference.table) } }
    return found
  }

  /// Calls `body` with every column reference and its condition, in the order of the text.
  func visitColumns(_ body: (ColumnReference, RowCondition?) -> Void) {
    switch self {
    case .number: break
    case .arithmetic(_, let a, let b, _):
      a.visitColumns(body)
      b.visitColumns(body)
    case .call(let call):
      for argument in call.arguments {
        switch argument {
        case .column(let reference, let condition): body(reference, condition)
        case .value(let value): value.visitColumns(body)
        }
      }
    }
  }
}

/// The words of a text with one space between them.
private func singleSpaced(_ text: String) -> String {
  text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}
