import Driver
import Foundation
import GRDB
import Testing

/// `plan`, `verify`, `gc`, `export` and the events of `build --json`.
@Suite struct EngineCommandTests {
  let project: Project
  let tool: Tool

  init() throws {
    project = try Project()
    tool = Tool(folder: project.folder)
    try project.write(try Project.fixture("iris.md"), to: "studies/iris.md")
  }

  private func edit(_ sql: String) throws {
    try DatabaseQueue(path: "\(project.folder)/.assay/store.sqlite").write { try $0.execute(sql: sql) }
  }

  @Test func aPlanForecastsFromWhatTrialsHaveCost() throws {
    let unknown = try tool.run("plan", "--workers", "2").output
    #expect(
      unknown.contains("in all: at most 114 trials; their time is not known: none of their kind has run"))
    try project.build()
    #expect(try tool.run("plan").output.hasSuffix("in all: nothing\n"))
    // Every trial took ten seconds.
    try edit("UPDATE cost SET cpu = 5.0 * trials, wall = 10.0 * trials, bytes = 2048 * trials")
    let widened = try Project.fixture("iris.md").replacing("1000 .. 1004", with: "1000 .. 1005")
    try project.write(widened, to: "studies/iris.md")
    let plan = try tool.run("plan", "--workers", "2").output
    #expect(plan.contains("to run: at most 6 trials; about 30 s of CPU time, 12 KiB of disk"))
    let misses = try tool.run("why", "--trials").output.components(separatedBy: "  miss ").count - 1
    #expect(
      plan.hasSuffix(
        "in all: at most \(misses) trials; about \(5 * misses) s on 2 workers, \(2 * misses) KiB of disk\n"))
  }

  @Test func verificationComparesBits() throws {
    #expect(try tool.run("verify").status == 2)
    let built = try project.build().trialsRun
    let same = try tool.run("verify", "--trials", "12", "--workers", "1")
    #expect(same.status == 0, "\(same.errors)")
    #expect(same.output == "12 of 12 trials gave the same bits, of \(built) in the store\n")
    // One bit of one measure of every trial.
    try edit(
      """
      UPDATE trial SET outcome = json_set(outcome, '$.measures.nll', json_extract(outcome, '$.measures.nll') * 2)
      """)
    let different = try tool.run("verify", "--trials", "3", "--seed", "1")
    #expect(different.status == 1)
    #expect(different.output.contains(" differs: nll is "))
    #expect(different.output.hasSuffix("0 of 3 trials gave the same bits, of \(built) in the store\n"))
    // The seed chooses the trials.
    func chosen(_ seed: String) throws -> [Substring] {
      try tool.run("verify", "--trials", "3", "--seed", seed).output.split(separator: "\n").dropLast()
        .map { $0.prefix(18) }
    }
    #expect(try chosen("1") == chosen("1"))
    #expect(try chosen("1") != chosen("2"))
  }

  @Test func onlyWhatNoStudyRefersToIsFreed() throws {
    try project.build()
    try project.build(profile: "quick")
    let ledger = project.read("studies/iris.ledger")
    let none = try tool.run("gc")
    #expect(none.output.hasPrefix("freed 0 trials"), "\(none.output)\(none.errors)")
    // Other settings: all tuning trials of before are referred to no more.
    let text = try Project.fixture("iris.md").replacing("epochs: 3", with: "epochs: 2")
    try project.write(text, to: "studies/iris.md")
    let before = try tool.run("gc", "--dry-run").output
    #expect(before.hasPrefix("would free ") && before.contains(" that none of 1 study refers to"))
    #expect(try tool.run("why").output.contains("0 of 32 tuning trials"))
    let freed = try tool.run("gc").output
    #expect(freed == before.replacing("would free", with: "freed"))
    #expect(try tool.run("gc").output.hasPrefix("freed 0 trials"))
    #expect(project.read("studies/iris.ledger") == ledger)
    #expect(try project.build().status == .complete)
    // A study that cannot be read may refer to anything.
    try project.write("no study", to: "studies/broken.md")
    let refused = try tool.run("gc")
    #expect(refused.status == 2 && refused.errors.contains("nothing was freed"))
  }

  @Test func checkpointsAndProgramsThatNobodyNeedsAreFreed() throws {
    try project.build()
    let stored = try DatabaseQueue(path: "\(project.folder)/.assay/store.sqlite").read {
      try String.fetchAll($0, sql: "SELECT lower(hex(key)) FROM trial ORDER BY id")
    }
    // The last trial is still to run; of the first a state was left behind, and of one that no study has.
    try edit("DELETE FROM trial WHERE id = (SELECT max(id) FROM trial)")
    let wanted = stored[stored.count - 1]
    for key in [wanted, stored[0], String(repeating: "ab", count: 32)] {
      try project.write("state", to: ".assay/checkpoints/\(key)/state")
    }
    try project.write("made", to: ".assay/programs/\(String(repeating: "cd", count: 32))/a.out")
    let before = try tool.run("gc", "--dry-run").output
    #expect(before.contains("would free 2 checkpoints (1 KiB)\nwould free 1 program (1 KiB)\n"), "\(before)")
    #expect(project.read(".assay/checkpoints/\(stored[0])/state") == "state")
    #expect(try tool.run("gc").output == before.replacing("would free", with: "freed"))
    let folder = "\(project.folder)/.assay"
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/checkpoints") == [wanted])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/programs") == [])
  }

  @Test func aSearchThatStoppedHalfWayKeepsItsTrials() throws {
    try project.build()
    try edit("DELETE FROM trial WHERE id = 2")
    let kept = try tool.run("gc", "--dry-run").output
    #expect(kept.contains("kept all trials of classifier: some searches with it have stopped half-way"))
    #expect(kept.hasPrefix("would free 0 trials"))
  }

  @Test func tablesAreExportedAsJSONLines() throws {
    try project.build()
    let lines = try tool.run("export", "studies/iris.md", "tuned", "--format", "jsonl").output
      .split(separator: "\n")
    #expect(lines.count == 20)
    for line in lines {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      let row = try #require(object)
      #expect(row["model"] is String && (row["seed"] as? Int ?? 0) >= 1000)
      #expect((row["trial"] as? String)?.count == 12)
    }
    #expect(try tool.run("export", "studies/iris.md", "tuned", "--format", "parquet").status != 0)
  }

  @Test func eventsAreOneObjectALine() throws {
    let run = try tool.run("build", "--json", "--workers", "1")
    #expect(run.status == 0 && run.errors.isEmpty)
    let events = try run.output.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    let kinds = events.map { $0["event"] as? String ?? "" }
    #expect(kinds.first == "started" && kinds.last == "ended")
    let ran = kinds.count { $0 == "trial" }
    #expect(kinds.count { $0 == "report" } == 1)
    #expect(events.last?["status"] as? String == "complete" && events.last?["trials-run"] as? Int == ran)
    #expect(ran > 80)
    let closed = events.filter { $0["event"] as? String == "progress" && $0["is-closed"] as? Bool == true }
    #expect(Set(closed.compactMap { $0["experiment"] as? String }) == ["tuned", "leaky"])
    let again = try tool.run("build", "--json").output.split(separator: "\n")
    #expect(again.count == 2 && again[1].contains("\"up-to-date\":1"))
    #expect(try tool.run("build", "--json", "--quiet").status != 0)
  }

  @Test func plainProgressSaysHowEachExperimentEnded() throws {
    let run = try tool.run("build", "--workers", "1")
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("iris/tuned: 62 trials, "))
    #expect(run.errors.contains(", best accuracy "))
    #expect(run.errors.contains("output/iris.html written\n"))
    #expect(run.errors.hasSuffix(" trials ran, 1 study in profile full\n"))
  }

  @Test func whatIsCurrentIsLeftAlone() throws {
    #expect(try tool.run("build").status == 0)
    let again = try tool.run("build")
    #expect(again.errors == "0 trials ran, 1 study in profile full, 1 up to date\n")
    // A report that was changed or removed is made again, and so is one whose store is another.
    try project.write("something else", to: "output/iris.md")
    #expect(try tool.run("build").errors.contains("output/iris.html unchanged"))
    try project.remove("output/iris.html")
    #expect(try tool.run("build").errors.contains("output/iris.html written"))
    try project.remove(".assay")
    #expect(try tool.run("build").errors.hasSuffix(" trials ran, 1 study in profile full\n"))
  }
}
