import Diagnostics
import Markup
import Testing

@Suite struct StudyBlockTests {
  @Test(arguments: [
    ("```experiment one\na: 1\n```\n", "experiment one @1:15-18 lines 1...3 [\"a: 1\"]"),
    ("~~~~ chart  two  \n~~~\n~~~~~  \n", "chart two @1:13-16 lines 1...3 [\"~~~\"]"),
    (
      "> ```table two\n> b: 2\n>   c: 3\n> ```\nx\n",
      "quote[table two @1:12-15 lines 1...4 [\"b: 2\", \"  c: 3\"]]\np x"
    ),
    (
      "- ~~~results three\n  x: y\n\n  z: 1\n  ~~~\n",
      "ul[results three @1:14-19 lines 1...5 [\"x: y\", \"\", \"z: 1\"]]"
    ),
    (
      "1. a\n\n\t```claim tab\n\tz: 1\n\t  y: 2\n\t```\n",
      "ol1 loose[p a\nclaim tab @3:11-14 lines 3...6 [\"z: 1\", \"  y: 2\"]]"
    ),
    ("  ```claim a-1\n   b: 1\n  ```\n", "claim a-1 @1:12-15 lines 1...3 [\" b: 1\"]"),
    (
      "```table\n```\n\n```chart\n```\n\n```table\n```\n",
      """
      table table-1 @1:4-9 lines 1...2 []
      chart chart-1 @4:4-9 lines 4...5 []
      table table-2 @7:4-9 lines 7...8 []
      """
    ),
    ("```claim a\r\nb: 1\r\n```\r\n", "claim a @1:10-11 lines 1...3 [\"b: 1\"]"),
    ("````markdown\n```experiment x\n```\n````\n", "code(markdown) \"```experiment x\\n```\\n\""),
  ])
  func blocks(text: String, expected: String) {
    let result = read(text)
    #expect(result.diagnostics == "")
    #expect(outline(result.document.blocks) == expected)
  }

  @Test(arguments: [
    "text", "txt", "python", "py", "swift", "r", "julia", "bash", "sh", "console", "yaml", "json", "toml",
    "csv", "c",
    "cpp", "rust", "go", "java", "js", "typescript", "html", "css", "xml", "sql", "latex", "tex", "make",
    "markdown",
    "diff", "mermaid", "vega-lite", "scala", "lua", "{.python}", "query",
  ])
  func otherLanguagesAreCode(language: String) {
    let result = read("```\(language) x\na\n```\n")
    #expect(result.diagnostics == "")
    #expect(outline(result.document.blocks) == "code(\(language)) \"a\\n\"")
  }

  @Test func bodiesKnowTheirOrigins() throws {
    let document = read("- > ```claim a\n  > k: é\n  >   l: 1\n  > ```\n").document
    let body = try #require(document.studyBlocks.first?.body)
    #expect(place(body.position(line: 0, column: 3), in: document) == "é")
    #expect(place(body.position(line: 1, column: 2), in: document) == "l")
    #expect(body.position(line: 2, column: 0) == body.position(line: 1, column: 6))
  }

  private func place(_ position: SourcePosition, in document: MarkdownDocument) -> String {
    var end = position
    end.column += 1
    return covered(SourceSpan(document.source, from: position, to: end))
  }

  @Test(arguments: [
    (
      "é ok\n\n```experimnt one\n```\n",
      """
      a.md:3:4: error: unknown block 'experimnt' [unknown-block]
          3 | ```experimnt one
            |    ^~~~~~~~~
         note: a block is one of experiment, table, chart, claim, results
         fix: write 'experiment'
      """
    ),
    (
      "> - ```Table x_Y\n>   ```\n",
      """
      a.md:1:8: error: unknown block 'Table' [unknown-block]
          1 | > - ```Table x_Y
            |        ^~~~~
         note: a block is one of experiment, table, chart, claim, results
         fix: write 'table'
      a.md:1:14: error: 'x_Y' cannot name a block [bad-block-name]
          1 | > - ```Table x_Y
            |              ^~~
         note: a name is lower-case words joined by hyphens, at most 64 characters, and starts with a letter
         fix: write 'x-y'
      """
    ),
    (
      "```claim\n```\n",
      """
      a.md:1:4: error: the claim has no name [bad-block-name]
          1 | ```claim
            |    ^~~~~
         note: other blocks and the ledger refer to it by name
         fix: write 'claim NAME'
      """
    ),
    (
      "```claim a b\n```\n",
      """
      a.md:1:12: error: 'b' stands behind the block's name [bad-block-name]
          1 | ```claim a b
            |            ^
         note: a fence names its kind and one name
         fix: remove it, or join the words by a hyphen
      """
    ),
    (
      "```claim 2x\n```\n",
      """
      a.md:1:10: error: '2x' cannot name a block [bad-block-name]
          1 | ```claim 2x
            |          ^~
         note: a name is lower-case words joined by hyphens, at most 64 characters, and starts with a letter
      """
    ),
    (
      "```claim a\n```\n\n- ```chart a\n  ```\n",
      """
      a.md:4:12: error: the name 'a' is taken [duplicate-name]
          4 | - ```chart a
            |            ^
         note: the block on line 1 has it
         fix: choose another name
      """
    ),
    (
      "x\n\n```python\na: 1\n",
      """
      a.md:3:1: error: the fence is never closed [unclosed-fence]
          3 | ```python
            | ^~~~~~~~~
         note: everything up to the end of the file belongs to it
         fix: end it with a line '```'
      """
    ),
    (
      "~~~~claim a\na: 1\n~~~",
      """
      a.md:1:1: error: the fence is never closed [unclosed-fence]
          1 | ~~~~claim a
            | ^~~~~~~~~~~
         note: everything up to the end of the file belongs to it
         fix: end it with a line '~~~~'
      """
    ),
    (
      "> ```claim a\n> b: 1\n```\nx\n```\n",
      """
      a.md:1:3: error: the fence is never closed [unclosed-fence]
          1 | > ```claim a
            |   ^~~~~~~~~~
         note: it ends with the list or quote it stands in
         fix: end it with a line '```'
      """
    ),
    (
      "```experiment one\na: 1\n\nprose\n\n```table two\nb: 1\n```\n",
      """
      a.md:1:1: error: the fence is never closed [unclosed-fence]
          1 | ```experiment one
            | ^~~~~~~~~~~~~~~~~
         note: line 6 opens the next block inside it
         fix: end it with a line '```'
      """
    ),
  ])
  func mistakes(text: String, expected: String) {
    #expect(read(text).diagnostics == expected)
  }

  @Test func blocksAfterAnUnclosedFenceAreStillRead() {
    let result = read("> ```claim a\n> x: 1\n>\n> prose\n>\n>  ```table b\n> y: 1\n> ```\nend\n")
    #expect(
      outline(result.document.blocks) == """
        quote[claim a @1:12-13 lines 1...2 ["x: 1"]
        table b @6:13-14 lines 6...8 ["y: 1"]]
        p end
        """)
  }

  @Test func namesHaveALimit() {
    let longest = "a" + String(repeating: "b", count: 63)
    #expect(read("```claim \(longest)\n```\n").diagnostics == "")
    #expect(read("```claim \(longest)c\n```\n").diagnostics.contains("cannot name a block [bad-block-name]"))
  }
}
