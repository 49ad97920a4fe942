/// The records templates print study blocks from; the same for both formats.
enum BlockRecords {
  /// What stands before the name of an experiment, or of runs made elsewhere.
  static func kindName(isExternal: Bool) -> String { isExternal ? "Results" : "Experiment" }

  static func experiment(
    _ view: ExperimentView, at block: ReportOutline.Block, panel: String?, isLeaky: Bool
  ) -> [String: TemplateValue] {
    [
      "anchor": .markup(block.anchor), "name": .text(view.name), "protocol": .text(view.protocolName),
      "summary": .text(view.summary), "panel": .markup(panel ?? ""), "isLeaky": .flag(isLeaky),
      "kind": .text(kindName(isExternal: view.isExternal)),
    ]
  }

  static func table(_ view: TableView, at block: ReportOutline.Block) -> [String: TemplateValue] {
    let found = TableGrounds(view, anchor: block.anchor)
    let grounds = found.records
    return [
      "anchor": .markup(block.anchor),
      "table": .record(TableRecords.grid(view, label: block.label, grounds: found)),
      "hasNotes": .flag(!view.notes.isEmpty), "notes": .texts(view.notes),
      "hasGrounds": .flag(!grounds.isEmpty), "grounds": .list(grounds),
    ]
  }

  /// What of a chart's data its description shows.
  enum ChartData {
    case all
    /// Those of a chart above.
    case same(as: ReportOutline.Block)
    /// The page shows them elsewhere.
    case none
  }

  /// - Parameter picture: what shows the chart: the SVG itself, or the path of its file.
  static func chart(
    _ view: ChartView, anchor: String, label: String, picture: String, data: ChartData
  ) -> [String: TemplateValue] {
    var (table, earlier) = (TemplateValue.flag(false), TemplateValue.flag(false))
    switch data {
    case .all: table = .record(["table": .record(TableRecords.grid(view.data))])
    case .same(let block): earlier = .record(["anchor": .markup(block.anchor), "label": .text(block.label)])
    case .none: break
    }
    let hasData = if case .none = data { false } else { true }
    return [
      "anchor": .markup(anchor), "label": .text(label), "caption": .text(view.caption),
      "picture": .markup(picture), "alternative": .text(view.alternative), "data": table,
      "hasData": .flag(hasData), "sameData": earlier,
      "hasNotes": .flag(!view.notes.isEmpty), "notes": .texts(view.notes),
    ]
  }

  static func claim(
    _ view: ClaimView, at block: ReportOutline.Block, profile: String
  ) -> [String: TemplateValue] {
    verdict(view.verdict, isProvisional: view.isProvisional, profile: profile).merging(
      [
        "anchor": .markup(block.anchor), "label": .text(block.label), "title": .text(view.title ?? view.name),
        "statement": .code(view.statement), "sentence": .text(view.sentence),
        "hasFacts": .flag(!view.facts.isEmpty), "facts": facts(view.facts),
        "hasMarks": .flag(!view.marks.isEmpty), "marks": marks(view.marks),
      ]) { first, _ in first }
  }

  static func unavailable(
    name: String, reason: String, at block: ReportOutline.Block
  ) -> [String: TemplateValue] {
    [
      "anchor": .markup(block.anchor), "kind": .text(block.study.kind.rawValue), "label": .text(block.label),
      "name": .text(name), "reason": .text(reason),
    ]
  }

  /// Symbol, word and class of a verdict: colour never stands alone, and what is provisional says so.
  static func verdict(
    _ verdict: ClaimView.Verdict, isProvisional: Bool, profile: String
  ) -> [String: TemplateValue] {
    let look: (symbol: String, name: String) =
      switch verdict {
      case .supported: ("✓", "supported")
      case .refuted: ("✗", "refuted")
      case .inconclusive: ("?", "inconclusive")
      case .notEvaluated: ("○", "unevaluated")
      }
    let soFar = isProvisional && verdict != .notEvaluated
    let word = soFar ? "\(verdict.rawValue) so far (\(profile) profile)" : verdict.rawValue
    return [
      "symbol": .text(look.symbol), "verdict": .text(word), "verdictClass": .text(look.name),
      "isProvisional": .flag(soFar),
    ]
  }

  static func facts(_ facts: [Fact]) -> TemplateValue {
    .list(facts.map { .record(["name": .text($0.name), "value": .text($0.value)]) })
  }

  static func marks(_ marks: [String]) -> TemplateValue {
    .list(marks.map { .record(["mark": .text($0), "isLeaky": .flag(markClass($0) != "mark")]) })
  }
}
