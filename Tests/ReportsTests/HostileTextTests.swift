import Diagnostics
import Foundation
import Markup
import Reports
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Text that would run, load or break something if any place forgot to escape it.
@Suite struct HostileTextTests {
  static let attacks = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onfocus=alert(1) autofocus='",
    "\"\u{301} onmouseover=alert(1) x=\"\u{301}", "\u{600}<script>alert(1)</script>",
    "</style></title></svg>",
    "{{title}} {{{body}}} {{> page}}", "]](javascript:alert(1)) [x](javascript:alert(1))",
    "a | b\n| --- |\n\n# heading\n```", "`code` `` more", "\u{0}\u{8}\u{202E}gpj.exe", "&lt;b&gt; &amp;",
    "-->]]><![CDATA[", "a\r\nb",
  ]

  @Test(arguments: attacks)
  func everyFieldIsHarmless(_ attack: String) throws {
    let renderer = try TestTemplates.renderer()
    let calm = try Page(renderer.html(Self.report("calm")))
    let html = renderer.html(Self.report(attack))
    let page = try Page(html)
    #expect(page.elements.map(\.name) == calm.elements.map(\.name))
    #expect(page.elements.map(Self.attributes) == calm.elements.map(Self.attributes))
    #expect(!html.contains("\u{202E}") && !html.contains("\u{0}"))
  }

  @Test(arguments: attacks)
  func markdownKeepsItsShape(_ attack: String) throws {
    let renderer = try TestTemplates.renderer()
    let calm = Self.shape(renderer.markdown(Self.report("calm"), svgFolder: "pictures").text)
    let text = renderer.markdown(Self.report(attack), svgFolder: "pictures").text
    #expect(Self.shape(text) == calm)
    #expect(Self.bareTags(text) == [])
  }

  @Test(arguments: attacks)
  func indexIsHarmless(_ attack: String) throws {
    let renderer = try TestTemplates.renderer()
    func entries(_ text: String) -> [IndexEntry] {
      [
        IndexEntry(
          theme: text, title: text, paper: text, href: text,
          claims: [
            IndexEntry.Claim(
              title: text, verdict: .supported, anchor: text, estimate: text, interval: text, claimed: text)
          ], warnings: [text], trials: text)
      ]
    }
    let (claims, calmClaims) = (
      try Page(renderer.claims(entries(attack), charts: [:])),
      try Page(renderer.claims(entries("calm"), charts: [:]))
    )
    #expect(claims.elements.map(\.name) == calmClaims.elements.map(\.name))
    #expect(claims.values(of: "href").allSatisfy { !$0.hasPrefix("javascript") })
    let page = try Page(renderer.index(entries(attack)))
    let calm = try Page(renderer.index(entries("calm")))
    #expect(page.elements.map(\.name) == calm.elements.map(\.name))
    #expect(page.values(of: "href").allSatisfy { !$0.hasPrefix("javascript") })
    let markdown = renderer.indexMarkdown(entries(attack))
    #expect(Self.shape(markdown) == Self.shape(renderer.indexMarkdown(entries("calm"))))
  }

  @Test(arguments: [
    ("<javascript:alert(1)>", "&lt;javascript:alert(1)>"), ("[x](javascript:alert(1))", "[x](#(1))"),
    ("[x](<javascript:alert(1)>)", "[x](#)"), ("[x](\njavascript:a)", "[x](\n#)"),
    ("[x](data:text/html;base64,AA \"t\")", "[x](# \"t\")"), ("[x](&#106;avascript:a)", "[x](#)"),
    ("[x](java\\script&colon;a)", "[x](#)"), ("[x]\n\n[x]: javascript:a", "[x]\n\n[x]: #"),
    ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"), ("<IMG SRC=x>", "&lt;IMG SRC=x>"),
    ("<!-- x -->", "&lt;!-- x -->"), ("a <b\nonclick=x>", "a &lt;b\nonclick=x>"),
    ("\\`<b>`", "\\`&lt;b>`"), ("`` <b> `", "`` &lt;b> `"),
    ("```\ncode\n```\n\n<b>code</b>", "```\ncode\n```\n\n&lt;b>code&lt;/b>"),
    ("[1]: see below: here", "[1]: see below: here"),
    ("a[^n]\n\n[^n]: note: see", "a[^n]\n\n[^n]: note: see"),
    ("a[^n]\n\n[^n]: javascript:a", "a[^n]\n\n[^n]: #"),
    ("a[^n]\n\n[^n]: javascript:a 't'", "a[^n]\n\n[^n]: # 't'"),
    ("[x](a.md#b:c) <https://e.org/a>", "[x](a.md#b:c) <https://e.org/a>"),
  ])
  func proseOfATwinCannotRun(_ prose: String, _ expected: String) throws {
    var report = SampleReport.make()
    report.document = SampleReport.read("Calm text.\n\n\(prose)\n")
    let text = try TestTemplates.renderer().markdown(report, svgFolder: "").text
    let start = try #require(text.range(of: "Calm text.\n\n")).upperBound
    let end = try #require(text.range(of: "\n\n---\n")).lowerBound
    #expect(text[start..<end] == expected)
  }

  @Test func longHostileProseIsReadInTime() throws {
    var report = SampleReport.make()
    let pieces = ["<a", "](", "`` ` ", "](<", "\\", "[x]: ", "<https://"].map {
      String(repeating: $0, count: 20_000)
    }
    let source = SourceText(path: "long.md", text: pieces.joined(separator: "\n"))
    report.document = MarkdownDocument(source: source, frontMatter: nil, blocks: [])
    let start = ContinuousClock.now
    _ = try TestTemplates.renderer().markdown(report, svgFolder: "")
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  /// The report with one text in every field that may hold any.
  private static func report(_ text: String) -> Report {
    let cell = TableView.Cell(text: text, interval: text, evidence: text, isNumeric: true)
    let table = TableView(
      name: text, caption: text, headers: [text, text], rowHeaderCount: 1, rows: [[cell, cell]], notes: [text]
    )
    let claim = ClaimView(
      name: "flattered", verdict: .supported, isProvisional: true, title: text, statement: text,
      sentence: text,
      facts: [Fact(text, text)], marks: [text])
    let chart = ChartView(
      name: text, caption: text, svg: "<svg/>", alternative: text, data: table, notes: [text])
    var report = SampleReport.make()
    report.title = text
    report.paper = text
    report.studyPath = text
    report.profile = text
    report.warnings = [text]
    report.blocks = [
      "honest": .experiment(ExperimentView(name: "honest", protocolName: text, summary: text)),
      "conventional": .unavailable(name: text, reason: text), "flattery": .table(table),
      "by-trials": .chart(chart), "flattered": .claim(claim),
    ]
    report.values = report.values.mapValues { _ in
      ValueView(
        text: text, evidence: text, marks: [text], readings: [ReadingView(summary: text, rows: nil)])
    }
    report.protocols = [
      ProtocolPanel(
        experiment: "honest", protocolName: text, isLeaky: true, facts: [Fact(text, text)], tables: [table])
    ]
    report.ledger = LedgerView(summary: text, looks: table, head: text)
    report.provenance = [Fact(text, text)]
    report.resultDigest = text
    return report
  }

  /// Tags outside code spans and without a backslash that are not the templates' own.
  private static func bareTags(_ markdown: String) -> [String] {
    let scalars = Array(markdown.unicodeScalars)
    var tags: [String] = []
    var position = 0
    while position < scalars.count {
      let run = scalars[position...].prefix { $0 == "`" }.count
      if run > 0 {
        var end = position + run
        while end < scalars.count, scalars[end...].prefix(while: { $0 == "`" }).count != run {
          end += max(1, scalars[end...].prefix { $0 == "`" }.count)
        }
        position = end + run
      } else if scalars[position] == "\\" {
        position += 2
      } else {
        let name = String(String.UnicodeScalarView(scalars[position...].prefix(8)))
        let isOwn = ["<a id", "</a>", "<details", "</detail", "<summary", "</summar"].contains {
          name.hasPrefix($0)
        }
        if scalars[position] == "<", !isOwn { tags.append(name) }
        position += 1
      }
    }
    return tags
  }

  private static func attributes(_ element: XMLElement) -> [String] {
    (element.attributes ?? []).compactMap(\.name)
  }

  /// What a renderer would make of each line, whatever its words are: a table's row, a heading, a fence,
  /// text.
  private static func shape(_ markdown: String) -> [String] {
    markdown.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line.isEmpty { return "" }
      if line.hasPrefix("#") { return String(line.prefix { $0 == "#" }) }
      if line.hasPrefix("```"), !line.drop(while: { $0 == "`" }).contains("`") { return "fence" }
      guard line.hasPrefix("|") else { return "text" }
      var cells = 0
      var isEscaped = false
      for character in line.unicodeScalars {
        if character == "|", !isEscaped { cells += 1 }
        isEscaped = character == "\\" && !isEscaped
      }
      return "row of \(cells)"
    }
  }
}
