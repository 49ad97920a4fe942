import Driver
import Execution
import Foundation
import Testing

@Suite struct BuildTests {
  let project: Project
  let study: String

  init() throws {
    project = try Project()
    study = try Project.fixture("iris.md")
    try project.write(study, to: "studies/flowers/iris.md")
  }

  @Test func aSecondBuildRunsNothingAndChangesNoByte() throws {
    let first = try project.build()
    let output = project.output()
    let ledger = try #require(project.read("studies/flowers/iris.ledger"))
    #expect(first.status == .complete && first.trialsRun > 0)
    #expect(output.keys.sorted().contains("flowers/iris.html"))
    #expect(output.keys.contains("index.html") && output.keys.contains("index.md"))
    #expect(try project.build().trialsRun == 0)
    #expect(project.changes(since: output) == [])
    #expect(project.read("studies/flowers/iris.ledger") == ledger)
  }

  @Test func cosmeticEditsRunNothing() throws {
    try project.build()
    let edited = study.replacing("The tuned models reach", with: "After tuning, the models reach")
      .replacing("measure: [accuracy, nll]", with: "measure:   # both\n  - accuracy\n  - nll")
      .replacing("  trials: 4\n  seeds: 0 .. 1\n", with: "  seeds: 0 .. 1\n  trials: 4\n")
    try project.write(edited, to: "studies/flowers/iris.md")
    let summary = try project.build()
    #expect(summary.trialsRun == 0)
    #expect(project.output()["flowers/iris.md"]!.contains("After tuning, the models reach"))
  }

  @Test func aWidenedSeedListRunsOnlyTheNewSeeds() throws {
    try project.build()
    try project.write(study.replacing("1000 .. 1004", with: "1000 .. 1005"), to: "studies/flowers/iris.md")
    // Two models, two repetitions, two protocols: one new seed each, fewer where selections agree.
    let summary = try project.build()
    #expect(summary.trialsRun > 0 && summary.trialsRun <= 8)
  }

  @Test func anEmptyStoreGivesTheSameBytes() throws {
    try project.build()
    let output = project.output()
    let ledger = project.read("studies/flowers/iris.ledger")
    try project.remove(".assay")
    try project.remove("output")
    try project.build()
    #expect(project.changes(since: output) == [])
    #expect(project.read("studies/flowers/iris.ledger") == ledger)
  }

  @Test func aRemovedTableLosesNoTrialAndAnAddedClaimIsMarked() throws {
    try project.build()
    let claim = "\n```claim late\nthat: mean(tuned.accuracy) > 0.2\n```\n"
    try project.write(study + claim, to: "studies/flowers/iris.md")
    #expect(try project.build().trialsRun == 0)
    let report = project.output()["flowers/iris.md"]!
    // Two experiments, so two looks, were recorded before the claim was written.
    #expect(report.contains("after look 2"))
    // Once in the list of claims and once at the claim; no other claim is marked.
    #expect(report.components(separatedBy: "after look").count == 3)
  }

  @Test func aWithdrawnClaimIsNamed() throws {
    try project.build()
    let start = try #require(study.range(of: "\n```claim flattered"))
    try project.write(String(study[..<start.lowerBound]) + "\n", to: "studies/flowers/iris.md")
    try project.build()
    let saysSo = project.output()["flowers/iris.md"]!.contains(
      "The claim flattered, which stood at look 2, has been withdrawn: it said")
    #expect(saysSo)
    let ledger = try #require(project.read("studies/flowers/iris.ledger"))
    // What it said stands in the ledger once, at the first of its two looks.
    #expect(ledger.components(separatedBy: "mean(leaky.accuracy) - mean(tuned.accuracy)").count == 2)
  }

  @Test func aChangedPlanIsANewLookForEver() throws {
    try project.build()
    let before = project.read("studies/flowers/iris.ledger")!
    try project.write(study.replacing("trials: 4\n", with: "trials: 3\n"), to: "studies/flowers/iris.md")
    try project.build()
    let after = project.read("studies/flowers/iris.ledger")!
    #expect(after.hasPrefix(before))
    #expect(after.split(separator: "\n").count == before.split(separator: "\n").count + 2)
  }

  @Test func aLedgerThatWasCutIsReportedForEver() throws {
    try project.build()
    try project.write(study.replacing("trials: 4\n", with: "trials: 3\n"), to: "studies/flowers/iris.md")
    try project.build()
    try project.remove("studies/flowers/iris.ledger")
    for _ in 0..<2 {
      try project.build()
      let saysSo = project.output()["flowers/iris.md"]!.contains("The ledger is broken")
      #expect(saysSo)
    }
  }

  @Test func aBrokenLedgerStopsTheEvaluation() throws {
    try project.build()
    let ledger = project.read("studies/flowers/iris.ledger")!
    let forged = ledger.replacing("\"experiment\":\"tuned\"", with: "\"experiment\":\"tuning\"")
    #expect(forged != ledger)
    try project.write(forged, to: "studies/flowers/iris.ledger")
    try project.write(study.replacing("trials: 4\n", with: "trials: 3\n"), to: "studies/flowers/iris.md")
    #expect(throws: LedgerError.self) { try project.build() }
  }

  @Test func aFailedTrialLeavesItsExperimentIncompleteAndIsTriedAgain() throws {
    struct Failure: Error {}
    let calm = try Project()
    try calm.write(study, to: "studies/flowers/iris.md")
    try calm.build()
    let broken = try project.build(executor: { InProcessExecutor { _ in throw Failure() } })
    #expect(broken.status == .incomplete && broken.trialsRun == 0)
    let report = project.output()["flowers/iris.md"]!
    let saysSo = report.contains("The experiment tuned is incomplete")
    #expect(saysSo)
    #expect(
      project.read("studies/flowers/iris.ledger") == nil, "nothing was evaluated, so nothing was looked at")
    #expect(try project.build().status == .complete)
    #expect(project.changes(since: calm.output()) == [])
  }

  @Test func theQuickProfileIsNeverFinal() throws {
    try project.build(profile: "quick")
    let report = project.output()["flowers/iris.md"]!
    #expect(report.contains("No verdict here is final."))
    #expect(report.contains("quick profile"))
  }

  @Test func onlyOneExperimentCanBeRun() throws {
    let summary = try project.build(only: "tuned")
    #expect(summary.trialsRun > 0)
    #expect(project.output().isEmpty)
    let rest = try project.build()
    #expect(rest.trialsRun > 0 && rest.status == .complete)
  }
}
