import Diagnostics
import Experiments
import Markup

/// A `results` block, checked and read: finished runs made elsewhere, as an experiment's tidy table.
package struct CheckedResults: Sendable {
  package let name: String
  package let block: StudyBlock
  /// The file as the study names it, and as it is opened.
  package let file: String
  package let path: String
  /// Where the runs come from, in the author's words.
  package let source: String?
  /// SHA-256 of the file's text and of what the block makes of it.
  package let digest: Digest
  package let contentDigest: Digest
  package let table: ResultTable
  package let schema: TableSchema
  /// The line of the file that each row of the table stands on.
  package let lines: [Int]
  /// Measures without a value, over all rows.
  package let missing: Int
  /// Columns of the file that the block does not name.
  package let unused: [String]
}

/// Reading of results blocks.
struct ResultsReading {
  let studyPath: String
  let resolver: any DataResolver

  static let keys = ["file", "factors", "unit", "nested", "measure", "source"]

  func results(_ block: StudyBlock, _ node: YAMLNode, log: inout DiagnosticLog) -> CheckedResults? {
    guard let reader = KeyReader(node, subject: "results", known: Self.keys, log: &log) else { return nil }
    let file = reader.required("file", example: "runs.csv", log: &log)?.text("file", log: &log)
    let measures = reader.required("measure", example: "[score]", log: &log)
      .flatMap { names($0, "measure", .measure, &log) }
    let factors = reader("factors").map { names($0, "factors", .factor, &log) } ?? []
    let units =
      reader("unit").map { names($0, "unit", .unit, &log) }
      ?? [Declared(name: "seed", column: "seed", role: .unit, span: block.nameSpan, isSilent: true)]
    guard let file, let records = records(file, &log), let measures, let factors, let units,
      let nesting = nesting(reader("nested"), units.map(\.name), &log)
    else { return nil }
    guard let columns = columns(factors + units + measures, in: records, &log),
      let read = ResultsTable(records: records, columns: columns, nesting: nesting).table(
        named: block.name, log: &log)
    else { return nil }
    let used = columns.map(\.place)
    let content = Digest(of: records.source.text)
    let meaning =
      columns.map { "\($0.name) \($0.role.rawValue) \(records.columns[$0.place])" }
      + nesting.sorted { $0.key < $1.key }.map { "\($0) nested in \($1.joined(separator: ", "))" }
    return CheckedResults(
      name: block.name, block: block, file: file.text, path: records.source.path,
      source: reader("source")?.text("source", log: &log)?.text,
      digest: Digest(of: ([content.hex] + meaning).joined(separator: "\n")), contentDigest: content,
      table: read.table, schema: read.schema, lines: read.lines, missing: read.missing,
      unused: records.columns.enumerated().filter { !used.contains($0.offset) }.map(\.element))
  }

  private func records(_ file: YAMLScalar, _ log: inout DiagnosticLog) -> ResultsRecords? {
    guard let path = StudyFolder.resolve(file, beside: studyPath, log: &log) else { return nil }
    let ending = file.text.split(separator: ".").last.map { $0.lowercased() } ?? ""
    guard ["csv", "jsonl", "ndjson"].contains(ending) else {
      log.error(
        .badDataFile, "'\(file.text)' is not a file of results", at: file.span,
        note: "finished runs stand in CSV (.csv) or JSON Lines (.jsonl)",
        fix: "save them as CSV with a header")
      return nil
    }
    guard resolver.hasResults(at: path) else {
      log.error(
        .missingFile, "there is no file '\(path)'", at: file.span,
        fix: "put the file there, or correct the path")
      return nil
    }
    guard let text = resolver.results(at: path, log: &log) else { return nil }
    return ending == "csv" ? CSVRecords.read(text, log: &log) : JSONRecords.read(text, log: &log)
  }

  /// A column as the block names it: what it is called in the study, and in the file.
  private struct Declared {
    let name: String
    let column: String
    let role: TableSchema.Role
    let span: SourceSpan
    /// Whether the block does not name it: the unit where it names none.
    var isSilent = false
  }

