import Driver
import Foundation
import GRDB
import Testing

/// What a trial's key holds: real changes miss and `assay why` names them, cosmetic ones hit.
@Suite struct CacheKeyTests {
  let project: Project
  let tool: Tool
  let study: String
  let trialCount: Int

  init() throws {
    project = try Project()
    tool = Tool(folder: project.folder)
    study = try Project.fixture("iris.md")
    try project.write(study, to: "studies/iris.md")
    trialCount = try project.build().trialsRun
  }

  private func why(_ text: String) throws -> String {
    try project.write(text, to: "studies/iris.md")
    let run = try tool.run("why", "studies/iris.md")
    #expect(run.status == 0, "\(run.errors)")
    return run.output
  }

  @Test func cosmeticEditsHit() throws {
    let allHits = try why(study)
    let lines = allHits.split(separator: "\n").dropFirst()
    #expect(lines.count == 4)
    for line in lines {
      let words = line.split(separator: " ")
      #expect(words.count > 3 && words[1] == words[3] && line.hasSuffix(" trials in the store"))
    }
    let edits: [(String, String)] = [
      ("The tuned models reach", "We find that tuned models reach"),
      ("protocol: tuning-evaluation", "protocol:   tuning-evaluation   # honest"),
      ("  trials: 4\n  seeds: 0 .. 1\n", "  seeds: 0 .. 1\n\n  trials: 4\n"),
      ("measure: [accuracy, nll]", "measure:\n  - accuracy\n  - nll"),
      ("with: {epochs: 3}", "with:\n  epochs: 3"),
      ("{fit: part 1-3 of 5, score: part 4 of 5}", "{score: part 4 of 5, fit: part 1+2+3 of 5}"),
      ("title: A small study of iris", "title: Another title"),
      ("learning-rate: 1e-3 .. 1 log", "learning-rate: 0.001 .. 1.0 log"),
      ("seeds: 1000 .. 1004", "seeds: [1004, 1003, 1002, 1001, 1000]"),
    ]
    for (old, new) in edits {
      #expect(study.contains(old))
      #expect(try why(study.replacing(old, with: new)) == allHits, "\(new)")
    }
  }

  @Test func realChangesMissAndAreNamed() throws {
    let edits: [(String, String, String)] = [
      (
        "epochs: 3", "epochs: 4",
        "with.epochs, and the searched values differ, e.g. with.epochs 4 where the store has 3"
      ),
      (
        "width: 4", "width: 5",
        "with.model.width, and the searched values differ, e.g. with.model.width 5 where the store has 4"
      ),
      ("[accuracy, nll]", "[accuracy]", "the measures, and the searched values differ"),
      ("1e-3 .. 1 log", "1e-3 .. 2 log", "with.learning-rate differs, e.g. "),
      ("data: iris", "data: wine", "the content of the data, and the searched values differ"),
      (
        "part 1-3 of 5, score: part 4", "part 1-2 of 5, score: part 4",
        "the fit rows differ, e.g. part 1+2 of 5 where the store has part 1+2+3 of 5"
      ),
      ("seeds: 0 .. 1\n", "seeds: 0 .. 2\n", "seed differs, e.g. tuning 2 where the store has tuning"),
      ("1000 .. 1004", "1000 .. 1006", "seed differs, e.g. evaluation 1005 where the store has"),
    ]
    for (old, new, expected) in edits {
      let output = try why(study.replacing(old, with: new))
      let isNamed = output.contains("miss: \(expected)")
      #expect(isNamed, "\(new): \(output)")
    }
  }

  @Test func everyTrialCanBeListed() throws {
    try project.write(study.replacing("1000 .. 1004", with: "1000 .. 1005"), to: "studies/iris.md")
    let lines = try tool.run("why", "--trials").output.split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("  hit  ") } == trialCount)
    let misses = lines.filter { $0.hasPrefix("  miss ") }
    #expect(misses.count > 2)
    #expect(misses.allSatisfy { $0.hasSuffix("evaluation seed 1005: seed differs") })
  }

  @Test func otherRevisionsAndNumericsAreNamed() throws {
    func pretend(_ old: String, _ new: String) throws {
      try DatabaseQueue(path: "\(project.folder)/.assay/store.sqlite").write { db in
        try db.execute(
          sql: "UPDATE trial SET specification = replace(specification, ?, ?), key = randomblob(32)",
          arguments: [old, new])
      }
    }
    let revision = try #require(
      try DatabaseQueue(path: "\(project.folder)/.assay/store.sqlite").read { db in
        try String.fetchOne(
          db,
          sql: """
            SELECT value FROM trial, json_each(specification, '$.revisions')
            WHERE value LIKE 'procedure classifier %' LIMIT 1
            """)
      })
    try pretend(revision, "procedure classifier 0")
    let other = try why(study)
    #expect(
      other.contains(
        "32 tuning trials miss: the revision of procedure differs, "
          + "e.g. \(revision) where the store has procedure classifier 0"))
    try pretend("procedure classifier 0", revision)
    try pretend(numericsDescription(), "other")
    let numerics = try why(study)
    #expect(numerics.contains("the numerics differ, e.g. \(numericsDescription()) where the store has other"))
  }

  @Test func anEditedDataFileMisses() throws {
    let own = """
      ---
      title: Own data
      data: {mine: {file: own.csv, target: y, kind: classification}}
      ---

      ```experiment e
      protocol: sweep
      procedure: classifier
      data: mine
      with: {epochs: 1}
      evaluate: {data: {fit: part 1-2 of 3, score: part 3 of 3}, seeds: 0 .. 1}
      measure: accuracy
      ```
      """
    let rows = (0..<40).map { "\($0 % 7),\($0),\($0 % 2)\n" }.joined()
    try project.write("a,b,y\n" + rows, to: "studies/own.csv")
    try project.write(own, to: "studies/own.md")
    try project.build("studies/own.md")
    // The path is no part of the key, the bytes are.
    try project.write("a,b,y\n" + rows, to: "studies/moved.csv")
    try project.write(own.replacing("own.csv", with: "moved.csv"), to: "studies/own.md")
    #expect(try tool.run("why", "studies/own.md").output.contains("2 of 2 evaluation trials in the store"))
    try project.write("a,b,y\n" + rows + "1,2,1\n", to: "studies/moved.csv")
    let changed = try tool.run("why", "studies/own.md").output
    #expect(changed.contains("2 evaluation trials miss: the content of the data differs"))
  }

  @Test func anEmptyStoreIsSaidToBeOne() throws {
    try project.remove(".assay")
    #expect(try why(study).contains("there is no store yet"))
  }
}
