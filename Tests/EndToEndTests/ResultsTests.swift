import Driver
import Foundation
import Testing

/// Runs made elsewhere, from the file to the report; and strict builds.
@Suite struct ResultsTests {
  let project: Project
  static let study = """
    ---
    title: Runs of another tool
    ---

    Method a reaches `= mean(runs.score where method = a)`, and once `= mean(runs.score where method = b and seed = 0)`.

    ```results runs
    file: runs/all.csv
    factors: method
    measure: score
    ```

    ```table scores
    from: runs
    rows: method
    columns: [score]
    ```

    ```claim better
    that: mean(runs.score where method = b) - mean(runs.score where method = a) > 0
    expect: supported
    ```

    ```claim many
    that: count(runs.score) > 100
    role: precondition
    ```
    """

  init() throws {
    project = try Project()
    try project.write(Self.study, to: "studies/own.md")
    var rows = "method,seed,score,note\n"
    for seed in 0..<6 {
      rows += "a,\(seed),0.5\(seed),x\nb,\(seed),\(seed == 5 ? "" : "0.6\(7 * seed % 6)"),\n"
    }
    try project.write(rows, to: "studies/runs/all.csv")
  }

  @Test(arguments: ["full", "quick"]) func aStudyOfResultsAloneIsReported(_ profile: String) throws {
    let summary = try project.build(profile: profile)
    #expect(summary.status == .complete && summary.trialsRun == 0)
    let page = try #require(project.output()["own.html"])
    let twin = try #require(project.output()["own.md"])
    for text in [page, twin] {
      #expect(text.contains("external"))
      #expect(text.contains("12 runs of the file runs/all.csv"))
      #expect(text.contains("whether a claim on them was made before they were seen cannot be known"))
      #expect(text.contains("1 of 6 rows without a value"))
      #expect(text.contains("single seed"), "a single run must say so")
      // What is behind a number: its rows, those without a value first, with their line in the file.
      #expect(text.contains("line 2"))
      #expect(text.contains("runs.score: 6 rows, mean 0.5250, sd"))
    }
    #expect(project.read("studies/own.ledger") == nil, "nothing was opened here, so there is no look")
    let index = try #require(project.output()["index.md"])
    #expect(index.contains("12 external runs"))
  }

