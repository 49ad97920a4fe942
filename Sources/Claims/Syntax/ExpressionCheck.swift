import Diagnostics
import Experiments
import Statistics

/// What an expression's node gives: one number, or one number a combination of keys.
enum ValueKind: Equatable {
  case scalar
  case series(keys: [String])
}

extension Expression {
  /// Resolves every name and checks every type against the tables; false where the log got an error.
  package func check(_ scope: ExpressionScope, log: inout DiagnosticLog) -> Bool {
    checkScalar(root, scope, "an expression", &log)
  }
}

extension Proposition {
  /// Resolves every name and checks every type against the tables; false where the log got an error.
  package func check(_ scope: ExpressionScope, log: inout DiagnosticLog) -> Bool {
    let isLeftSound = checkScalar(left, scope, "a side of a proposition", &log)
    return checkScalar(right, scope, "a side of a proposition", &log) && isLeftSound
  }
}

private func checkScalar(
  _ root: ValueNode, _ scope: ExpressionScope, _ what: String, _ log: inout DiagnosticLog
) -> Bool {
  var check = ExpressionCheck(scope: scope)
  let kind = check.kind(of: root)
  if case .series(let keys)? = kind {
    check.problems.error(
      .expressionType, "\(what) must be one number, not one per [\(keys.joined(separator: ", "))]",
      at: root.span,
      fix: "put a function around it, such as 'mean(… per [\(keys.joined(separator: ", "))])'")
  }
  let isSound = !check.problems.hasErrors && kind != nil
  log.merge(check.problems)
  return isSound
}

/// Types an expression from the leaves up; a node that cannot be typed gives nil and has left an error.
struct ExpressionCheck {
  let scope: ExpressionScope
  var problems = DiagnosticLog()

  init(scope: ExpressionScope) {
    self.scope = scope
  }

  mutating func kind(of node: ValueNode) -> ValueKind? {
    switch node {
    case .number: return .scalar
    case .call(let call): return kind(of: call)
    case .arithmetic(let sign, let a, let b, let span):
      let sides = (kind(of: a), kind(of: b))
      guard let left = sides.0, let right = sides.1 else { return nil }
      switch (left, right) {
      case (.scalar, .scalar): return .scalar
      case (.series, .scalar): return left
      case (.scalar, .series): return right
      case (.series(let keys), .series(let others)):
        guard keys.sorted() == others.sorted() else {
          let sets = [keys, others].map { "[\($0.joined(separator: ", "))]" }
          problems.error(
            .expressionType, "'\(sign.rawValue)' cannot match \(sets[0]) with \(sets[1])",
            at: span, note: "both sides need the same 'per' columns")
          return nil
        }
        return left
      }
    }
  }

  private mutating func kind(of call: CallNode) -> ValueKind? {
    guard let function = FunctionRegistry.function(call.function.text) else {
      let names = FunctionRegistry.all.map(\.name)
      problems.error(
        .unknownFunction, "unknown function '\(call.function.text)'", at: call.function.span,
        note: "there is \(names.joined(separator: ", "))",
        fix: nearestName(to: call.function.text, in: names).map { "write '\($0)'" })
      return nil
    }
    guard call.arguments.count == function.arguments.count else {
      problems.error(
        .expressionType,
        "'\(function.name)' takes \(counted(function.arguments.count)), not \(call.arguments.count)",
        at: call.span, note: "it is called as '\(function.usage)'")
      return nil
    }
    for (i, key) in call.keys.enumerated() where call.keys[..<i].contains(where: { $0.text == key.text }) {
      problems.error(.expressionType, "'per' names '\(key.text)' twice", at: key.span)
      return nil
    }
    return function.takesPair ? pair(call, function) : sample(call, function)
  }

  private func counted(_ count: Int) -> String { count == 1 ? "1 argument" : "\(count) arguments" }

  /// A one-sample function: over the rows of a column, or over the values of a series.
  private mutating func sample(_ call: CallNode, _ function: StatisticalFunction) -> ValueKind? {
    let keys = call.keys.map(\.text)
    if function.arguments.count == 2 {
      guard case .value(.number(let q, let span)) = call.arguments[1] else {
        problems.error(
          .expressionType, "the second argument of '\(function.name)' must be a number",
          at: call.arguments[1].span)
        return nil
      }
      guard !function.takesShare || (0...1).contains(q) else {
        problems.error(
          .expressionType, "'\(function.name)' needs a share from 0 to 1, not \(numberLabel(q))", at: span)
        return nil
      }
    }
    switch call.arguments[0] {
    case .column(let reference, let condition):
      guard let schema = resolve(reference, condition, needsNumbers: function.name != "count") else {
        return nil
      }
      for key in call.keys where !check(key, in: schema) { return nil }
      return keys.isEmpty ? .scalar : .series(keys: keys)
    case .value(let value):
      guard let inner = kind(of: value) else { return nil }
      guard case .series(let innerKeys) = inner else {
        problems.error(
          .expressionType, "'\(function.name)' needs a column or a value per key, not one number",
          at: value.span,
          fix: "write '\(function.name)(EXPERIMENT.COLUMN)'")
        return nil
      }
      for key in call.keys where !innerKeys.contains(key.text) {
        problems.error(
          .unknownColumn, "'\(key.text)' is not a key of what is grouped", at: key.span,
          note: "the keys are \(innerKeys.joined(separator: ", "))")
        return nil
      }
      return keys.isEmpty ? .scalar : .series(keys: keys)
    }
  }

  /// A two-sample function: two series of the same keys, or two columns aligned by the call's own `per`.
  private mutating func pair(_ call: CallNode, _ function: StatisticalFunction) -> ValueKind? {
    var sides: [[String]] = []
    for argument in call.arguments {
      switch argument {
      case .column(let reference, let condition):
        guard let schema = resolve(reference, condition, needsNumbers: true) else { continue }
        guard !call.keys.isEmpty else {
          problems.error(
            .expressionType, "'\(function.name)' does not know which rows belong together", at: call.span,
            note: "two samples are aligned on equal keys",
            fix: "add 'per [\(example(schema))]' behind the parentheses")
          return nil
        }
        for key in call.keys where !check(key, in: schema) { return nil }
        sides.append(call.keys.map(\.text))
      case .value(let value):
        guard let inner = kind(of: value) else { continue }
        guard case .series(let keys) = inner else {
          problems.error(
            .expressionType, "'\(function.name)' needs two samples, and this is one number", at: value.span,
            fix: "add 'per [COLUMN]' to say what one pair is")
          return nil
        }
        sides.append(keys)
      }
    }
    guard sides.count == 2 else { return nil }
    let given = call.keys.map(\.text).sorted()
    guard sides[0].sorted() == sides[1].sorted(), given.isEmpty || given == sides[0].sorted() else {
      problems.error(
        .expressionType,
        "'\(function.name)' cannot match [\(sides[0].joined(separator: ", "))] with "
          + "[\((sides[0].sorted() == sides[1].sorted() ? given : sides[1]).joined(separator: ", "))]",
        at: call.span, note: "both samples need the same 'per' columns")
      return nil
    }
    return .scalar
  }

  private func example(_ schema: TableSchema) -> String {
    (schema.columns.first { $0.role == .unit } ?? schema.columns.first { $0.role == .factor })?.name ?? "seed"
  }
}
