import Reports
import Testing

@Suite struct IndexTests {
  private let entries = [
    IndexEntry(
      theme: "tuning", title: "First", paper: "A & B", href: "tuning/first.html",
      verdicts: [("grows", .supported), ("falls", .refuted)], warnings: [], trials: "7,200 trials"),
    IndexEntry(
      theme: "calibration", title: "Second", paper: nil, href: "calibration/second.html", verdicts: [],
      warnings: ["2 trials failed"], trials: ""),
    IndexEntry(
      theme: "tuning", title: "Third", paper: nil, href: "tuning/third.html",
      verdicts: [("holds", .inconclusive)],
      warnings: [], trials: "12 trials", profile: "quick"),
  ]

  @Test func markdownIndexIsGroupedByTheme() throws {
    let expected = """
      # Studies

      3 studies, 3 claims: 1 supported, 1 refuted, 1 inconclusive; 1 not final

      ## tuning

      ### [First](tuning/first.md)

      Tests A & B

      | Claim | Verdict |
      | --- | --- |
      | grows | ✓ supported |
      | falls | ✗ refuted |

      7,200 trials

      ### [Third](tuning/third.md)

      | Claim | Verdict |
      | --- | --- |
      | holds | ? inconclusive so far (quick profile) |

      12 trials

      ## calibration

      ### [Second](calibration/second.md)

      - ⚠ 2 trials failed


      """
    #expect(try TestTemplates.renderer().indexMarkdown(entries) == expected)
  }

  @Test func htmlIndexLinksReports() throws {
    let renderer = try TestTemplates.renderer()
    let html = renderer.index(entries)
    let page = try Page(html)
    #expect(
      page.values(of: "href")
        == ["data:,", "#main.", "tuning/first.html", "tuning/third.html", "calibration/second.html"])
    #expect(page.elements("script").isEmpty)
    #expect(page.elements("h2").compactMap(\.stringValue) == ["tuning", "calibration"])
    #expect(html.contains("inconclusive so far (quick profile)"))
    #expect(renderer.index(entries) == html)
    #expect(renderer.index([]).contains("0 studies"))
  }
}
