import Diagnostics
import Markup
import Reports
import Testing

@Suite struct MarkdownTwinTests {
  private func twin(_ study: String, change: (inout Report) -> Void = { _ in }) throws -> String {
    var report = SampleReport.make()
    report.document = SampleReport.read(study)
    report.values = report.document.inlineExpressions.reduce(into: [:]) {
      $0[$1] = ValueView(text: "4.2 |", evidence: "n = 3", marks: [])
    }
    change(&report)
    let text = try TestTemplates.renderer().markdown(report, svgFolder: "flattery").text
    let start = try #require(
      text.range(of: "not evaluated |\n\n") ?? text.range(of: "#how-this-was-measured)\n\n"))
    let end = try #require(text.range(of: "\n\n---\n\n<a id=\"how-this-was-measured\">"))
    return String(text[start.upperBound..<end.lowerBound])
  }

  @Test func blocksAndValuesAreReplacedWhereTheyStand() throws {
    let study = """
      ---
      title: T
      ---

      # Does tuning where you evaluate flatter a learner?

      It is `= mean(a.b)`, and `= max(a.b)
      as percent` at *most*; `code` stays.
      ```experiment honest
      protocol: x
      ```
      Text behind.

      > ```claim holds-for-trees
      > that: a > 0
      > ```

      - one

        ```table later
        rows: [a]
        ```

      | a | `= min(a.b)` |
      |---|--:|
      | 1 | 2 |
      """ + "\n"
    let expected = """
      It is [4.2 \\|](#value-1), and [4.2 \\|](#value-2) at *most*; `code` stays.

      <a id="honest"></a>

      *Experiment **honest** (tuning-evaluation): 14,400 evaluation trials and 92,160 tuning trials; \
      3 diverged. [How it was measured](#protocol-honest).*

      Text behind.

      > <a id="holds-for-trees"></a>
      >
      > ○ **not evaluated** · **Claim 1. The same holds for trees**
      >
      > The quick profile lacks the cells this claim compares.
      >
      > `mean(conventional.accuracy) - mean(honest.accuracy) > 0`

      - one

        <a id="later"></a>

        > ⚠ The table **later** is not shown: it has no results.

      | a | [4.2 \\|](#value-3) |
      |---|--:|
      | 1 | 2 |
      """
    #expect(try twin(study) == expected)
  }

  @Test func tablesShowIntervalsNotesAndGrounds() throws {
    let shown = try twin("```table t\nx: y\n```\n") { report in
      report.blocks = [
        "t": .table(
          TableView(
            name: "t", caption: "A [caption]", headers: ["arm|s", "score"], rowHeaderCount: 1,
            rows: [
              [SampleReport.label("a\nb"), SampleReport.cell("0.9", "[0.8, 1.0]", "n = 3")],
              [SampleReport.label("*c*")],
            ], notes: ["leaky"]))
      ]
    }
    let expected = """
      <a id="t"></a>

      **Table 1.** A \\[caption\\]

      | arm\\|s | score |
      | --- | ---: |
      | a b | 0.9 \\[0.8, 1.0\\] |
      | \\*c\\* |  |

      - *leaky*

      <details><summary>What the cells rest on</summary>

      - n = 3

      </details>
      """
    #expect(shown == expected)
  }

  @Test func picturesAreFilesBesideTheText() throws {
    let (text, files) = try TestTemplates.renderer().markdown(SampleReport.make(), svgFolder: "a folder/é")
    #expect(files.map(\.name) == ["by-trials.svg", "by-size.svg"])
    #expect(files.allSatisfy { $0.svg.hasPrefix("<svg") && $0.svg.hasSuffix("</svg>") })
    let picture = "![Line chart: flattery rises from 0.014 at 4 configurations to 0.074 at 64.]"
    #expect(text.contains(picture + "(a%20folder/%C3%A9/by-trials.svg)\n\n**Figure 1.** Flattery against"))
  }

  @Test func headNamesPaperProfileAndVerdicts() throws {
    let text = try TestTemplates.renderer().markdown(
      SampleReport.make(profile: "quick", warnings: ["Two trials failed."]), svgFolder: "f"
    ).text
    let head = """
      # Does tuning where you evaluate flatter a learner?

      Tests Cha & Cho 2024, arXiv 2403.09066

      **quick profile, not final** · `studies/tuning/flattery.md` · [How this was measured](#how-this-was-measured)

      > **Before you rely on this report**
      >
      > - Two trials failed.

      | Claim | Verdict |
      | --- | --- |
      | [Tuning on the evaluation rows flatters](#flattered) | ✓ supported so far (quick profile) |
      """
    #expect(text.hasPrefix(head))
    #expect(!text.contains("\n\n\n"))
    #expect(!text.contains("title: Does tuning"))
  }

  @Test func codeOfTheAuthorStaysAsItIs() throws {
    let study =
      "Use `a<b>` and `` `<i>` ``.\n\n```text\n<script>\n```\n\n    <indented>\n\n<https://example.org> a < b\n"
    #expect(try twin(study) == study.dropLast())
  }

  @Test func aNumberLeadsToTheRowsBehindIt() throws {
    let text = try TestTemplates.renderer().markdown(SampleReport.make(), svgFolder: "").text
    #expect(text.contains("](#value-1)"))
    #expect(text.contains("| <a id=\"value-1\"></a>"))
    #expect(text.contains("honest.accuracy: 150 rows, mean 0.9, sd 0.02"))
    #expect(text.contains("| 1000 | none | trial 0a1b2c |"))
  }

  @Test func aNumberInALinkIsNoLinkItself() throws {
    let text = try twin("See [about `= x`](#t) and `= y`.\n")
    #expect(text.contains("See [about 4.2 \\|](#t) and [4.2 \\|](#value-2)."), "\(text)")
  }
}
