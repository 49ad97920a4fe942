import Claims
import Diagnostics
import Markup

/// Reading of claim blocks.
struct ClaimReading {
  let scope: ExpressionScope
  let unit: [String]
  /// By experiment under cross-validation, the size of a score part over that of its training part.
  let testShares: [String: Double]

  static let keys = [
    "title", "that", "all", "any", "unit", "fixed", "test", "censored", "margin", "level", "role", "needs",
    "expect", "pilot",
  ]

  /// - Parameter earlier: the claims above, which `needs` may name.
  func claim(
    _ block: StudyBlock, _ node: YAMLNode, earlier: [Claim], log: inout DiagnosticLog
  ) -> Claim? {
    guard let reader = KeyReader(node, subject: "a claim", known: Self.keys, log: &log) else { return nil }
    let statement = self.statement(reader, &log)
    let level = self.level(reader, &log)
    let test = option(reader, "test", Claim.Test.self, default: .pairedBootstrap, &log)
    let role = option(reader, "role", Claim.Role.self, default: .hypothesis, &log)
    let expect = expectation(reader, &log)
    let margin = self.margin(reader, &log)
    guard let statement else { return nil }
    let tables = statement.propositions.flatMap(\.tables)
    let units =
      columns(reader, "unit", tables, &log)
      ?? unit.filter { name in tables.contains { scope.schema($0)?.column(name) != nil } }
    let fixed = columns(reader, "fixed", tables, &log) ?? []
    let claim = Claim(
      name: block.name, title: reader("title")?.text("title", log: &log)?.text, statement: statement,
      unit: units,
      fixed: fixed, test: test, censored: censored(reader, tables, &log), margin: margin, level: level,
      role: role, needs: needs(reader, earlier, &log), expect: expect,
      testShare: test == .correctedResampled ? testShare(tables) : nil,
      pilot: reader("pilot")?.text("pilot", log: &log)?.text)
    return claim.check(at: block.nameSpan, log: &log) ? claim : nil
  }

  /// That of all experiments whose tables these are; nil where they differ or are not cross-validated.
  private func testShare(_ tables: [String]) -> Double? {
    let shares = tables.map { table in testShares[table.split(separator: ".").first.map(String.init) ?? table]
    }
    guard let first = shares.first, shares.allSatisfy({ $0 == first }) else { return nil }
    return first
  }

  private func statement(_ reader: KeyReader, _ log: inout DiagnosticLog) -> Claim.Statement? {
    let given = ["that", "all", "any"].filter { reader($0) != nil }
    guard given.count == 1, let node = reader(given[0]) else {
      log.error(
        .missingKey,
        given.isEmpty
          ? "a claim needs 'that', 'all' or 'any'" : "a claim has only one of 'that', 'all', 'any'",
        at: reader.span, fix: given.isEmpty ? "add 'that: mean(honest.accuracy) > 0.9'" : nil)
      return nil
    }
    guard let texts = node.texts(given[0], log: &log) else { return nil }
    guard !texts.isEmpty else {
      log.error(
        .missingKey, "'\(given[0])' holds no proposition", at: node.span,
        fix: "write one, such as 'mean(honest.accuracy) > 0.9'")
      return nil
    }
    let propositions = texts.compactMap { scalar -> Proposition? in
      guard let proposition = Proposition.parse(scalar.text, at: scalar.span, log: &log),
        proposition.check(scope, allowsSeries: given[0] != "that", log: &log)
      else { return nil }
      return proposition
    }
    guard propositions.count == texts.count else { return nil }
    switch given[0] {
    case "all": return .all(propositions)
    case "any": return .any(propositions)
    default:
      guard propositions.count == 1 else {
        log.error(
          .wrongType, "'that' is one proposition", at: node.span, fix: "write 'all:' or 'any:' for a list")
        return nil
      }
      return .that(propositions[0])
    }
  }

  private func level(_ reader: KeyReader, _ log: inout DiagnosticLog) -> Double {
    guard let scalar = reader("level")?.text("level", log: &log) else { return 0.95 }
    if scalar.text.hasSuffix("%"), let percent = ScalarReading.number(String(scalar.text.dropLast())),
      percent >= 50, percent < 100
    {
      return percent / 100
    }
    log.error(
      .outOfRange, "'level' cannot be '\(scalar.text)'", at: scalar.span, note: "it lies in 50% .. 99.9%",
      fix: "write '95%'")
    return 0.95
  }

