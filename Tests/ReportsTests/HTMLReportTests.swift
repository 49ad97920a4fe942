import Foundation
import Reports
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct HTMLReportTests {
  let renderer: ReportRenderer
  let html: String
  let page: Page

  init() throws {
    renderer = try TestTemplates.renderer()
    html = renderer.html(SampleReport.make())
    page = try Page(html)
  }

  @Test func pageIsSelfContained() throws {
    #expect(page.elements("script").isEmpty)
    #expect(!html.contains("@import") && !html.contains("url("))
    #expect(page.values(of: "src").allSatisfy { $0.hasPrefix("data:") })
    #expect(page.elements("link").compactMap { $0.attribute(forName: "href")?.stringValue } == ["data:,"])
    #expect(
      page.values(of: "content").contains {
        $0.hasPrefix("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
      })
    #expect(page.elements.allSatisfy { ($0.attributes ?? []).allSatisfy { !$0.name!.hasPrefix("on") } })
  }

  @Test func idsAreUniqueAndLinksLeadSomewhere() {
    let ids = page.values(of: "id")
    #expect(Set(ids).count == ids.count)
    let fragments = page.values(of: "href").filter { $0.hasPrefix("#") }.map { String($0.dropFirst()) }
    #expect(fragments.count > 20)
    #expect(fragments.filter { !ids.contains($0) } == [])
  }

  @Test func tablesSayWhatTheirHeadersAreFor() {
    let headers = page.elements("th")
    #expect(headers.count > 40)
    #expect(headers.allSatisfy { ["col", "row"].contains($0.attribute(forName: "scope")?.stringValue) })
    for region in page.elements where region.attribute(forName: "class")?.stringValue == "scroll" {
      #expect(region.attribute(forName: "role")?.stringValue == "group")
      #expect(region.attribute(forName: "tabindex")?.stringValue == "0")
      #expect(region.attribute(forName: "aria-label")?.stringValue?.isEmpty == false)
    }
  }

  @Test func titleIsTheOnlyTopHeading() {
    #expect(page.elements("h1").map(\.stringValue) == ["Does tuning where you evaluate flatter a learner?"])
    #expect(page.elements("h2").first?.stringValue == "Claim")
  }

  @Test func blocksAreNumberedByKind() throws {
    #expect(try page.text(at: "flattery").hasPrefix("Table 1. Mean accuracy on the evaluation rows"))
    #expect(try page.text(at: "by-trials").contains("Figure 1. Flattery against the number of"))
    #expect(try page.text(at: "by-size").contains("Figure 2. Flattery by the share"))
    #expect(
      try page.text(at: "grows-with-trials").hasPrefix(
        "✗ refuted Claim 2. The flattery grows with the number of configurations tried It does not grow"))
  }

  @Test func experimentIsOneLineWithTheWayToItsPanel() throws {
    #expect(
      try page.text(at: "honest")
        == "Experiment honest tuning-evaluation 14,400 evaluation trials and 92,160 tuning trials; 3 diverged. "
        + "How it was measured")
    #expect(html.contains("<a href=\"#protocol-honest\">How it was measured</a>"))
    #expect(try page.text(at: "conventional").contains("⚠ leaky: conventional"))
    #expect(
      try page.text(at: "protocol-conventional") == "Experiment conventional conventional ⚠ leaky on purpose")
  }

  @Test func valuesShowWhatTheyRestOn() throws {
    let expected =
      "<a id=\"at-value-2\" class=\"value\" title=\"largest of 24 means, each over n = 150\" href=\"#value-2\">"
      + "4.10 %</a> <span class=\"mark leaky\">leaky</span>"
    #expect(html.contains(expected))
    #expect(
      try page.text(at: "value-2").hasPrefix(
        "4.10 % leaky max(conventional.optimism) as percentlargest of 24 means, each over n = 150The rows behind it"
      ))
    #expect(
      html.contains(
        "<a class=\"value\" tabindex=\"-1\" href=\"#flattery.1\" title=\"n = 150, 5 folds × 3 searches × 10 seeds\">"
          + "0.903</a>"))
    #expect(try page.text(at: "flattery.1").hasPrefix("n = 150, 5 folds × 3 searches × 10 seeds"))
  }

  @Test func quickVerdictsAreNeverFinal() throws {
    #expect(try page.text(at: "flattered").hasPrefix("✓ supported Claim 1."))
    #expect(!html.contains("so far"))
    let quick = renderer.html(SampleReport.make(profile: "quick", warnings: ["Two trials failed."]))
    let quickPage = try Page(quick)
    #expect(try quickPage.text(at: "flattered").hasPrefix("✓ supported so far (quick profile) Claim 1."))
    #expect(try quickPage.text(at: "holds-for-trees").hasPrefix("○ not evaluated Claim 4."))
    #expect(quick.contains("<li>Two trials failed.</li>"))
    #expect(quick.contains("quick profile, not final"))
  }

  @Test func sameReportGivesTheSameBytes() throws {
    #expect(try TestTemplates.renderer().html(SampleReport.make()) == html)
    #expect(html.utf8.count < 100_000)
  }

  @Test func unavailableBlocksSayWhy() throws {
    var report = SampleReport.make()
    report.blocks["flattery"] = .unavailable(name: "flattery", reason: "4 of 240 trials failed")
    report.blocks["by-size"] = nil
    let shown = try Page(renderer.html(report))
    #expect(try shown.text(at: "flattery") == "⚠ The table flattery is not shown: 4 of 240 trials failed.")
    #expect(try shown.text(at: "by-size") == "⚠ The chart by-size is not shown: it has no results.")
    report.values = [:]
    #expect(
      renderer.html(report).contains(
        "changed\naccuracy by <span class=\"mark\" id=\"at-value-1\">not available"))
  }

  @Test func picturesShareOneStyleSheetAndOneListOfData() throws {
    var report = SampleReport.make()
    var chart = SampleReport.chart("by-size", "Again")
    chart.svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><style>\n.chart{fill:red}\n</style>\n<g/></svg>"
    report.blocks["by-size"] = .chart(chart)
    chart.svg = chart.svg.replacing("<g/>", with: "<path/>")
    report.blocks["by-trials"] = .chart(chart)
    let html = renderer.html(report)
    #expect(html.components(separatedBy: ".chart{fill:red}").count == 2)
    #expect(html.components(separatedBy: "<style>").count == 2)
    #expect(html.contains("<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>"))
    #expect(try Page(html).text(at: "by-size").hasSuffix("Its data are those of Figure 1."))
    let files = renderer.markdown(report, svgFolder: "flattery").files
    #expect(files.allSatisfy { $0.svg.contains("<style>") }, "a file of its own brings its style")
  }

  @Test func referencesAndNotesLeadThereAndBack() throws {
    var report = SampleReport.make()
    let text =
      SampleReport.study.replacing(
        "Two learners are trained",
        with: "See [](#by-size) and [](#flattered).[^a] Two learners[^b] and[^a] are trained")
      + "\n[^a]: First *note*.\n[^b]: [Second](https://example.org) `= count(honest.accuracy)`.\n"
    report.document = SampleReport.read(text)
    let html = renderer.html(report)
    let page = try Page(html)
    #expect(html.contains("See <a href=\"#by-size\">Figure 2</a> and <a href=\"#flattered\">Claim 1</a>."))
    #expect(try page.text(at: "note.1") == "First note. ↩")
    #expect(try page.text(at: "note.2").hasPrefix("Second "))
    let ids = page.values(of: "id")
    #expect(Set(ids).count == ids.count)
    #expect(["note.1.at", "note.1.at2", "note.2.at"].allSatisfy(ids.contains))
    let links = page.values(of: "href").filter { $0.hasPrefix("#") }.map { String($0.dropFirst()) }
    #expect(links.filter { !ids.contains($0) } == [])
    let twin = renderer.markdown(report, svgFolder: "").text
    #expect(twin.contains("See [Figure 2](#by-size) and [Claim 1](#flattered).[^a] Two learners[^b]"))
    #expect(twin.contains("[^a]: First *note*.\n[^b]: [Second](https://example.org)"))
  }

  @Test func aNumberLeadsToTheRowsBehindIt() throws {
    let number = try #require(
      page.elements("a").first { $0.attribute(forName: "class")?.stringValue == "value" })
    let anchor = String(try #require(number.attribute(forName: "href")?.stringValue).dropFirst())
    let row = try page.text(at: anchor)
    #expect(row.contains("The rows behind it honest.accuracy: 150 rows, mean 0.9, sd 0.02"), "\(row)")
    #expect(row.contains("1000nonetrial 0a1b2c"), "\(row)")
    #expect(row.contains("149 more rows; 'assay export' prints all of honest."))
  }
}
