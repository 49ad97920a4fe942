import Diagnostics
import Markup
import Testing

@Suite struct FootnoteTests {
  private func shown(_ text: String) -> String { outline(read(text).document.blocks) }

  @Test func areNumberedAsTheTextRefersToThem() {
    #expect(
      shown("a[^z] *b[^y]* c[^z]\n\n[^y]: Y\n[^z]: https://example.org\n")
        == "p anote1.1 em(bnote2.1) cnote1.2\nnote2 Y\nnote1 https://example.org")
  }

  @Test func mayInterruptAParagraphAndReferToOthers() {
    #expect(shown("a[^x]\n[^x]: see[^y]\n[^y]: *b*\nc\n") == "p anote1.1\nnote1 seenote2.1\nnote2 em(b)⏎c")
  }

  @Test func whatNothingDefinesStaysText() {
    #expect(shown("a[^z]\n") == "p a[^z]")
  }

  @Test func codeIsNoDefinition() {
    #expect(
      shown("```\n[^a]: b\n```\n\n`x\n[^a]: b`\n") == "code() \"[^a]: b\\n\"\np code(x [^a]: b)")
  }

  @Test func aSecondDefinitionStaysText() {
    #expect(shown("[^a]: b\n[^a]: c\n") == "p note1.1: c\nnote1 b")
  }

  @Test func valuesInANoteAreFoundInTheFile() {
    var log = DiagnosticLog()
    let text = "a[^n] `= x`\n\n[^n]: see `= y.z` there\n"
    let document = MarkdownReader.read(SourceText(path: "a.md", text: text), log: &log)
    #expect(document.inlineExpressions.map(\.text) == ["x", "y.z"])
    #expect(document.inlineExpressions[1].span.start == SourcePosition(line: 3, column: 14))
  }

  @Test func linksWithoutWordsKnowTheirPlace() {
    var log = DiagnosticLog()
    let text = "a [](#first) b [words](#other)\n\nand *[](#second)*, [](#first)\n"
    let document = MarkdownReader.read(SourceText(path: "a.md", text: text), log: &log)
    #expect(document.wordlessLinks.map(\.name) == ["first", "second", "first"])
    #expect(
      document.wordlessLinks.map(\.span.start) == [
        SourcePosition(line: 1, column: 6), SourcePosition(line: 3, column: 9),
        SourcePosition(line: 3, column: 23),
      ])
  }
}