  /// `[method, task]`, or `{method: Algorithm}` where the file's name is no word of expressions.
  private func names(
    _ node: YAMLNode, _ key: String, _ role: TableSchema.Role, _ log: inout DiagnosticLog
  ) -> [Declared]? {
    var declared: [Declared] = []
    if case .mapping(let entries, _) = node {
      for entry in entries {
        guard let column = entry.value.text(entry.key.text, log: &log) else { return nil }
        declared.append(Declared(name: entry.key.text, column: column.text, role: role, span: entry.key.span))
      }
    } else {
      guard let scalars = node.texts(key, log: &log) else { return nil }
      declared = scalars.map { Declared(name: $0.text, column: $0.text, role: role, span: $0.span) }
    }
    guard !declared.isEmpty || role == .factor else {
      log.error(
        .missingKey, "'\(key)' names no column", at: node.span,
        fix: role == .unit ? "write 'unit: seed'" : "write 'measure: [score]'")
      return nil
    }
    for column in declared where !Self.isWord(column.name) {
      log.error(
        .badBlockName, "'\(column.name)' cannot name a column in expressions", at: column.span,
        note: "a name is a letter, then letters, digits, '_' and single hyphens",
        fix:
          "give it another: '\(key): {\(isKebabCase(kebabCase(column.name)) ? kebabCase(column.name) : "name"): \"\(column.column)\"}'"
      )
      return nil
    }
    return declared
  }

  /// By unit: those within which its values are its own, as `{seed: fold}` says of seeds that each fold has anew.
  ///
  /// A unit within a nested one lies within the outer one too.
  private func nesting(
    _ node: YAMLNode?, _ units: [String], _ log: inout DiagnosticLog
  ) -> [String: [String]]? {
    guard let node else { return [:] }
    guard case .mapping(let entries, _) = node else {
      log.error(
        .wrongType, "'nested' must be a map, not \(node.kindName)", at: node.span,
        note: "it says within which unit the values of another are its own",
        fix: "write 'nested: {seed: fold}'")
      return nil
    }
    var parents: [String: [String]] = [:]
    for entry in entries {
      guard let names = entry.value.texts(entry.key.text, log: &log) else { return nil }
      let all = [(entry.key.text, entry.key.span)] + names.map { ($0.text, $0.span) }
      for (name, span) in all where !units.contains(name) {
        log.error(
          .unknownColumn, "'\(name)' in 'nested' is not a unit of the block", at: span,
          note: "its units are \(units.joined(separator: ", "))",
          fix: nearestName(to: name, in: units).map { "write '\($0)'" } ?? "name it in 'unit' too")
        return nil
      }
      parents[entry.key.text] = names.map(\.text)
    }
    var closed: [String: [String]] = [:]
    for entry in entries {
      var (found, open) = ([String](), parents[entry.key.text]!)
      while let next = open.popLast() {
        guard !found.contains(next) else { continue }
        found.append(next)
        open += parents[next] ?? []
      }
      guard !found.contains(entry.key.text) else {
        log.error(
          .cyclicReference, "'\(entry.key.text)' is nested in itself", at: entry.key.span,
          note: "of two units one lies within the other, or they are crossed")
        return nil
      }
      closed[entry.key.text] = units.filter(found.contains)
    }
    return closed
  }

  /// The declared columns with their places in the file; nil where one is not there or named twice.
  private func columns(
    _ declared: [Declared], in records: ResultsRecords, _ log: inout DiagnosticLog
  ) -> [ResultsTable.Column]? {
    var columns: [ResultsTable.Column] = []
    var isSound = true
    for (position, entry) in declared.enumerated() {
      if declared[..<position].contains(where: { $0.name == entry.name }) {
        log.error(
          .duplicateName, "the table would have two columns '\(entry.name)'", at: entry.span,
          fix: "choose another name")
        isSound = false
      } else if let place = records.columns.firstIndex(of: entry.column) {
        columns.append(ResultsTable.Column(name: entry.name, role: entry.role, place: place))
      } else {
        log.error(
          .unknownColumn, "'\(records.source.path)' has no column '\(entry.column)'", at: entry.span,
          note: entry.isSilent
            ? "runs are told apart by 'seed' where 'unit' is silent; it has \(records.columns.joined(separator: ", "))"
            : "it has \(records.columns.joined(separator: ", "))",
          fix: nearestName(to: entry.column, in: records.columns).map { "write '\($0)'" }
            ?? (entry.isSilent ? "add 'unit: …' with the column that tells runs of a cell apart" : nil))
        isSound = false
      }
    }
    return isSound ? columns : nil
  }

  private static func isWord(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, first.properties.isAlphabetic, name.last != "-" else {
      return false
    }
    return !name.contains("--")
      && name.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || "0"..."9" ~= $0 || $0 == "_" || $0 == "-"
      }
  }
}
