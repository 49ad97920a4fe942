import Reports
import Testing

@Suite struct EscapingTests {
  @Test(arguments: [
    ("a < b & c > \"d\" 'e'", "a &lt; b &amp; c &gt; &quot;d&quot; &#39;e&#39;"),
    ("\"\u{301}", "&quot;\u{301}"), ("\u{600}<b", "\u{600}&lt;b"),
    ("a\u{0}\u{7F}\u{202E}\u{FFFE}b", "a\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}b"), ("a\r\n\tb", "a \n\tb"),
  ])
  func html(_ text: String, _ escaped: String) {
    #expect(Array(escapedForHTML(text).unicodeScalars) == Array(escaped.unicodeScalars))
  }

  @Test(arguments: [
    ("plain 0.5 - 3", "plain 0.5 - 3"), ("a|b", "a\\|b"), ("a\n  b", "a b"), ("*_`~$", "\\*\\_\\`\\~\\$"),
    ("[x](y) ![z](y)", "\\[x\\](y) \\!\\[z\\](y)"), ("<b> & &lt; a!", "\\<b\\> & \\&lt; a\\!"),
    ("# a", "\\# a"), ("#1", "#1"), ("- a", "\\- a"), ("-0.3", "-0.3"), ("12. a", "12\\. a"), ("1.5", "1.5"),
    ("===", "\\==="), ("a\\", "a\\\\"), ("  ", ""), ("wow! it", "wow! it"), ("---", "\\---"),
    ("+ x", "\\+ x"),
  ])
  func markdown(_ text: String, _ escaped: String) {
    #expect(escapedForMarkdown(text) == escaped)
  }

  @Test func codeSpansHoldAnyText() {
    #expect(markdownCode("a < b") == "`a < b`")
    #expect(markdownCode("a ``b` c") == "```a ``b` c```")
    #expect(markdownCode("`a`") == "`` `a` ``")
    #expect(markdownCode("a | b", inCell: true) == "`a \\| b`")
    #expect(markdownCode("a | b\nc") == "`a | b c`")
    #expect(markdownCode("") == "")
  }

  @Test func linksLeadToTheWebMailAndOurOwnPlacesOnly() {
    #expect(LinkDestination("https://example.org/a:b") == .external("https://example.org/a:b"))
    #expect(LinkDestination("mailto:a@b.org") == .external("mailto:a@b.org"))
    #expect(LinkDestination("#limits") == .fragment("limits"))
    #expect(LinkDestination("../a.md?x=y:z") == .relative("../a.md?x=y:z"))
    for bad in [
      "", "javascript:x", " JAVASCRIPT:x", "java\nscript:x", "\u{1}javascript:x", "data:text/html,x",
      "file:///etc",
      "vbscript:x", "//evil.example", "\\\\evil",
    ] {
      #expect(LinkDestination(bad) == nil, "\(bad)")
    }
  }
}
