import Markup
import Testing

@Suite struct MarkdownTests {
  @Test(arguments: [
    ("# A *b*\n\ntext & more\nnext  \nline\\\nlast\n", "h1 A em(b)\np text & more⏎next⏎⏎line⏎⏎last"),
    ("Title\n===\n\n---\n", "h1 Title\nrule"),
    ("- a\n- b\n\n3. c\n\n   d\n", "ul[p a | p b]\nol3 loose[p c\np d]"),
    ("> a\n> > b\n", "quote[p a\nquote[p b]]"),
    ("```python x\na\n\nb\n```\n\n    indented\n", "code(python) \"a\\n\\nb\\n\"\ncode() \"indented\\n\""),
    ("    ```experiment a\n    b\n", "code() \"```experiment a\\nb\\n\""),
    ("~~~~text\n```\n~~~\n~~~~\n", "code(text) \"```\\n~~~\\n\""),
    ("[a **b**](u \"t\") ![c `d` *e*](v)\n", "p link(u, t, a strong(b)) image(v, , c d e)"),
    ("[a][r]\n\n[r]: https://example.org/\n", "p link(https://example.org/, , a)"),
    ("x <b>y</b> &amp; z\n\n<div>\n<script>alert(1)</script>\n</div>\n\nw\n", "p x y & z\np w"),
    (
      "[a](javascript:x) [b](DATA:x) [c](vbscript:x) ![d](data:image/png;base64,x)",
      "p link(, , a) link(, , b) "
        + "link(, , c) image(, , d)"
    ),
    (
      "[a](<java&#9;script:x>) [b](&#1;javascript:x) [c](data) [d](data/a.csv)",
      "p link(, , a) link(, , b) link(data, , c) link(data/a.csv, , d)"
    ),
    ("", ""),
  ])
  func tree(text: String, expected: String) {
    let result = read(text)
    #expect(result.diagnostics == "")
    #expect(outline(result.document.blocks) == expected)
  }

  @Test(arguments: [
    ("---\ntitle: x\n---\n# A\n", ["title: x"], "h1 A"),
    ("---\n---\n", [], ""),
    ("--- \t\na: 1\n\nb: 2\n---\n---\n", ["a: 1", "", "b: 2"], "rule"),
    ("---\r\na: 1\r\n---\r\nb\r\n", ["a: 1"], "p b"),
  ])
  func frontMatter(text: String, lines: [String], blocks: String) {
    let result = read(text)
    #expect(result.diagnostics == "")
    #expect(result.document.frontMatter?.lines == lines)
    #expect(outline(result.document.blocks) == blocks)
  }

  @Test(arguments: ["# A\n\n---\na: 1\n---\n", " ---\na: 1\n---\n", "", "----\n"])
  func noFrontMatter(text: String) {
    #expect(read(text).document.frontMatter == nil)
  }

  @Test func unclosedFrontMatterEndsWherePlainProseBegins() {
    let result = read("---\ntitle: x\n\n# A `= x`\n")
    #expect(
      result.diagnostics == """
        a.md:1:1: error: the front matter is never closed [unclosed-fence]
            1 | ---
              | ^~~
           note: everything up to the end of the file belongs to it
           fix: end it with a line '---'
        """)
    #expect(result.document.frontMatter?.lines == ["title: x"])
    #expect(outline(result.document.blocks) == "h1 A value(x @4:8-9)")
  }

  @Test(arguments: [
    ("| a | b |\n|:--|--:|\n| 1 | 2 |\n", "table(left right) a | b / 1 | 2"),
    ("a | b\n--- | :-:\n1 | 2\n\ntext\n", "table(none center) a | b / 1 | 2\np text"),
    ("|a|\n|-|\n", "table(none) a"),
    ("|a|b|\n|-|-|\n|1|\n|1|2|3|\n||x|\nplain\n", "table(none none) a | b / 1 |  / 1 | 2 /  | x / plain | "),
    (
      "|a|b|\n|-|-|\n| x \\| `y\\|z` | # not *a* heading |\n| - l | **\"f\"** |\n",
      "table(none none) a | b / x | code(y|z) | # not em(a) heading / - l | strong(\"f\")"
    ),
    ("> - | a |\n>   |---|\n>   | é |\n", "quote[ul[table(none) a / é]]"),
    ("|a|b|\n|-|\n", "p |a|b|⏎|-|"),
    ("|a|\n|--:-|\n", "p |a|⏎|--:-|"),
    ("a\n---\n", "h2 a"),
  ])
  func pipeTables(text: String, expected: String) {
    let result = read(text)
    #expect(result.diagnostics == "")
    #expect(outline(result.document.blocks) == expected)
  }

  @Test func nulAndLoneReturnsKeepTheirColumns() {
    #expect(outline(read("a\rb\0c `= x`\n").document.blocks) == "p a b\u{FFFD}c value(x @1:10-11)")
  }
}
