import Diagnostics
import Markup
import Reports
import Testing

@Suite struct HTMLProseTests {
  /// The page's body for a study without blocks.
  private func body(_ text: String) throws -> String {
    var report = SampleReport.make()
    report.document = SampleReport.read(text)
    let html = try TestTemplates.renderer().html(report)
    _ = try Page(html)
    let start = try #require(html.range(of: "<main id=\"main.\" tabindex=\"-1\">\n")).upperBound
    let end = try #require(html.range(of: "\n<section class=\"appendix\"")).lowerBound
    return String(html[start..<end])
  }

  @Test(arguments: [
    ("A *b* **c** `d<e`.\n", "<p>A <em>b</em> <strong>c</strong> <code>d&lt;e</code>.</p>\n"),
    ("- a\n- b\n", "<ul>\n<li>a\n</li>\n<li>b\n</li>\n</ul>\n"),
    ("3. a\n\n4. b\n", "<ol start=\"3\">\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ol>\n"),
    ("> quoted\n", "<blockquote>\n<p>quoted</p>\n</blockquote>\n"),
    ("```text\na < b\n```\n", "<pre tabindex=\"0\"><code>a &lt; b\n</code></pre>\n"),
    (
      "[web](https://example.org \"Site\")\n",
      "<p><a href=\"https://example.org\" title=\"Site\">web</a></p>\n"
    ),
    ("[study](../a/b.md#limits)\n", "<p><a href=\"../a/b.html#limits\">study</a></p>\n"),
    (
      "[gone](#nowhere) [here](#top)\n\n# Top\n",
      "<p>gone <a href=\"#top\">here</a></p>\n<h2 id=\"top\">Top</h2>\n"
    ),
    ("![a plot](plot.png)\n", "<p><a href=\"plot.png\">[picture: a plot]</a></p>\n"),
    ("# Same\n\n# Same\n", "<h2 id=\"same\">Same</h2>\n<h2 id=\"same-1\">Same</h2>\n"),
    ("## Été: 2 + 2!\n", "<h2 id=\"été-2--2\">Été: 2 + 2!</h2>\n"),
  ])
  func prose(_ markdown: String, _ html: String) throws {
    #expect(try body(markdown).replacing(/<a class="self"[^>]*><\/a>/, with: "") == html)
  }

  @Test func everyHeadingHasALinkToItselfThatOnlyAPointerFinds() throws {
    #expect(
      try body("## Top\n")
        == "<h2 id=\"top\">Top<a class=\"self\" href=\"#top\" aria-hidden=\"true\" tabindex=\"-1\"></a></h2>\n"
    )
  }

  @Test func pipeTablesKeepTheirAlignment() throws {
    let html = try body("| a | b |\n|:--|--:|\n| 1 | 2 |\n")
    #expect(html.contains("aria-label=\"Table: a, b\""))
    #expect(html.contains("<th scope=\"col\" class=\"left\">a</th><th scope=\"col\" class=\"right\">b</th>"))
    #expect(html.contains("<td class=\"left\">1</td><td class=\"right\">2</td>"))
  }
}
