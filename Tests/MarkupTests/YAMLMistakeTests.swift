import Markup
import Testing

@Suite struct YAMLMistakeTests {
  /// Each body stands in a fence in a quote, so that no column is its own.
  @Test(arguments: table)
  func mistakes(body: String, expected: String) {
    let quoted = body.split(separator: "\n", omittingEmptySubsequences: false).map { "> \($0)\n" }.joined()
    let result = readYAML("> ```claim x\n\(quoted)> ```\n")
    #expect(result.tree == nil)
    #expect(result.diagnostics == expected)
  }

  private static let table: [(String, String)] = [
    (
      "a: b: c",
      """
      a.md:2:7: error: a value with ': ' in it needs quotes [yaml-syntax]
          2 | > a: b: c
            |       ^
         fix: put the value in quotes
      """
    ),
    (
      "a: 1\n  b: 2",
      """
      a.md:3:5: error: a key cannot stand here [yaml-syntax]
          3 | >   b: 2
            |     ^
         note: its indentation makes it part of the value above
         fix: align it with the keys it belongs to
      """
    ),
    (
      "a: 1\nfoo bar\nb: 2",
      """
      a.md:3:3: error: this line lacks a ':' [yaml-syntax]
          3 | > foo bar
            |   ^~~~~~~
         fix: write 'key: value'
      """
    ),
    (
      "a:\n  b: 1\n c: 2",
      """
      a.md:4:4: error: this does not fit the map above it [yaml-syntax]
          4 | >  c: 2
            |    ^
         note: the map begins on line 2
         fix: align it with the map's other keys
      """
    ),
    (
      "x:\n  m: {a: b}\n   n: 1",
      """
      a.md:4:6: error: this does not fit the map above it [yaml-syntax]
          4 | >    n: 1
            |      ^
         note: the map begins on line 3
         fix: align it with the map's other keys
      """
    ),
    (
      "a: [1, 2\nb: 3",
      """
      a.md:2:6: error: the list is not closed [yaml-syntax]
          2 | > a: [1, 2
            |      ^
         note: ',' or ']' is missing before line 3, column 4
         fix: end it with ']'
      """
    ),
    (
      "a: {x: 1\nb: 3",
      """
      a.md:2:6: error: the map is not closed [yaml-syntax]
          2 | > a: {x: 1
            |      ^
         note: ',' or '}' is missing before line 3, column 4
         fix: end it with '}'
      """
    ),
    (
      "a: [1, [2]",
      """
      a.md:2:6: error: the list is not closed [yaml-syntax]
          2 | > a: [1, [2]
            |      ^
         fix: end it with ']'
      """
    ),
    (
      "a: 'x",
      """
      a.md:2:6: error: the quotation is never closed [yaml-syntax]
          2 | > a: 'x
            |      ^
         fix: end it with "'"
      """
    ),
    (
      "a: \"x",
      """
      a.md:2:6: error: the quotation is never closed [yaml-syntax]
          2 | > a: "x
            |      ^
         fix: end it with '"'
      """
    ),
    (
      "a: \"\\q\"",
      """
      a.md:2:7: error: the escape after '\\' is unknown [yaml-syntax]
          2 | > a: "\\q"
            |       ^
         note: between '"' a backslash starts an escape
         fix: use single quotes, in which a backslash is itself
      """
    ),
    (
      "a: \"\\u00zz\"",
      """
      a.md:2:9: error: the escape after '\\' is unknown [yaml-syntax]
          2 | > a: "\\u00zz"
            |         ^
         note: between '"' a backslash starts an escape
         fix: use single quotes, in which a backslash is itself
      """
    ),
    (
      "é: @x",
      """
      a.md:2:6: error: a value cannot start with '@' [yaml-syntax]
          2 | > é: @x
            |      ^
         fix: put the value in quotes
      """
    ),
    (
      "a: `x`",
      """
      a.md:2:6: error: a value cannot start with '`' [yaml-syntax]
          2 | > a: `x`
            |      ^
         fix: put the value in quotes
      """
    ),
    (
      "a: *",
      """
      a.md:2:6: error: a value cannot start with '*' [yaml-syntax]
          2 | > a: *
            |      ^
         fix: put the value in quotes
      """
    ),
    (
      "a: &",
      """
      a.md:2:6: error: a value cannot start with '&' [yaml-syntax]
          2 | > a: &
            |      ^
         fix: put the value in quotes
      """
    ),
    (
      "a: *x",
      """
      a.md:2:6: error: aliases are not part of the study language [yaml-alias]
          2 | > a: *x
            |      ^~
         fix: repeat the value
      """
    ),
    (
      "a: &x 1",
      """
      a.md:2:6: error: anchors are not part of the study language [yaml-alias]
          2 | > a: &x 1
            |      ^~
         fix: repeat the value
      """
    ),
    (
      "a: !<x",
      """
      a.md:2:6: error: tags are not part of the study language [yaml-tag]
          2 | > a: !<x
            |      ^
         fix: put the value in quotes
      """
    ),
    (
      "? [a]\n: b",
      """
      a.md:2:5: error: a list cannot be a key [yaml-syntax]
          2 | > ? [a]
            |     ^
         fix: put the key in quotes if it is text
      """
    ),
    (
      "{a: b}: c",
      """
      a.md:2:3: error: a map cannot be a key [yaml-syntax]
          2 | > {a: b}: c
            |   ^
         fix: put the key in quotes if it is text
      """
    ),
    (
      "a:\n\t- b",
      """
      a.md:3:3: error: a tab cannot stand here [yaml-syntax]
          3 | >  - b
            |   ^
         note: YAML is indented by spaces
         fix: use spaces
      """
    ),
    (
      "a: x\n\tb",
      """
      a.md:3:3: error: a tab cannot stand here [yaml-syntax]
          3 | >  b
            |   ^
         note: YAML is indented by spaces
         fix: use spaces
      """
    ),
    (
      "---\na: 1\n---\nb: 2",
      """
      a.md:4:3: error: a second YAML document starts here [yaml-syntax]
          4 | > ---
            |   ^~~
         fix: remove the '---'
      """
    ),
    (
      "a: 1\n...\nb: 1",
      """
      a.md:4:3: error: this stands behind the end of the value [yaml-syntax]
          4 | > b: 1
            |   ^
         fix: indent it, or remove it
      """
    ),
    (
      "%FOO",
      """
      a.md:2:3: error: a line cannot start with '%' [yaml-syntax]
          2 | > %FOO
            |   ^
         fix: remove it
      """
    ),
    (
      "- a\nb: 1",
      """
      a.md:3:3: error: this line is not an item of the list above it [yaml-syntax]
          3 | > b: 1
            |   ^
         note: the list begins on line 2
         fix: start it with '- ' or align it with its key
      """
    ),
    (
      "a: - b",
      """
      a.md:2:6: error: a list cannot start here [yaml-syntax]
          2 | > a: - b
            |      ^
         fix: start the list on a line of its own
      """
    ),
    (
      "a: |x\n  b",
      """
      a.md:2:7: error: behind '|' or '>' the line must end [yaml-syntax]
          2 | > a: |x
            |       ^
         fix: start the text on the next line
      """
    ),
    (
      "a: [,]",
      """
      a.md:2:7: error: a value is missing here [yaml-syntax]
          2 | > a: [,]
            |       ^
      """
    ),
    (
      "a: 'b' c",
      """
      a.md:2:10: error: the value ends before this [yaml-syntax]
          2 | > a: 'b' c
            |          ^
         fix: put all of the value in quotes
      """
    ),
    (
      "- [b] c",
      """
      a.md:2:9: error: the value ends before this [yaml-syntax]
          2 | > - [b] c
            |         ^
         fix: put all of the value in quotes
      """
    ),
    (
      "a: 1\n- b",
      """
      a.md:3:3: error: this does not fit the map above it [yaml-syntax]
          3 | > - b
            |   ^
         note: the map begins on line 2
         fix: align it with the map's other keys
      """
    ),
    (
      "a: \u{7}",
      """
      a.md:2:6: error: the character U+0007 cannot stand in YAML [yaml-syntax]
          2 | > a: ·
            |      ^
         fix: remove it
      """
    ),
    (
      "😀: 1\nü: é: x",
      """
      a.md:3:7: error: a value with ': ' in it needs quotes [yaml-syntax]
          3 | > ü: é: x
            |       ^
         fix: put the value in quotes
      """
    ),
    (
      "a: b\u{2028}c",
      """
      a.md:2:7: error: the character U+2028 cannot stand in YAML [yaml-syntax]
          2 | > a: b·c
            |       ^
         fix: remove it
      """
    ),
    (
      "a: b\u{85}c",
      """
      a.md:2:7: error: the character U+0085 cannot stand in YAML [yaml-syntax]
          2 | > a: b·c
            |       ^
         fix: remove it
      """
    ),
    (
      "a: \"x\n---\n\"",
      """
      a.md:3:3: error: a line '---' or '...' cannot stand in quotes [yaml-syntax]
          3 | > ---
            |   ^
         note: the quotation begins on line 2
      """
    ),
    (
      "a: ? b",
      """
      a.md:2:6: error: a '?' cannot stand here [yaml-syntax]
          2 | > a: ? b
            |      ^
         fix: put the value in quotes
      """
    ),
    (
      "[1]\nb: 2",
      """
      a.md:3:3: error: this stands behind the end of the value [yaml-syntax]
          3 | > b: 2
            |   ^
         fix: indent it, or remove it
      """
    ),
    (
      "a: %x",
      """
      a.md:2:6: error: a value cannot start with '%' [yaml-syntax]
          2 | > a: %x
            |      ^
         fix: put the value in quotes
      """
    ),
  ]

  @Test func frontMatter() {
    #expect(
      readYAML("---\r\ntitle: é: x\r\n---\r\n").diagnostics == """
        a.md:2:9: error: a value with ': ' in it needs quotes [yaml-syntax]
            2 | title: é: x
              |         ^
           fix: put the value in quotes
        """)
  }

  @Test func onlyTheFirstSyntaxErrorOfABlockIsTold() {
    let result = readYAML("```claim x\na: @b\nc: @d\n```\n")
    #expect(
      result.diagnostics == """
        a.md:2:4: error: a value cannot start with '@' [yaml-syntax]
            2 | a: @b
              |    ^
           fix: put the value in quotes
        """)
  }
}
