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
  ///
  /// - Parameter allowsSeries: whether it may say something of every key of a series, as parts of `all` and `any` do.
  package func check(_ scope: ExpressionScope, allowsSeries: Bool = false, log: inout DiagnosticLog) -> Bool {
    guard allowsSeries else {
      let isLeftSound = checkScalar(left, scope, "a side of a proposition", &log)
      return checkScalar(right, scope, "a side of a proposition", &log) && isLeftSound
    }
    var check = ExpressionCheck(scope: scope)
    let kind = check.kind(of: difference)
    log.merge(check.problems)
    return !check.problems.hasErrors && kind != nil
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
      note: what == "an expression" ? nil : "under 'all' or 'any' it is one proposition a key",
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
      if sign == .over, b.literal == 0 {
        problems.error(.expressionType, "a division by 0 has no value", at: b.span)
        return nil
      }
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
    switch function.computation {
    case .pair: return pair(call, function)
    case .groups: return groups(call, function)
    case .number, .steps: return number(call, function)
    case .moments, .sample: return sample(call, function)
    }
  }

  /// A function of a number, or of each number of a series; it stands around values and groups nothing itself.
  private mutating func number(_ call: CallNode, _ function: StatisticalFunction) -> ValueKind? {
    guard case .value(let value) = call.arguments[0] else {
      problems.error(
        .expressionType, "'\(function.name)' takes a value, not a column", at: call.arguments[0].span,
        note: "a column has many rows; a function makes one value of them, or one a key",
        fix: "write '\(function.name)(mean(\(call.arguments[0].span.text)) per [COLUMN])'")
      return nil
    }
    if let key = call.keys.first {
      problems.error(
        .expressionType, "'\(function.name)' does not group", at: key.span,
        fix: "put 'per' behind the function inside its parentheses")
      return nil
    }
    guard let inner = kind(of: value) else { return nil }
    if case .steps = function.computation, inner == .scalar {
      problems.error(
        .expressionType, "'steps' needs a value per key, not one number", at: value.span,
        fix: "write 'steps(mean(EXPERIMENT.COLUMN) per [COLUMN])'")
      return nil
    }
    return inner
  }

  /// Two columns that are compared within the call's own keys.
  private mutating func groups(_ call: CallNode, _ function: StatisticalFunction) -> ValueKind? {
    var isSound = true
    for argument in call.arguments {
      guard case .column(let reference, let condition) = argument else {
        problems.error(
          .expressionType, "'\(function.name)' compares the rows of two columns, not values",
          at: argument.span,
          fix: "write '\(function.name)(EXPERIMENT.COLUMN where …, EXPERIMENT.COLUMN where …)'")
        isSound = false
        continue
      }
      guard let schema = resolve(reference, condition, function) else {
        isSound = false
        continue
      }
      for key in call.keys where !check(key, in: schema) { isSound = false }
    }
    return isSound ? .scalar : nil
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
      guard function.parameterRange?.contains(q) ?? true else {
        problems.error(
          .expressionType, "'\(function.name)' needs a share from 0 to 1, not \(numberLabel(q))", at: span)
        return nil
      }
    }
    switch call.arguments[0] {
    case .column(let reference, let condition):
      guard let schema = resolve(reference, condition, function) else { return nil }
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
    for (place, argument) in call.arguments.enumerated() {
      let namesGroups = place == 0 && function.labels == .groups
      switch argument {
      case .column(let reference, let condition):
        guard let schema = resolve(reference, condition, function, namesGroups: namesGroups) else { continue }
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
        guard !namesGroups else {
          problems.error(
            .expressionType, "'\(function.name)' groups by its first argument, which must be a column",
            at: value.span, note: "it is called as '\(function.usage)'",
            fix: "write '\(function.name)(EXPERIMENT.FACTOR, …)'")
          return nil
        }
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

  /// Keys of which a table has one row each: its factors that vary, and its units.
  private func example(_ schema: TableSchema) -> String {
    let keys = schema.columns.filter { column in
      column.role == .unit || column.role == .factor && column.levels?.count ?? 2 > 1
    }
    return keys.isEmpty ? "seed" : keys.map(\.name).joined(separator: ", ")
  }
}
