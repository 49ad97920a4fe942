import Reports
import Testing

@Suite struct IndexTests {
  private let entries = [
    IndexEntry(
      theme: "tuning", title: "First", paper: "A & B", href: "tuning/first.html",
      claims: [
        IndexEntry.Claim(
          title: "grows", verdict: .supported, anchor: "grows", estimate: "0.33 %", interval: "[0.02, 0.64]",
          claimed: "> 0"),
        IndexEntry.Claim(
          title: "falls", verdict: .refuted, anchor: "falls", marks: ["after look 2", "pilot-informed"]),
      ], warnings: [], trials: "7,200 trials",
      cost: IndexEntry.Cost(examples: 12_345_678, operations: 4_560_000_000)),
    IndexEntry(
      theme: "calibration", title: "Second", paper: nil, href: "calibration/second.html", claims: [],
      state: .failed, warnings: ["2 trials failed"], trials: ""),
    IndexEntry(
      theme: "tuning", title: "Third", paper: nil, href: "tuning/third.html",
      claims: [IndexEntry.Claim(title: "holds", verdict: .inconclusive, anchor: "holds")], warnings: [],
      trials: "12 trials", cost: IndexEntry.Cost(examples: 900, operations: 5), profile: "quick"),
    IndexEntry(
      theme: "tuning", title: "studies/tuning/fourth.md", paper: nil, href: "", claims: [], state: .missing,
      warnings: [], trials: ""),
  ]

  @Test func markdownIndexIsGroupedByTheme() throws {
    let expected = """
      # Studies

      4 studies, 3 claims; 1 not final, 1 with failed trials, 1 without a report

      - ✓ supported: 1
      - ✗ refuted: 1
      - ? inconclusive: 1

      All trials together: 12.3 million training examples, 4.56 billion operations

      [All claims of all studies](claims.md)

      ## tuning

      ### [First](tuning/first.md)

      Tests A & B

      | Claim | Verdict |
      | --- | --- |
      | [grows](tuning/first.md#grows) | ✓ supported |
      | [falls](tuning/first.md#falls) | ✗ refuted |

      7,200 trials; 12.3 million training examples, 4.56 billion operations

      ### [Third](tuning/third.md)

      | Claim | Verdict |
      | --- | --- |
      | [holds](tuning/third.md#holds) | ? inconclusive so far (quick profile) |

      12 trials; 900 training examples, 5 operations

      ### studies/tuning/fourth.md (⚠ no report)

      ## calibration

      ### [Second](calibration/second.md) (⚠ failed trials)

      - ⚠ 2 trials failed


      """
    #expect(try TestTemplates.renderer().indexMarkdown(entries) == expected)
  }

  @Test func htmlIndexLinksReportsAndClaims() throws {
    let renderer = try TestTemplates.renderer()
    let html = renderer.index(entries)
    let page = try Page(html)
    #expect(
      page.values(of: "href") == [
        "data:,", "#main.", "claims.html", "#tuning", "#calibration", "tuning/first.html",
        "tuning/first.html#grows", "tuning/first.html#falls", "tuning/third.html", "tuning/third.html#holds",
        "calibration/second.html",
      ])
    #expect(page.elements("script").isEmpty)
    #expect(page.elements("h2").compactMap(\.stringValue) == ["tuning", "calibration"])
    #expect(html.contains("inconclusive so far (quick profile)"))
    #expect(renderer.index(entries) == html)
    #expect(renderer.index([]).contains("0 studies"))
  }

  @Test func allClaimsStandOnOnePageWithTheirEstimates() throws {
    let renderer = try TestTemplates.renderer()
    let chart = SampleReport.chart("tuning", "The claims of tuning")
    let html = renderer.claims(entries, charts: ["tuning": chart])
    let page = try Page(html)
    #expect(
      page.elements("h2").compactMap(\.stringValue) == ["tuning"], "a theme without claims is not shown")
    #expect(page.elements("h3").compactMap(\.stringValue) == ["First", "Third"])
    #expect(try page.text(at: "claims-of-tuning").contains("Figure 1. The claims of tuning"))
    #expect(html.contains("<td>0.33 % <small>[0.02, 0.64]</small></td>"))
    #expect(page.values(of: "href").contains("tuning/first.html#grows"))
    let twin = renderer.claimsMarkdown(entries, charts: ["tuning": chart], svgFolder: "claims")
    #expect(
      twin.text.contains(
        "| [grows](tuning/first.md#grows) | ✓ supported | 0.33 % \\[0.02, 0.64\\] | \\> 0 |"), "\(twin.text)")
    #expect(html.contains("<span class=\"mark\">after look 2</span>"))
    #expect(html.contains("<span class=\"mark\">pilot-informed</span>"))
    #expect(twin.text.contains("| ✗ refuted, after look 2, pilot-informed |"), "\(twin.text)")
    #expect(twin.text.contains("](claims/tuning.svg)"))
    #expect(twin.files.map(\.name) == ["tuning.svg"])
    #expect(renderer.claims([], charts: [:]).contains("No study claims anything."))
  }
}
