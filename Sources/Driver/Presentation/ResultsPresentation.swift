import Reports
import Studies

/// What the report says of runs made elsewhere.
enum ResultsPresentation {
  static func line(_ results: CheckedResults) -> ExperimentView {
    var parts = ["\(count(results.table.rowCount, "run")) of the file \(results.file)"]
    if results.missing > 0 { parts.append("\(count(results.missing, "measure")) without a value") }
    let absent = ResultsGaps(results).absent.count
    if absent > 0 { parts.append("\(count(absent, "run")) missing") }
    return ExperimentView(
      name: results.name, protocolName: "external", summary: parts.joined(separator: ", "), isExternal: true)
  }

  static func panel(_ results: CheckedResults) -> ProtocolPanel {
    func names(_ wanted: (String) -> Bool) -> String {
      let found = results.schema.columns.map(\.name).filter(wanted)
      return found.isEmpty ? "none" : found.joined(separator: ", ")
    }
    var facts = [
      Fact(
        "Protocol",
        "none: the runs were made elsewhere. What was tuned on what, and how often the evaluation data were opened, "
          + "cannot be known here"),
      Fact("File", "\(results.file), SHA-256 \(results.contentDigest.hex)"),
    ]
    if let source = results.source { facts.append(Fact("Source", source)) }
    facts.append(Fact("Runs", NumberText.count(results.table.rowCount)))
    for column in results.schema.columns where column.role == .factor {
      let levels = column.levels ?? []
      let rest = levels.count - 12
      facts.append(
        Fact(
          "Varied: \(column.name)",
          levels.prefix(12).joined(separator: "; ") + (rest > 0 ? " and \(NumberText.count(rest)) more" : ""))
      )
    }
    let units = results.schema.columns.filter { $0.role == .unit }.map { unit in
      let parents = results.schema.nestedIn[unit.name] ?? []
      return parents.isEmpty ? unit.name : "\(unit.name) within \(parents.joined(separator: ", "))"
    }
    facts.append(Fact("Resampled", units.joined(separator: ", ")))
    facts.append(Fact("Measures", names { results.schema.column($0)?.role == .measure }))
    let gaps = ResultsGaps(results)
    facts.append(Fact("Without a value", ResultsGaps.text(gaps.withoutValue)))
    if !gaps.absent.isEmpty { facts.append(Fact("Missing runs", ResultsGaps.text(gaps.absent))) }
    if !results.unused.isEmpty {
      facts.append(Fact("Columns not used", results.unused.joined(separator: ", ")))
    }
    return ProtocolPanel(
      experiment: results.name, protocolName: "external", isLeaky: false, facts: facts, isExternal: true)
  }
}