  private func margin(_ reader: KeyReader, _ log: inout DiagnosticLog) -> Double {
    guard let node = reader("margin") else { return 0 }
    if let value = node.scalar.flatMap({ ScalarReading.number($0.text) }), value >= 0 { return value }
    log.error(.wrongType, "'margin' must be a number from 0, not \(node.kindName)", at: node.span)
    return 0
  }

  private func expectation(_ reader: KeyReader, _ log: inout DiagnosticLog) -> Claim.Verdict? {
    guard let scalar = reader("expect")?.text("expect", log: &log) else { return nil }
    let verdicts: [Claim.Verdict] = [.supported, .refuted, .inconclusive]
    if let verdict = verdicts.first(where: { $0.rawValue == scalar.text }) { return verdict }
    let names = verdicts.map(\.rawValue)
    log.error(
      .outOfRange, "'expect' cannot be '\(scalar.text)'", at: scalar.span,
      note: "it is one of \(names.joined(separator: ", "))",
      fix: nearestName(to: scalar.text, in: names).map { "write '\($0)'" })
    return nil
  }

  private func option<Value: RawRepresentable & CaseIterable>(
    _ reader: KeyReader, _ key: String, _ type: Value.Type, default value: Value, _ log: inout DiagnosticLog
  ) -> Value where Value.RawValue == String {
    guard let scalar = reader(key)?.text(key, log: &log) else { return value }
    if let found = Value(rawValue: scalar.text) { return found }
    let names = type.allCases.map(\.rawValue)
    log.error(
      .outOfRange, "'\(key)' cannot be '\(scalar.text)'", at: scalar.span,
      note: "it is one of \(names.joined(separator: ", "))",
      fix: nearestName(to: scalar.text, in: names).map { "write '\($0)'" })
    return value
  }

  private func columns(
    _ reader: KeyReader, _ key: String, _ tables: [String], _ log: inout DiagnosticLog
  ) -> [String]? {
    guard let node = reader(key), let names = node.texts(key, log: &log) else { return nil }
    if names.isEmpty, key == "unit" {
      log.error(
        .missingKey, "'unit' names no column to resample", at: node.span,
        note: "without resampling there is no verdict", fix: "write 'unit: [seed]'")
    }
    var known: [String] = []
    for column in tables.compactMap(scope.schema).flatMap(\.columns)
    where column.role != .measure && column.role != .cost && !known.contains(column.name) {
      known.append(column.name)
    }
    for name in names where !known.contains(name.text) {
      log.error(
        .unknownColumn, "'\(name.text)' in '\(key)' is not a factor or a unit", at: name.span,
        note: known.isEmpty ? nil : "there is \(known.joined(separator: ", "))",
        fix: nearestName(to: name.text, in: known).map { "write '\($0)'" })
    }
    return names.map(\.text)
  }

  /// The column that tells runs which ended before the event; it is in every table of the claim.
  private func censored(_ reader: KeyReader, _ tables: [String], _ log: inout DiagnosticLog) -> String? {
    guard let scalar = reader("censored")?.text("censored", log: &log) else { return nil }
    for schema in tables.compactMap(scope.schema)
    where !schema.columns.contains(where: { $0.name == scalar.text && $0.isNumeric }) {
      let names = schema.columns.filter(\.isNumeric).map(\.name)
      log.error(
        .unknownColumn, "'\(schema.name)' has no column '\(scalar.text)' of numbers", at: scalar.span,
        note: "'censored' names the column that is 1 where a run ended before the event, and 0 elsewhere",
        fix: nearestName(to: scalar.text, in: names).map { "write '\($0)'" })
      break
    }
    return scalar.text
  }

  private func needs(_ reader: KeyReader, _ earlier: [Claim], _ log: inout DiagnosticLog) -> [String] {
    guard let names = reader("needs")?.texts("needs", log: &log) else { return [] }
    let known = earlier.map(\.name)
    for name in names where !known.contains(name.text) {
      log.error(
        .unknownBlockReference, "there is no claim '\(name.text)' above", at: name.span,
        fix: nearestName(to: name.text, in: known).map { "write '\($0)'" })
    }
    return names.map(\.text)
  }
}
