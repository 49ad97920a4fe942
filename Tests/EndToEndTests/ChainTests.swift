import Diagnostics
import Driver
import Execution
import Experiments
import Foundation
import Testing

/// Chains of experiments: each stage is cached by itself, and artefacts that are lost are made again.
@Suite struct ChainTests {
  let project: Project
  let tool: Tool
  let study: String

  init() throws {
    project = try Project()
    tool = Tool(folder: project.folder)
    study = try Project.fixture("chain.md")
    try project.write(study, to: "studies/chain.md")
  }

  /// 4 pretrained, 2 × 4 trained, 2 combined, 2 × 4 alone.
  private static let trialCount = 4 + 8 + 2 + 8

  private var blobs: [String] {
    let folder = project.folder + "/.assay/blobs"
    return (FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? [])
      .filter { $0.split(separator: "/").last?.count == 64 }.map { "\(folder)/\($0)" }.sorted()
  }

  private func build() throws -> (ran: Int, errors: String) {
    let run = try tool.run("build", "--workers", "2")
    #expect(run.status == 0, "\(run.errors)")
    let line = run.errors.split(separator: "\n").last { $0.contains(" ran, ") } ?? ""
    return (Int(line.split(separator: " ").first ?? "") ?? -1, run.errors)
  }

  @Test func aSharedStageRunsOnceAndEverythingIsCached() throws {
    #expect(try build().ran == Self.trialCount)
    // Four sets of weights and eight of logits; what is equal is kept once.
    #expect(blobs.count == 12)
    let output = project.output()
    #expect(try build().ran == 0)
    #expect(project.changes(since: output) == [])
  }

  @Test func aLaterStageRunsAloneWhenOnlyItChanges() throws {
    #expect(try build().ran == Self.trialCount)
    try project.write(
      study.replacing("[accuracy, nll]\n```\n\n```table", with: "[accuracy, brier]\n```\n\n```table"),
      to: "studies/chain.md")
    #expect(try build().ran == 8)
    // An earlier stage that changes takes those behind it along.
    try project.write(study.replacing("with: {epochs: 2}", with: "with: {epochs: 4}"), to: "studies/chain.md")
    #expect(try build().ran == Self.trialCount)
  }

  @Test func equalArtefactsOfAChangedStageRunNothingMore() throws {
    #expect(try build().ran == Self.trialCount)
    // The first stage keeps more, so it runs again; its weights are the same, so nothing else does.
    try project.write(
      study.replacing("keep: [weights]", with: "keep: [weights, logits]"), to: "studies/chain.md")
    #expect(try build().ran == 4)
  }

  @Test func artefactsThatNobodyNeedsMayBeFreed() throws {
    _ = try build()
    for blob in blobs { try FileManager.default.removeItem(atPath: blob) }
    #expect(try build().ran == 0)
  }

  @Test(arguments: [false, true])
  func lostArtefactsAreMadeAgainThroughTheWholeChain(isDamaged: Bool) throws {
    _ = try build()
    let before = blobs
    for blob in before {
      if isDamaged {
        try Data("not what was kept".utf8).write(to: URL(fileURLWithPath: blob))
      } else {
        try FileManager.default.removeItem(atPath: blob)
      }
    }
    try project.write(
      study.replacing("[accuracy, nll]\n```\n\n```table", with: "[accuracy, brier]\n```\n\n```table"),
      to: "studies/chain.md")
    // The later stage's eight trials, the eight they start from, and the four those start from.
    let (ran, errors) = try build()
    #expect(ran == 20)
    let saysSo = errors.contains(
      isDamaged ? "is damaged: its bytes have another digest; its trial" : "is missing; its trial")
    #expect(saysSo, "\(errors)")
    #expect(blobs == before)
    try project.write(study, to: "studies/chain.md")
    #expect(try build().ran == 0)
  }

  @Test func aKilledChainGoesOnInTheMiddle() throws {
    let long = study.replacing("epochs: 2", with: "epochs: 300").replacing("epochs: 3}", with: "epochs: 300}")
    try project.write(long, to: "studies/chain.md")
    try project.write(long, to: "calm/studies/chain.md")
    let calm = Tool(folder: project.folder + "/calm")
    #expect(try calm.run("build", "--quiet").status == 0)
    var kills = 0
    for delay in [0.1, 0.2, 0.3] {
      let (process, _, _) = try tool.start(["build", "--quiet"])
      Thread.sleep(forTimeInterval: delay)
      if process.isRunning {
        kill(process.processIdentifier, SIGKILL)
        kills += 1
      }
      process.waitUntilExit()
    }
    #expect(kills > 0, "no build ran long enough to be killed")
    _ = try build()
    #expect(try build().ran == 0)
    let isSame = project.read("output/chain.html") == project.read("calm/output/chain.html")
    #expect(isSame, "the report differs from the undisturbed one")
    #expect(project.read("studies/chain.ledger") == project.read("calm/studies/chain.ledger"))
  }

  @Test func anExperimentBehindAnIncompleteOneWaits() throws {
    struct Failure: Error {}
    let summary = try project.build(executor: { InProcessExecutor { _ in throw Failure() } })
    #expect(summary.status == .incomplete && summary.trialsRun == 0)
    let report = project.output()["chain.md"]!
    let saysSo = report.contains("it starts from trained, which is incomplete")
    #expect(saysSo)
    #expect(try project.build().trialsRun == Self.trialCount)
  }

  @Test func oneExperimentRunsWithWhatItStartsFrom() throws {
    #expect(try project.build(only: "combined").trialsRun == 4 + 8 + 2)
    let table = try tool.run("export", "studies/chain.md", "combined")
    #expect(table.status == 0, "\(table.errors)")
    #expect(table.output.split(separator: "\n").count == 1 + 2)
    #expect(table.output.hasPrefix("rate,seed,accuracy,nll,members,score-rows"))
  }

  @Test func theReportSaysWhereItStartsFrom() throws {
    try project.build()
    let report = project.output()["chain.md"]!
    for line in [
      "logits of trained with the same rate, all its seeds",
      "initial-weights of pretrained with the same seed",
      "weights", "auxiliary",
    ] {
      let isSaid = report.contains(line)
      #expect(isSaid, "the report lacks '\(line)'")
    }
  }
}
