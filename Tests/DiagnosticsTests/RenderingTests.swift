import Diagnostics
import Testing

@Suite struct RenderingTests {
  /// A diagnostic at columns of the second line of a file.
  private func rendered(_ line: String, _ columns: Range<Int>, note: String? = nil, fix: String? = nil)
    -> String
  {
    let source = SourceText(path: "studies/a.md", text: "first\n\(line)\nthird\n")
    let span = SourceSpan(
      source, from: SourcePosition(line: 2, column: columns.lowerBound),
      to: SourcePosition(line: 2, column: columns.upperBound))
    return Diagnostic(.unknownPart, "unknown tuner 'hyperbnad'", at: span, note: note, fix: fix).rendered
  }

  @Test func whole() {
    #expect(
      rendered(
        "    tuner: hyperbnad", 12..<21, note: "a block's tuner must be a registered part",
        fix: "write 'hyperband'")
          == """
          studies/a.md:2:12: error: unknown tuner 'hyperbnad' [unknown-part]
              2 |     tuner: hyperbnad
                |            ^~~~~~~~~
             note: a block's tuner must be a registered part
             fix: write 'hyperband'
          """)
  }

  @Test(arguments: [
    ("ab", 1..<2, "    2 | ab\n      | ^"),
    ("ab", 2..<2, "    2 | ab\n      |  ^"),
    ("ab", 3..<3, "    2 | ab\n      |   ^"),
    ("ab", 9..<12, "    2 | ab\n      |   ^"),
    ("\ta\tb", 4..<5, "    2 |  a b\n      |    ^"),
    ("a\u{1B}[31mb", 2..<8, "    2 | a·[31mb\n      |  ^~~~~~"),
    ("a\u{202E}b", 3..<4, "    2 | a·b\n      |   ^"),
    ("e\u{301}tude x", 8..<9, "    2 | e\u{301}tude x\n      |       ^"),
    ("漢字 x", 4..<5, "    2 | 漢字 x\n      |      ^"),
    ("x 漢字", 3..<5, "    2 | x 漢字\n      |   ^~~~"),
    ("😀x", 2..<3, "    2 | 😀x\n      |   ^"),
  ])
  func caret(line: String, columns: Range<Int>, expected: String) {
    let lines = rendered(line, columns).split(separator: "\n").dropFirst()
    #expect(lines.joined(separator: "\n") == expected)
  }

  @Test func emptyLineIsNotQuoted() {
    #expect(rendered("", 1..<1) == "studies/a.md:2:1: error: unknown tuner 'hyperbnad' [unknown-part]")
  }

  @Test func longLineIsShownAroundThePlace() {
    let line = String(repeating: "a", count: 1000) + "X" + String(repeating: "b", count: 1000)
    let quoted = rendered(line, 1001..<1002).split(separator: "\n")
    let shown =
      "    2 | …" + String(repeating: "a", count: 60) + "X" + String(repeating: "b", count: 99) + "…"
    #expect(quoted[1] == shown)
    #expect(quoted[2] == "      | " + String(repeating: " ", count: 61) + "^")
  }

  @Test func severalLinesAreMarkedToTheEndOfTheFirst() {
    let source = SourceText(path: "a.md", text: "abc def\nghi\n")
    let span = SourceSpan(
      source, from: SourcePosition(line: 1, column: 5), to: SourcePosition(line: 2, column: 2))
    #expect(
      Diagnostic(.tooDeep, "deep", at: span).rendered == """
        a.md:1:5: error: deep [too-deep]
            1 | abc def
              |     ^~~
        """)
  }

  @Test func withoutPlace() {
    let diagnostic = Diagnostic(
      .missingFile, "the table is gone", at: nil, severity: .warning, note: "it was committed",
      fix: "restore it")
    #expect(
      diagnostic.rendered == """
        assay: warning: the table is gone [missing-file]
           note: it was committed
           fix: restore it
        """)
  }

  @Test func authorsWordsCannotSteerATerminal() {
    let diagnostic = Diagnostic(
      .unknownKey, "unknown key 'a\u{1B}[2J\nb'", at: nil, note: "\u{7}", fix: "\u{202E}")
    #expect(diagnostic.rendered == "assay: error: unknown key 'a·[2J·b' [unknown-key]\n   note: ·\n   fix: ·")
  }

  @Test func linesEndAtLineFeedsOnly() {
    let source = SourceText(path: "a.md", text: "a\r\nb\rc\u{2028}d\n\ne")
    #expect(source.lines == ["a", "b\rc\u{2028}d", "", "e"])
    #expect(source.line(9) == "")
  }
}
