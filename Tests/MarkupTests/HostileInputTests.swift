import Diagnostics
import Markup
import Testing

@Suite struct HostileInputTests {
  @Test func aliasBombEndsAtItsFirstAnchor() {
    var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for level in 1..<30 {
      let refs = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      lines.append("a\(level): &a\(level) [\(refs)]")
    }
    let result = readYAML("```claim x\n\(lines.joined(separator: "\n"))\n```\n")
    #expect(result.tree == nil)
    #expect(
      result.diagnostics == """
        a.md:2:5: error: anchors are not part of the study language [yaml-alias]
            2 | a0: &a0 [x, x, x, x, x, x, x, x, x]
              |     ^~~
           fix: repeat the value
        """)
  }

  @Test func yamlNesting() {
    let open = String(repeating: "[", count: 64)
    let close = String(repeating: "]", count: 64)
    #expect(readYAML("```claim x\n\(open)\(close)\n```\n").diagnostics == "")
    #expect(
      readYAML("```claim x\n\(open)[]\(close)\n```\n").diagnostics == """
        a.md:2:65: error: maps and lists are nested more than 64 levels deep [too-deep]
            2 | \(open)[]\(close)
              | \(String(repeating: " ", count: 64))^
        """)
    for deep in ["[", "- ", "? ", "{a: "] {
      let result = readYAML("```claim x\n\(String(repeating: deep, count: 100_000))\n```\n")
      #expect(result.tree == nil && !result.diagnostics.isEmpty)
    }
  }

  @Test func markdownNesting() {
    let most = read(String(repeating: ">", count: 64) + " a\n")
    #expect(most.diagnostics == "")
    let quotes = String(repeating: ">", count: 100_000)
    #expect(
      read("\(quotes) a\n").diagnostics == """
        a.md:1:65: error: lists and quotes are nested more than 64 levels deep [too-deep]
            1 | \(quotes.prefix(160))…
              | \(String(repeating: " ", count: 64))^
        """)
    let lists = read(String(repeating: "1. ", count: 20_000) + "a\n")
    #expect(lists.diagnostics.hasPrefix("a.md:1:193: error: lists and quotes are nested more than 64"))
  }

  @Test func inlineNesting() {
    for (open, close) in [("*a **b ", " b** a*"), ("![", "](x)")] {
      let text = String(repeating: open, count: 40_000) + "x" + String(repeating: close, count: 40_000)
      let result = read("ok\n\n" + text + "\n")
      #expect(
        result.diagnostics.hasPrefix(
          "a.md:3:1: error: emphasis and links are nested more than 64 levels deep"))
    }
  }

  @Test func nulBytes() {
    #expect(
      readYAML("> ```claim x\n> é: a\0b\n> ```\n").diagnostics == """
        a.md:2:7: error: the character U+0000 cannot stand in YAML [yaml-syntax]
            2 | > é: a·b
              |       ^
           fix: remove it
        """)
    #expect(outline(read("a\0`= \0`\n").document.blocks) == "p a\u{FFFD}value(\u{FFFD} @1:6-7)")
  }

  @Test func manyMistakesAreCut() {
    var log = DiagnosticLog()
    let text = "---\n{\(String(repeating: "a: 1, ", count: 20_000))}\n---\n"
    let document = MarkdownReader.read(SourceText(path: "a.md", text: text), log: &log)
    _ = document.frontMatter.flatMap { YAMLReader.read($0, log: &log) }
    #expect(log.hasErrors && log.sorted.count == DiagnosticLog.capacity)
  }
}