  @Test func whatAFileLacksIsNamed() throws {
    try project.build()
    #expect(project.output()["own.md"]?.contains("1: score of method = b, seed = 5") == true)
    #expect(project.output()["own.md"]?.contains("Missing runs") == false)
    // A third method gives most methods the seed that one lacks.
    let file = try #require(project.read("studies/runs/all.csv"))
    let third = (0..<6).map { "c,\($0),0.7\($0),\n" }.joined()
    try project.write(file.replacing("a,3,0.53,x\n", with: "") + third, to: "studies/runs/all.csv")
    try project.build()
    let twin = try #require(project.output()["own.md"])
    #expect(
      twin.contains("17 runs of the file runs/all.csv, 1 measure without a value, 1 run missing"), "\(twin)")
    #expect(twin.contains("1: method = a, seed = 3"), "\(twin)")
  }

  @Test func aChangedFileChangesTheReportAndItsDigest() throws {
    try project.build()
    let before = project.output()
    try project.build()
    #expect(project.changes(since: before) == [])
    let file = try #require(project.read("studies/runs/all.csv"))
    try project.write(file.replacing("a,0,0.50", with: "a,0,0.51"), to: "studies/runs/all.csv")
    try project.build()
    func digest(_ text: String?) -> Substring? {
      text?.split(separator: "\n").last { $0.contains("Result digest") }
    }
    #expect(digest(project.output()["own.md"]) != digest(before["own.md"]))
  }

  @Test func aStrictBuildNamesWhatItDoesNotLetPass() throws {
    let tool = Tool(folder: project.folder)
    #expect(try tool.run("build", "--quiet").status == 0)
    let strict = try tool.run("build", "--quiet", "--strict")
    #expect(strict.status == 1)
    let lines = strict.errors.split(separator: "\n")
    #expect(
      lines == [
        "studies/own.md: the precondition 'many' is refuted",
        "studies/own.md: the value 'mean(runs.score where method = b and seed = 0)' shows an interval that is unreliable: too few runs",
      ])
    try project.write(
      Self.study.replacing("expect: supported", with: "expect: refuted")
        .replacing("> 100", with: "> 1").replacing("and seed = 0", with: "and seed >= 0"),
      to: "studies/own.md")
    let unexpected = try tool.run("build", "--quiet", "--strict")
    #expect(unexpected.status == 1)
    #expect(
      unexpected.errors == "studies/own.md: the claim 'better' is supported, and was expected refuted\n")
    try project.write(
      Self.study.replacing("> 100", with: "> 1").replacing("and seed = 0", with: "and seed >= 0"),
      to: "studies/own.md")
    #expect(try tool.run("build", "--quiet", "--strict").status == 0)
  }

  @Test func everyNumberIsGivenToPrograms() throws {
    let chart = "```chart by-seed\nfrom: runs\nmark: line\nx: seed\ny: score\nunit: [method]\n```\n"
    try project.write(Self.study + "\n\n" + chart, to: "studies/own.md")
    #expect(try Tool(folder: project.folder).run("build", "--quiet", "--format", "json").status == 0)
    let text = try #require(project.read("output/own.json"))
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let values = try #require(json["values"] as? [[String: Any]])
    let first = try #require(values[0]["estimate"] as? [String: Any])
    let value = try #require(first["value"] as? Double)
    #expect(abs(value - 0.525) < 1e-12 && first["n"] as? Int == 6)
    #expect((first["interval"] as? [Double])?.count == 2 && first["flags"] as? [String] != [])
    let claims = try #require(json["claims"] as? [[String: Any]])
    #expect(claims.map { $0["verdict"] as? String } == ["supported", "refuted"])
    let tables = try #require(json["tables"] as? [[String: Any]])
    #expect((tables[0]["rows"] as? [[String: Any]])?.count == 2)
    let charts = try #require(json["charts"] as? [[String: Any]])
    let rows = try #require(charts[0]["rows"] as? [[Any]])
    #expect(charts[0]["headers"] as? [String] == ["seed", "score", "n"] && rows.count == 6)
    #expect(rows[2][0] as? Double == 2 && rows[2][2] as? Double == 2)
    let estimate = try #require(rows[2][1] as? [String: Any])
    #expect((estimate["value"] as? Double).map { abs($0 - 0.57) < 1e-12 } == true, "\(rows)")
    #expect((estimate["interval"] as? [Any])?.count == 2)
  }

  @Test func exportAndPlanKnowThem() throws {
    let tool = Tool(folder: project.folder)
    let lines = try tool.run("export", "studies/own.md", "runs").output.split(separator: "\n")
    #expect(lines[0] == "method,seed,score,line" && lines[1] == "a,0,0.5,2" && lines.count == 13)
    #expect(try tool.run("plan").output.contains("runs, external: 12 runs of runs/all.csv"))
    let wrong = try tool.run("export", "studies/own.md", "rums")
    #expect(wrong.status == 2 && wrong.errors.contains("write 'runs'"))
  }

  @Test func aChangedClaimStaysInTheFamily() throws {
    let study = try Project.fixture("iris.md")
    try project.write(study, to: "studies/own.md")
    try project.build()
    let before = try #require(project.output()["own.md"])
    #expect(before.contains("2 hypotheses, Holm"))
    try project.write(
      study.replacing("mean(tuned.accuracy) > 0.4", with: "mean(tuned.accuracy) > 0.3"), to: "studies/own.md")
    try project.build()
    let after = try #require(project.output()["own.md"])
    #expect(after.contains("3 hypotheses, 1 of them changed or withdrawn, Holm"))
    #expect(after.contains("At look 1 it said"))
    // In a table's cell the twin escapes what Markdown would read as a sign of its own.
    #expect(after.replacing("\\", with: "").contains("mean(tuned.accuracy) > 0.4"))
  }
}
