import Driver
import Foundation
import Testing

/// Studies that run programs of their authors: only with trust, and then like any other.
@Suite struct CommandTests {
  let project: Project
  let tool: Tool

  /// A program whose accuracy is its setting, and that says that it ran.
  private static let script = """
    echo ran >> "MARK"
    rate=$(sed -n 's/.*"rate":\\([0-9.e-]*\\).*/\\1/p' "$ASSAY_REQUEST")
    echo '{"measures": {"progress": 1}, "step": 1}'
    echo "{\\"measures\\": {\\"accuracy\\": $rate}}"

    """

  init() throws {
    project = try Project()
    tool = Tool(folder: project.folder)
    try project.write(try Project.fixture("command.md"), to: "studies/command.md")
    try writeProgram()
  }

  private func writeProgram(_ end: String = "") throws {
    let script = Self.script.replacing("MARK", with: project.folder + "/ran")
    try project.write(script + end, to: "studies/guess.sh")
  }

  private var runs: Int { project.read("ran")?.split(separator: "\n").count ?? 0 }

  @Test func withoutTrustNothingRuns() throws {
    for command in [["check"], ["plan"], ["export", "studies/command.md", "own"]] {
      let (process, _, _) = try tool.start(command)
      process.waitUntilExit()
    }
    let refused = try tool.run("build")
    #expect(refused.status == 2)
    #expect(
      refused.errors.contains(
        """
        studies/command.md:9:15: error: the study runs programs of its author, and is not trusted [untrusted-command]
            9 | ```experiment own
              |               ^~~
           note: 'own' runs 'sh guess.sh' with guess.sh
           fix: read them and their files, then run 'assay trust studies/command.md', or build once with '--trust'
        """), "\(refused.errors)")
    #expect(runs == 0)
    #expect(project.read("output/command.html") == nil && project.read("studies/command.ledger") == nil)
  }

  @Test func trustIsForTheStudyAndItsFilesAsTheyAre() throws {
    let trusted = try tool.run("trust", "studies/command.md")
    #expect(trusted.status == 0, "\(trusted.errors)")
    #expect(trusted.output.contains("studies/command.md: 'own' runs 'sh guess.sh' with guess.sh"))
    #expect(project.read("config/assay/trusted")?.hasSuffix("  studies/command.md\n") == true)
    let built = try tool.run("build")
    #expect(built.status == 0, "\(built.errors)")
    // Tuning, evaluation, and the default configuration beside it.
    #expect(runs == 3 + 2 + 2)
    #expect(try tool.run("build").status == 0)
    #expect(runs == 7)

    try writeProgram("# another line")
    #expect(try tool.run("build").status == 2)
    #expect(runs == 7)
    // A trusted program that was edited is another program: all trials run again.
    #expect(try tool.run("build", "--trust").status == 0)
    #expect(runs == 14)
    #expect(try tool.run("trust", "studies/command.md").status == 0)
    try project.write(project.read("studies/command.md")! + "\nMore prose.\n", to: "studies/command.md")
    #expect(try tool.run("build").status == 2)
  }

  @Test func aListOfTheProjectsOwnIsTrustedOnlyWhenItIsNamed() throws {
    #expect(try tool.run("trust", "--list", "studies/trusted", "studies/command.md").status == 0)
    #expect(try tool.run("build").status == 2)
    let built = try tool.run("build", "--trust-list", "studies/trusted", "--workers", "2")
    #expect(built.status == 0, "\(built.errors)")
    let table = try tool.run("export", "studies/command.md", "own")
    #expect(table.output.hasPrefix("rate,search,seed,accuracy,tuning-score,optimism,examples,flops,trial\n"))
    let steps = try tool.run("export", "studies/command.md", "own.steps")
    #expect(steps.output.hasPrefix("search,seed,step,progress,trial\n"))
  }

  @Test func aFailingProgramIsIncompleteAndShowsItsLog() throws {
    try writeProgram("echo 'it broke' >&2; exit 7")
    let failed = try tool.run("build", "--trust")
    #expect(failed.status == 1)
    let line = try #require(
      failed.errors.split(separator: "\n").first { $0.contains("the command ended with exit status 7") })
    let key = try #require(line.firstMatch(of: /[0-9a-f]{64}/))
    let shown = try tool.run("show", String(key.output))
    #expect(shown.output.contains("it broke"), "\(shown.output)")
    let short = try tool.run("show", String(key.output.prefix(12)))
    #expect(short.output == shown.output && short.output.hasPrefix("trial \(key.output)\n"))
    try writeProgram()
    #expect(try tool.run("build", "--trust").status == 0)
  }

  @Test func anExperimentWhoseNeedsAreNotMetIsLeftOut() throws {
    let study = project.read("studies/command.md")!.replacing(
      "  steps: [progress]", with: "  steps: [progress]\n  requires: [sh, -c, exit 1]")
    try project.write(study, to: "studies/command.md")
    let built = try tool.run("build", "--trust")
    #expect(built.status == 0, "\(built.errors)")
    #expect(
      built.errors.contains("studies/command.md: 'own' is skipped: it needs 'sh -c exit 1', which fails here")
    )
    #expect(runs == 0)
    let saysSo = project.read("output/command.md")!.contains("it needs 'sh -c exit 1'")
    #expect(saysSo)
    #expect(project.read("studies/command.ledger") == nil)
    // Make finds a stamp and has nothing to do; who asks for a build has the needs looked at again.
    #expect(project.read("output/.stamps/command.stamp") != nil)
    let again = try tool.run("build", "--trust")
    #expect(again.status == 0 && again.errors.contains("'own' is skipped"), "\(again.errors)")
    try project.write(study.replacing("exit 1]", with: "exit 0]"), to: "studies/command.md")
    #expect(try tool.run("build", "--trust").status == 0)
    #expect(runs == 3 + 2 + 2)
  }

  /// Failing alike is a result where the study says so; a trial that fails is not tried for ever.
  @Test func aConfigurationThatAlwaysFailsScoresWorst() throws {
    let study = project.read("studies/command.md")!
      .replacing("0.1 .. 0.9", with: "[0.2, 0.8]").replacing("tuner: random", with: "tuner: grid")
      .replacing("trials: 3", with: "trials: 2")
    try project.write(study, to: "studies/command.md")
    try writeProgram("case \"$rate\" in 0.2*) echo cannot learn at that rate >&2; exit 3;; esac\n")
    let strict = try tool.run("build", "--trust", "--workers", "1")
    #expect(strict.status == 1, "\(strict.errors)")
    // What the other configuration came to is there.
    let exported = try tool.run("export", "studies/command.md", "own.tuning")
    #expect(
      exported.status == 0 && exported.errors.contains("of 'own' failed, such as "), "\(exported.errors)")
    #expect(exported.output.split(separator: "\n").dropFirst().allSatisfy { $0.hasPrefix("0.8,") })
    #expect(exported.output.split(separator: "\n").count > 1, "\(exported.output)")
    try project.write(
      study.replacing("procedure: command", with: "procedure: command\nfailures: worst"),
      to: "studies/command.md")
    let built = try tool.run("build", "--trust", "--workers", "1")
    #expect(built.status == 0, "\(built.errors)")
    let report = project.read("output/command.md")!
    #expect(
      report.contains(
        "failed three times alike: the command ended with exit status 3: cannot learn at that rate"))
    // Nothing runs again, and the selection is of those that work.
    let count = runs
    #expect(try tool.run("build", "--trust").status == 0)
    try project.write(project.read("studies/command.md")! + "\nMore.\n", to: "studies/command.md")
    #expect(try tool.run("build", "--trust").status == 0)
    #expect(runs == count)
  }

  @Test func anUndeclaredFileIsNamedInAWarning() throws {
    try project.write("1", to: "studies/secret.txt")
    try writeProgram("cat '\(project.folder)/studies/secret.txt' > /dev/null\n")
    let built = try tool.run("build", "--trust")
    #expect(built.status == 0, "\(built.errors)")
    #expect(built.errors.contains("warning: 'secret.txt' was opened while trial "), "\(built.errors)")
  }

  // MARK: The repository's own

  @Test func theTrustedListIsOfTheStudiesAsTheyAre() throws {
    let list = try String(contentsOfFile: "\(Project.repository)/studies/trusted", encoding: .utf8)
    let made = project.folder + "/trusted"
    let repository = Tool(folder: Project.repository)
    let studies = ["studies/manual/commands.md", "studies/uncertainty/bring-your-own-logits.md"]
    for study in studies { #expect(try repository.run("trust", "--list", made, study).status == 0) }
    #expect(project.read("trusted") == list, "run 'make trust'")
  }

  @Test func theShippedExamplesRun() throws {
    for name in ["commands.md", "commands/forest.py", "commands/centroid.sh", "commands/nearest.c"] {
      let text = try String(contentsOfFile: "\(Project.repository)/studies/manual/\(name)", encoding: .utf8)
      try project.write(text, to: "shipped/studies/\(name)")
    }
    let shipped = Tool(folder: project.folder + "/shipped")
    let built = try shipped.run(
      "build", "--profile", "quick", "--trust-list", "\(Project.repository)/studies/trusted")
    #expect(built.status == 0, "\(built.errors)")
    for name in ["shell", "compiled"] {
      let table = try shipped.run("export", "studies/commands.md", name, "--profile", "quick")
      let rows = table.output.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
      let column = try #require(rows[0].firstIndex(of: "accuracy"))
      for row in rows.dropFirst() { #expect(Double(row[column])! > 0.5) }
    }
  }
}
