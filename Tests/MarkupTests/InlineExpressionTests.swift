import Diagnostics
import Markup
import Testing

@Suite struct InlineExpressionTests {
  @Test(arguments: [
    (
      "# A `= a` b\n\npara `= b` `code` and ``= `c` `` \\` `= d`\n",
      "h1 A value(a @1:8-9) b\np para value(b @3:9-10) code(code) and value(`c` @3:27-30) ` value(d @3:40-41)"
    ),
    ("é😀 `= x` \t`= y`\n", "p é😀 value(x @1:7-8) \tvalue(y @1:14-15)"),
    ("`= a``= b` `= c`\n", "p value(a``= b @1:4-10) value(c @1:15-16)"),
    ("`=x` `=` `= ` ` = y` `` = z ``\n", "p code(=x) code(=) value( @1:13-13) code( = y) value(z @1:27-28)"),
    (
      "`=   x  ` **`= y`** [`= z`](u)\n",
      "p value(x @1:6-7) strong(value(y @1:16-17)) link(u, , value(z @1:25-26))"
    ),
    ("Title `= x`\nmore `= y`\n===\n", "h1 Title value(x @1:10-11)⏎more value(y @2:9-10)"),
    (
      "> quote `= q1`\n> lazy ``= q2\n> z`` more\nlazy `= q3`\n",
      "quote[p quote value(q1 @1:12-14)⏎lazy value(q2 z @2:12-3:4) more⏎lazy value(q3 @4:9-11)]"
    ),
    (
      "- item `= i`\n  1. sub `= s`\n     cont `= t`\n",
      "ul[p item value(i @1:11-12)\nol1[p sub value(s @2:13-14)⏎cont value(t @3:14-15)]]"
    ),
    (
      "\\``= a` <a title=\"`\"> `= b` [x](<`>) `= c`\n",
      "p `value(a @1:6-7)  value(b @1:26-27) link(`, , x) value(c @1:41-42)"
    ),
    ("a `= x`\r\nb `= y`\r\n", "p a value(x @1:6-7)⏎b value(y @2:6-7)"),
    ("---\na: 1\n---\n\n`= x`\n", "p value(x @5:4-5)"),
    (
      "|`= a`| é |\n|-|-|\n| x \\| `= b` | `= c` `= d` |\n> | e |\n> |---|\n> | ``= f`` |\n",
      "table(none none) value(a @1:5-6) | é / x | value(b @3:11-12) | value(c @3:19-20) value(d @3:25-26)\n"
        + "quote[table(none) e / value(f @6:9-10)]"
    ),
    ("`= a\n`= b\n", "p value(a @1:4-5)= b"),
  ])
  func places(text: String, expected: String) {
    let result = read(text)
    #expect(result.diagnostics == "")
    #expect(outline(result.document.blocks) == expected)
  }

  @Test func substitutionByCodeSpansLeavesTheRestAlone() {
    let text = "# é `= a`\n\n- x ``= b`` y `= c`\n\n| `= d` |\n|---|\n"
    let document = read(text).document
    var lines = document.source.lines.map { Array($0.unicodeScalars) }
    for expression in document.inlineExpressions.reversed() {
      let span = expression.codeSpan
      #expect(covered(expression.span) == expression.text)
      lines[span.start.line - 1].replaceSubrange((span.start.column - 1)..<(span.end.column - 1), with: ["#"])
    }
    let twin = lines.map { String(String.UnicodeScalarView($0)) + "\n" }.joined()
    #expect(twin == "# é #\n\n- x # y #\n\n| # |\n|---|\n")
  }

  @Test func everyValueIsFoundInTheOrderOfTheFile() {
    let words = (0..<500).map { index in
      ["`= v\(index)`", "`code \(index)`", "*`= v\(index)`*", "``= v\(index) ` x``", "\\`", "<b>"][index % 6]
    }
    let text = words.enumerated().map { $1 + ($0 % 7 == 0 ? "\n" : " ") }.joined()
    let found = read(text).document.inlineExpressions
    #expect(found.count == 250)
    for expression in found { #expect(covered(expression.span) == expression.text) }
    #expect(found.map(\.span.start) == found.map(\.span.start).sorted())
  }

  @Test func partOfAnExpressionOverTwoLines() throws {
    let document = read("> `= mean(a.b)\n>   / x`\n").document
    let expression = try #require(document.inlineExpressions.first)
    #expect(expression.text == "mean(a.b) / x")
    #expect(place(expression.part(offset: 5, length: 3)) == "1:11-14")
    #expect(place(expression.part(offset: 10, length: 3)) == "2:5-8")
  }
}
