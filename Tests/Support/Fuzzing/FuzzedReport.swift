import Charts
import Diagnostics
import Markup
import Reports

/// A report whose every word comes from the document itself.
struct FuzzedReport {
  let report: Report

  /// One with a block of each kind.
  static let sample: Report = {
    var log = DiagnosticLog()
    let text = "---\ntitle: t\n---\n\n`= x`\n\n```claim c\n```\n\n```chart d\n```\n\n```table e\n```\n"
    return FuzzedReport(MarkdownReader.read(SourceText(path: "sample.md", text: text), log: &log)).report
  }()

  init(_ document: MarkdownDocument) {
    let words = document.source.lines.prefix(12).map { String($0.prefix(200)) } + [""]
    func word(_ number: Int) -> String { words[number % words.count] }
    let cells = words.map { TableView.Cell(text: $0, interval: $0, evidence: $0, isNumeric: false) }
    func table(_ name: String) -> TableView {
      TableView(
        name: name, caption: word(1), headers: words, rowHeaderCount: 1, rows: [cells, cells], notes: words)
    }
    var blocks: [String: BlockView] = [:]
    for block in document.studyBlocks {
      switch block.kind {
      case .experiment, .results:
        blocks[block.name] = .experiment(
          ExperimentView(name: block.name, protocolName: word(2), summary: word(3)))
      case .table: blocks[block.name] = .table(table(block.name))
      case .chart:
        let rows = words.enumerated().map {
          ChartRow(x: .category($1), y: .number(Double($0)), series: $1, label: $1)
        }
        let chart = Chart(
          title: word(0), description: word(1), layers: [ChartLayer(.bar, rows), ChartLayer(.text, rows)],
          x: ChartAxis(word(2), .category()), y: ChartAxis(word(3)))
        blocks[block.name] = .chart(
          ChartView(
            name: block.name, caption: word(0), svg: chart.svg(id: block.name), alternative: word(1),
            data: table(block.name), notes: words))
      case .claim:
        blocks[block.name] = .claim(
          ClaimView(
            name: block.name, verdict: .supported, isProvisional: false, title: word(0), statement: word(1),
            sentence: word(2), facts: words.map { Fact($0, $0) }, marks: words))
      }
    }
    var values: [InlineExpression: ValueView] = [:]
    for expression in document.inlineExpressions {
      values[expression] = ValueView(
        text: expression.text, evidence: word(0), marks: [word(1)],
        readings: [ReadingView(summary: word(2), rows: table("rows"))])
    }
    report = Report(
      title: word(0), paper: word(1), studyPath: word(2), profile: "full", warnings: words,
      document: document,
      blocks: blocks, values: values,
      protocols: [
        ProtocolPanel(
          experiment: word(0), protocolName: word(1), isLeaky: true, facts: words.map { Fact($0, $0) },
          tables: [table("tables")])
      ], ledger: LedgerView(summary: word(0), looks: table("looks"), head: word(1)),
      provenance: words.map { Fact($0, $0) }, resultDigest: word(2))
  }
}
