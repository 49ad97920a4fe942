/// The records the index of studies and the page of all claims are printed from.
struct IndexRecords {
  let entries: [IndexEntry]
  let format: ReportFormat
  /// Each theme with its studies, in the order given.
  private let themes: [(name: String, entries: [IndexEntry])]

  init(_ entries: [IndexEntry], format: ReportFormat) {
    self.entries = entries
    self.format = format
    var places: [String: Int] = [:]
    var themes: [(name: String, entries: [IndexEntry])] = []
    for entry in entries {
      let place = places[entry.theme] ?? themes.count
      if place == themes.count {
        places[entry.theme] = place
        themes.append((entry.theme, []))
      }
      themes[place].entries.append(entry)
    }
    self.themes = themes
  }

  func index(style: String) -> [String: TemplateValue] {
    var pool = AnchorPool()
    return head(style: style).merging(
      [
        "cost": .text(entries.map(\.cost).reduce(IndexEntry.Cost(), +).text),
        "themes": .list(themes.map { .record(theme(&pool, $0.name, $0.entries.map(study))) }),
      ]) { first, _ in first }
  }

  /// - Parameters:
  ///   - charts: a forest plot for each theme that has one.
  ///   - picture: what shows a theme's chart: the SVG itself, or the path of its file.
  func claims(
    style: String, charts: [String: ChartView], picture: (String, ChartView) -> String
  ) -> [String: TemplateValue] {
    var pool = AnchorPool()
    var figures = 0
    let shown = themes.filter { $0.entries.contains { !$0.claims.isEmpty } }
    let list = shown.map { name, entries -> TemplateValue in
      var fields = theme(&pool, name, entries.filter { !$0.claims.isEmpty }.map(study))
      if let chart = charts[name] {
        figures += 1
        let anchor = pool.anchor(for: "claims of " + name)
        fields["chart"] = .record(
          BlockRecords.chart(
            chart, anchor: anchor, label: "Figure \(figures)", picture: picture(name, chart), data: .none))
      } else {
        fields["chart"] = .flag(false)
      }
      return .record(fields)
    }
    return head(style: style).merging(["themes": .list(list)]) { first, _ in first }
  }

  private func head(style: String) -> [String: TemplateValue] {
    let claims = entries.flatMap(\.claims)
    return [
      "style": .markup(style), "totals": .text(totals), "hasVerdicts": .flag(!claims.isEmpty),
      "tally": .list(tally(entries)), "indexPage": .markup(href("index.html")),
      "claimsPage": .markup(href("claims.html")),
    ]
  }

  private func theme(
    _ pool: inout AnchorPool, _ name: String, _ studies: [TemplateValue]
  ) -> [String: TemplateValue] {
    ["anchor": .markup(pool.anchor(for: name)), "name": .text(name), "studies": .list(studies)]
  }

  private func study(_ entry: IndexEntry) -> TemplateValue {
    let verdicts = entry.claims.map { claim -> TemplateValue in
      var record = BlockRecords.verdict(
        claim.verdict, isProvisional: entry.isProvisional, profile: entry.profile)
      record["name"] = .text(claim.title)
      record["href"] = .markup(href(entry.href, place: claim.anchor))
      record["value"] = .text(claim.estimate)
      record["interval"] = .text(claim.interval)
      record["claimed"] = .text(claim.claimed)
      record["marks"] = BlockRecords.marks(claim.marks)
      return .record(record)
    }
    let state: String? =
      switch entry.state {
      case .complete: nil
      case .incomplete: "incomplete"
      case .failed: "failed trials"
      case .stale: "stale"
      case .missing: "no report"
      }
    return .record([
      "title": .text(entry.title), "paper": .text(entry.paper),
      "href": .markup(entry.href.isEmpty ? "" : href(entry.href)), "state": .text(state),
      "hasVerdicts": .flag(!verdicts.isEmpty), "verdicts": .list(verdicts), "tally": .list(tally([entry])),
      "hasWarnings": .flag(!entry.warnings.isEmpty), "warnings": .texts(entry.warnings),
      "trials": .text([entry.trials, entry.cost.text].filter { !$0.isEmpty }.joined(separator: "; ")),
    ])
  }

  /// How many claims there are of each verdict.
  private func tally(_ entries: [IndexEntry]) -> [TemplateValue] {
    let verdicts = entries.flatMap { $0.claims.map(\.verdict) }
    return ClaimView.Verdict.allCases.compactMap { kind in
      let count = verdicts.count { $0 == kind }
      guard count > 0 else { return nil }
      var record = BlockRecords.verdict(kind, isProvisional: false, profile: "full")
      record["count"] = .text("\(count)")
      return .record(record)
    }
  }

  /// The report's path in the format's links; Markdown leads to Markdown.
  private func href(_ path: String, place: String = "") -> String {
    let page = format == .markdown && path.hasSuffix(".html") ? path.dropLast(5) + ".md" : path
    return format.escapedDestination(page + (place.isEmpty ? "" : "#" + place))
  }

  /// `3 studies, 7 claims; 1 study is not final, 1 is stale`.
  private var totals: String {
    func count(_ number: Int, _ one: String, _ many: String) -> String {
      "\(number) \(number == 1 ? one : many)"
    }
    var parts = [count(entries.count, "study", "studies")]
    let claims = entries.reduce(0) { $0 + $1.claims.count }
    if claims > 0 { parts.append(count(claims, "claim", "claims")) }
    let open: [(String, Int)] = [
      ("not final", entries.count(where: \.isProvisional)),
      ("incomplete", entries.count { $0.state == .incomplete }),
      ("with failed trials", entries.count { $0.state == .failed }),
      ("stale", entries.count { $0.state == .stale }),
      ("without a report", entries.count { $0.state == .missing }),
    ].filter { $0.1 > 0 }
    let rest = open.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
    return parts.joined(separator: ", ") + (rest.isEmpty ? "" : "; " + rest)
  }
}
