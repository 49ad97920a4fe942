import Driver
import Foundation
import Testing

/// Built pages, looked at in Chromium: layout, contrast, references, names, printing, and that nothing in them runs.
@Suite(.enabled(if: Browser.isHere), .serialized) struct PageTests {
  private static let here = "\(Project.repository)/Tests/EndToEndTests"

  /// Several kinds of study, built once; its pages by name.
  private static let site: (project: Project, pages: [String])? = try? {
    let project = try Project()
    for name in ["charts", "language", "own-results"] {
      try project.copy("studies/manual/\(name).md")
      for file
        in (try? FileManager.default.contentsOfDirectory(
          atPath: "\(Project.repository)/studies/manual/\(name)")) ?? []
      where file.hasSuffix(".csv") || file.hasSuffix(".py") {
        try project.copy("studies/manual/\(name)/\(file)")
      }
    }
    try project.write(Project.fixture("iris.md"), to: "studies/tuning/iris.md")
    try project.write(Project.fixture("shapes.md"), to: "studies/pages/shapes.md")
    try project.write(shapesRuns, to: "studies/pages/shapes.csv")
    try project.write("---\ntitle: Broken\n---\n\n```claim c\n```\n", to: "studies/pages/mistaken.md")
    _ = try project.build(profile: "quick")
    return (project, project.output().keys.filter { $0.hasSuffix(".html") }.sorted())
  }()

  /// Runs of seven methods with long names, some without a value.
  private static var shapesRuns: String {
    var rows = "method,setting,seed,accuracy,loss\n"
    for method in 0..<7 {
      for setting in 0..<3 {
        for seed in 0..<6 {
          let value = 0.5 + 0.05 * Double(method) + 0.01 * Double((seed * 7 + setting * 3) % 11)
          let name = "Method-\(method)-with-a-name-that-somebody-wrote-in-one-go"
          rows += "\(name),\(setting),\(seed),\(value),\(seed == 5 ? "" : "\(1 - value)")\n"
        }
      }
    }
    return rows
  }

  private static func audit(_ browser: Browser) throws -> [String] {
    let script = try String(contentsOfFile: "\(here)/Browser/audit.js", encoding: .utf8)
    let findings = try browser.evaluate(script) as? [String] ?? ["the audit gave no list"]
    return try findings + axe(browser)
  }

  /// What axe-core finds, where `make accessibility` has fetched it.
  private static func axe(_ browser: Browser) throws -> [String] {
    guard let path = ProcessInfo.processInfo.environment["ASSAY_AXE"] else { return [] }
    _ = try browser.evaluate(String(contentsOfFile: path, encoding: .utf8) + ";0")
    let found = try browser.evaluate(
      """
      axe.run(document, {resultTypes: ['violations']}).then(result =>
        result.violations.map(v => `axe ${v.id}: ${v.nodes.length}, such as ${v.nodes[0].html.slice(0, 120)}`))
      """)
    return found as? [String] ?? ["axe gave no list"]
  }

  @Test func everyPageIsSoundAtEveryWidthInBothThemesAndOnPaper() throws {
    let site = try #require(Self.site)
    #expect(site.pages.count >= 7, "\(site.pages)")
    let browser = try Browser()
    // 640 is 1280 at a zoom of 200 %, 320 at 400 %.
    var views = [1280, 768, 640, 375, 320].map { Browser.View(width: $0) }
    views += [1280, 375].map { Browser.View(width: $0, isDark: true) }
    views.append(Browser.View(width: 658, isPrinted: true))
    for page in site.pages {
      let file = "\(site.project.folder)/output/\(page)"
      try browser.open(file, as: views[0])
      for view in views {
        try browser.look(as: view)
        let findings = try Self.audit(browser)
        #expect(findings == [], "\(page) as \(view)")
      }
      #expect(browser.complaints == [], "\(page)")
    }
  }

  @Test func everyLinkBetweenPagesLeadsToAPlace() throws {
    let site = try #require(Self.site)
    let browser = try Browser()
    var places: [String: Set<String>] = [:]
    var links: [(page: String, link: String)] = []
    for page in site.pages {
      try browser.open("\(site.project.folder)/output/\(page)")
      places[page] = Set(
        try browser.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)") as? [String] ?? [])
      let found = try browser.evaluate(
        "[...document.querySelectorAll('a[href]')].map(e => e.getAttribute('href')).filter(h => /^[^#:]+(#|$)/.test(h))"
      )
      links += (found as? [String] ?? []).map { (page, $0) }
    }
    #expect(links.count > 20)
    for (page, link) in links {
      let folder = URL(fileURLWithPath: "/" + page).deletingLastPathComponent()
      let parts = link.split(separator: "#", maxSplits: 1).map { String($0).removingPercentEncoding ?? "" }
      let target = String(folder.appendingPathComponent(parts[0]).standardizedFileURL.path.dropFirst())
      guard let ids = places[target] else {
        // The manual links to pages that were not copied; other files go with the report.
        let isElsewhere =
          page.hasPrefix("manual/") && target.hasPrefix("manual/") && target.hasSuffix(".html")
        #expect(
          isElsewhere || FileManager.default.fileExists(atPath: "\(site.project.folder)/output/\(target)"),
          "\(page) → \(link)")
        continue
      }
      if parts.count > 1 { #expect(ids.contains(parts[1]), "\(page) → \(link)") }
    }
  }

  @Test func pagesPrintAndPicturesShow() throws {
    let site = try #require(Self.site)
    let browser = try Browser()
    try browser.open("\(site.project.folder)/output/manual/charts.html")
    let paper = try browser.printed()
    #expect(paper.starts(with: Data("%PDF-".utf8)) && paper.count > 50_000)
    #expect(try browser.picture().count > 100_000)
    let pictures = try browser.evaluate("document.querySelectorAll('figure svg').length") as? Int
    #expect(try #require(pictures) >= 35)
    // Pictures of the Markdown twin stand alone.
    let files = try FileManager.default.contentsOfDirectory(
      atPath: "\(site.project.folder)/output/manual/charts")
    for file in files where file.hasSuffix(".svg") {
      try browser.open("\(site.project.folder)/output/manual/charts/\(file)")
      #expect(
        try browser.evaluate("document.documentElement.getBoundingClientRect().width > 200") as? Bool == true)
      #expect(browser.complaints == [], "\(file)")
    }
  }

  @Test func theKeyboardReachesEvidence() throws {
    let site = try #require(Self.site)
    let browser = try Browser()
    try browser.open("\(site.project.folder)/output/tuning/iris.html")
    // Focus as the keyboard gives it shows the evidence; following leads to it.
    let shown =
      try browser.evaluate(
        """
        (() => {
          const value = document.querySelector('main a.value[id]');
          value.focus({focusVisible: true});
          return [getComputedStyle(value, '::after').content, value.title, !!document.getElementById(value.hash.slice(1))];
        })()
        """) as? [Any]
    let content = try #require(shown?[0] as? String)
    #expect(content.contains("mean(") && shown?[2] as? Bool == true, "\(shown ?? [])")
  }

  @Test func theAuditFindsEveryKindOfFault() throws {
    let browser = try Browser()
    try browser.open("\(Self.here)/Browser/faulty.html", as: Browser.View(width: 600))
    let findings = try Self.audit(browser).joined(separator: "\n")
    for fault in [
      "the page is", "leaves the page", "scrolls, but not by keyboard", "the id twice stands twice",
      "leads nowhere",
      "aria-labelledby gone is not there", "contrast 1.", "has no name", "is hidden but takes the focus",
      "is a picture without words", "is a picture without title", "is a table without headings",
      "is a table without name", "is a heading without scope", "skips a level", "has 0 of main",
      "has 2 of h1",
      "is a list of other things", "jumps the order of focus", "the first stop is not the way",
      "is too small to hit",
      "holds what a page of ours never holds", "listens to onclick", "has no policy",
    ] { #expect(findings.contains(fault), "\(fault) is not found") }
  }

  /// Whatever an author or his data say, nothing of it runs, even where the page's policy is switched off.
  @Test func aHostileStudyIsHarmlessInEveryFormat() throws {
    let project = try Project()
    let attack = "<script>canary()</script>\"><img src=x onerror=canary()>"
    let name = "a\"><img src=x onerror=canary()>'.csv"
    try project.write(
      Project.fixture("hostile.md").replacing("ATTACK", with: attack.replacing("\"", with: "\\\""))
        .replacing("FILE", with: name.replacing("\"", with: "\\\"")),
      to: "studies/<b onclick=canary()>/hostile.md")
    var rows = "method,seed,accuracy\n"
    for seed in 0..<6 {
      for (number, level) in [attack, "{{{body}}} {{> page}}", "javascript:canary()"].enumerated() {
        rows += "\"\(level.replacing("\"", with: "\"\""))\",\(seed),0.\(number + 5)\(seed)\n"
      }
    }
    try project.write(rows, to: "studies/<b onclick=canary()>/\(name)")
    #expect(try project.build(writesJSON: true).status == .complete)
    let files = project.output()
    #expect(files.keys.filter { $0.hasSuffix(".json") }.count == 1)
    let browser = try Browser()
    try browser.trust(pages: "window.canary = () => { document.documentElement.dataset.hit = 'yes' }")
    for file in files.keys.sorted() where file.hasSuffix(".html") || file.hasSuffix(".svg") {
      try browser.open("\(project.folder)/output/\(file)")
      let state =
        try browser.evaluate(
          """
          (async () => {
            for (const e of document.querySelectorAll('*')) { e.dispatchEvent(new Event('click')); e.focus?.() }
            await new Promise(done => setTimeout(done, 100));
            return [document.documentElement.dataset.hit || '', document.querySelectorAll('script, img, iframe').length,
              [...document.querySelectorAll('a[href], [*|href]')].filter(e => /^\\s*(javascript|data):/i.test(e.getAttribute('href')) && e.tagName !== 'LINK').length];
          })()
          """) as? [Any]
      #expect(
        state?[0] as? String == "" && state?[1] as? Int == 0 && state?[2] as? Int == 0,
        "\(file): \(state ?? [])")
      if file.hasSuffix(".html") { #expect(try Self.audit(browser) == [], "\(file)") }
    }
    // The canary does sing.
    try browser.open("\(Self.here)/Browser/faulty.html")
    #expect(try browser.evaluate("document.documentElement.dataset.hit") as? String == "yes")
    let json = try #require(files.first { $0.key.hasSuffix(".json") })
    _ = try JSONSerialization.jsonObject(with: Data(json.value.utf8))
    for (file, text) in files where file.hasSuffix(".md") {
      for tag in ["<script", "<img", "<b "] {
        let bare = text.ranges(of: tag).filter {
          $0.lowerBound == text.startIndex || text[text.index(before: $0.lowerBound)] != "\\"
        }
        #expect(bare.allSatisfy { Self.isCode($0.lowerBound, in: text) }, "\(file) holds \(tag)")
      }
      #expect(!text.contains("](javascript"), "\(file)")
    }
  }

  /// Whether a place lies within a code span of its line: an odd number of backticks stands before it.
  private static func isCode(_ place: String.Index, in text: String) -> Bool {
    text[..<place].split(separator: "\n", omittingEmptySubsequences: false).last?.count { $0 == "`" }
      .isMultiple(of: 2)
      == false
  }
}
