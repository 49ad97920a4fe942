/// The record the index of studies is printed from.
enum IndexRecords {
  static func index(
    _ entries: [IndexEntry], style: String, format: ReportFormat
  ) -> [String: TemplateValue] {
    var order: [String] = []
    var byTheme: [String: [IndexEntry]] = [:]
    for entry in entries {
      if byTheme[entry.theme] == nil { order.append(entry.theme) }
      byTheme[entry.theme, default: []].append(entry)
    }
    var pool = AnchorPool()
    let themes = order.map { theme -> TemplateValue in
      .record([
        "anchor": .markup(pool.anchor(for: theme)), "name": .text(theme),
        "studies": .list(byTheme[theme]!.map { study($0, format: format) }),
      ])
    }
    return [
      "style": .markup(style), "totals": .text(totals(entries)), "themes": .list(themes),
    ]
  }

  private static func study(_ entry: IndexEntry, format: ReportFormat) -> TemplateValue {
    let verdicts = entry.verdicts.map { claim -> TemplateValue in
      var record = BlockRecords.verdict(
        claim.verdict, isProvisional: entry.isProvisional, profile: entry.profile)
      record["name"] = .text(claim.name)
      return .record(record)
    }
    return .record([
      "title": .text(entry.title), "paper": .text(entry.paper), "href": .markup(href(entry.href, format)),
      "hasVerdicts": .flag(!verdicts.isEmpty), "verdicts": .list(verdicts),
      "hasWarnings": .flag(!entry.warnings.isEmpty), "warnings": .texts(entry.warnings),
      "trials": .text(entry.trials),
    ])
  }

  /// The report's path in the format's links; the Markdown index leads to the Markdown reports.
  private static func href(_ path: String, _ format: ReportFormat) -> String {
    switch format {
    case .html: escapedForHTML(markdownDestination(path))
    case .markdown:
      markdownDestination(path.hasSuffix(".html") ? path.dropLast(5) + ".md" : path)
    }
  }

  /// `3 studies, 7 claims: 4 supported, 2 refuted, 1 inconclusive; 1 not final`, where the last counts
  /// studies.
  private static func totals(_ entries: [IndexEntry]) -> String {
    let verdicts = entries.flatMap { $0.verdicts.map(\.verdict) }
    let studies = "\(entries.count) \(entries.count == 1 ? "study" : "studies")"
    guard !verdicts.isEmpty else { return studies }
    let all: [ClaimView.Verdict] = [.supported, .refuted, .inconclusive, .notEvaluated]
    let counts = all.compactMap { kind -> String? in
      let count = verdicts.count { $0 == kind }
      return count == 0 ? nil : "\(count) \(kind.rawValue)"
    }
    let open = entries.count(where: \.isProvisional)
    return "\(studies), \(verdicts.count) \(verdicts.count == 1 ? "claim" : "claims"): "
      + counts.joined(separator: ", ") + (open == 0 ? "" : "; \(open) not final")
  }
}
