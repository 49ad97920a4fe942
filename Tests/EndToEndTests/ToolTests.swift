import Driver
import Foundation
import Testing

/// The commands and their exit codes, with the real executable and real worker processes.
@Suite struct ToolTests {
  let project: Project
  let tool: Tool

  init() throws {
    project = try Project()
    tool = Tool(folder: project.folder)
  }

  @Test func aNewStudyBuilds() throws {
    let made = try tool.run("new", "studies/first-try.md")
    #expect(made.status == 0, "\(made.errors)")
    #expect(try tool.run("new", "studies/first-try.md").status == 2)
    #expect(try tool.run("check", "studies").status == 0)
    let plan = try tool.run("plan", "studies/first-try.md", "--profile", "quick")
    #expect(plan.output.contains("tuned, tuning-evaluation: 2 cells"))
    let build = try tool.run("build", "studies/first-try.md", "--profile", "quick")
    #expect(build.status == 0, "\(build.errors)")
    #expect(project.read("output/quick/first-try.html") != nil)
  }

  @Test func whateverTheWorkersTheReportHasTheSameBytes() throws {
    try project.write(try Project.fixture("iris.md"), to: "studies/iris.md")
    var outputs: [[String: String]] = []
    for workers in ["0", "1", "2"] {
      let run = try tool.run("build", "--workers", workers, "--store", "store-\(workers)", "--quiet")
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.isEmpty && run.errors.isEmpty)
      outputs.append(project.output())
    }
    #expect(project.changes(since: outputs[0]) == [] && project.changes(since: outputs[1]) == [])
  }

  @Test func exportShowsWhatTheReportRestsOn() throws {
    try project.write(try Project.fixture("iris.md"), to: "studies/iris.md")
    #expect(try tool.run("export", "studies/iris.md", "tuned").status == 2)
    #expect(try tool.run("build", "--quiet").status == 0)
    let table = try tool.run("export", "studies/iris.md", "tuned")
    let lines = table.output.split(separator: "\n")
    #expect(
      lines[0]
        == "model,learning-rate,search,seed,accuracy,nll,tuning-score,optimism,fit-rows,score-rows,examples,flops,trial"
    )
    #expect(lines.count == 1 + 2 * 2 * 5)
    #expect(
      try tool.run("export", "studies/iris.md", "tuned.tuning").output.split(separator: "\n").count == 1 + 2
        * 2 * 4 * 2)
    let wrong = try tool.run("export", "studies/iris.md", "tunde")
    #expect(wrong.status == 2 && wrong.errors.contains("write 'tuned'"))
  }

  @Test func exitCodesTellWhoseFaultItIs() throws {
    try project.write("# Nothing here\n", to: "studies/empty.md")
    let mistaken = try tool.run("build")
    #expect(mistaken.status == 2)
    #expect(
      mistaken.errors.contains(
        "studies/empty.md:1:1: error: the study has no front matter [missing-front-matter]"))
    try project.write(try Project.fixture("iris.md"), to: "studies/empty.md")
    try project.write("a file, not a folder", to: "blocked")
    #expect(try tool.run("build", "--store", "blocked/store.sqlite").status == 3)
    #expect(try tool.run("build", "studies/nowhere.md").status == 2)
    #expect(try tool.run("show", "abc").status == 2)
  }

  @Test func aKilledBuildGoesOnWhereItStopped() throws {
    let study = try Project.fixture("iris.md").replacing("epochs: 3", with: "epochs: 400")
    try project.write(study, to: "studies/iris.md")
    try project.write(study, to: "calm/studies/iris.md")
    let calm = Tool(folder: project.folder + "/calm")
    #expect(try calm.run("build", "--quiet").status == 0)
    let undisturbed = try #require(project.read("calm/output/iris.html"))

    var kills = 0
    for delay in [0.15, 0.3, 0.5] {
      let (process, _, _) = try tool.start(["build", "--quiet"])
      Thread.sleep(forTimeInterval: delay)
      if process.isRunning {
        kill(process.processIdentifier, SIGKILL)
        kills += 1
      }
      process.waitUntilExit()
    }
    #expect(kills > 0, "no build ran long enough to be killed")
    let last = try tool.run("build")
    #expect(last.status == 0, "\(last.errors)")
    let isSame = project.read("output/iris.html") == undisturbed
    #expect(isSame, "the report differs from the undisturbed one")
    #expect(project.read("studies/iris.ledger") == project.read("calm/studies/iris.ledger"))
  }
}
