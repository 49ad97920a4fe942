/// The record a report's page is printed from; the same for both formats.
struct PageRecords {
  let report: Report
  let outline: ReportOutline

  /// - Parameter body: the prose with its blocks, in the format's own markup.
  func page(body: String, style: String) -> [String: TemplateValue] {
    head.merging(appendix) { first, _ in first }.merging(
      [
        "body": .markup(body), "style": .markup(style), "hasContents": .flag(!outline.headings.isEmpty),
        "contents": contents,
      ]) { first, _ in first }
  }

  private var head: [String: TemplateValue] {
    let claims = outline.blocks.compactMap { block -> TemplateValue? in
      guard case .claim(let view)? = report.blocks[block.study.name] else { return nil }
      let record = BlockRecords.claim(view, at: block, profile: report.profile)
      return .record(record.filter { Self.inSummary.contains($0.key) })
    }
    return [
      "title": .text(report.title), "paper": .text(report.paper), "study": .code(report.studyPath),
      "profile": .text(report.profile), "isFinal": .flag(report.isFinal),
      "hasWarnings": .flag(!report.warnings.isEmpty), "warnings": .texts(report.warnings),
      "hasClaims": .flag(!claims.isEmpty), "claims": .list(claims),
    ]
  }

  private static let inSummary: Set<String> = [
    "anchor", "label", "title", "symbol", "verdict", "verdictClass", "isProvisional", "hasMarks", "marks",
  ]

  private var contents: TemplateValue {
    let plain = PlainText(values: report.values)
    let top = outline.headings.map(\.level).min() ?? 1
    return .list(
      outline.headings.filter { $0.level < top + 2 }.map { heading in
        .record([
          "anchor": .markup(heading.anchor), "label": .text(plain.text(heading.inlines)),
          "level": .text("\(heading.level - top + 1)"),
        ])
      })
  }

  private var appendix: [String: TemplateValue] {
    [
      "appendixAnchor": .markup(outline.appendixAnchor), "valuesAnchor": .markup(outline.valuesAnchor),
      "ledgerAnchor": .markup(outline.ledgerAnchor), "provenanceAnchor": .markup(outline.provenanceAnchor),
      "panels": .list(zip(report.protocols, outline.panelAnchors).map(panel)),
      "ledger": .record([
        "summary": .text(report.ledger.summary), "looks": optionalTable(report.ledger.looks),
        "head": .text(report.ledger.head ?? ""),
      ]),
      "hasValues": .flag(!outline.values.isEmpty), "values": .list(outline.values.map(value)),
      "hasProvenance": .flag(!report.provenance.isEmpty), "provenance": BlockRecords.facts(report.provenance),
      "digest": .code(report.resultDigest),
    ]
  }

  private func panel(_ panel: ProtocolPanel, anchor: String) -> TemplateValue {
    .record([
      "anchor": .markup(anchor), "name": .text(panel.experiment), "protocol": .text(panel.protocolName),
      "kind": .text(BlockRecords.kindName(isExternal: panel.isExternal)), "isLeaky": .flag(panel.isLeaky),
      "hasFacts": .flag(!panel.facts.isEmpty),
      "facts": BlockRecords.facts(panel.facts),
      "tables": .list(panel.tables.map { optionalTable($0) }),
    ])
  }

  private func optionalTable(_ view: TableView?) -> TemplateValue {
    guard let view else { return .flag(false) }
    return .record([
      "table": .record(TableRecords.grid(view)), "hasNotes": .flag(!view.notes.isEmpty),
      "notes": .texts(view.notes),
    ])
  }

  private func value(_ value: ReportOutline.Value) -> TemplateValue {
    .record([
      "anchor": .markup(value.anchor), "origin": .markup(value.origin),
      "value": .text(value.view?.text ?? "not available"),
      "statement": .code(value.expression.text, inCell: true),
      "evidence": .text(value.view?.evidence), "hasMarks": .flag(!(value.view?.marks ?? []).isEmpty),
      "marks": BlockRecords.marks(value.view?.marks ?? []),
      "hasReadings": .flag(!(value.view?.readings ?? []).isEmpty),
      "readings": .list((value.view?.readings ?? []).map(reading)),
    ])
  }

  private func reading(_ view: ReadingView) -> TemplateValue {
    .record(["summary": .text(view.summary), "listing": optionalTable(view.rows)])
  }
}

extension Report {
  /// Whether verdicts may be taken as final: the whole document ran, and no claim says otherwise.
  var isFinal: Bool {
    profile == "full"
      && !blocks.values.contains { block in
        if case .claim(let view) = block { view.isProvisional } else { false }
      }
  }
}
