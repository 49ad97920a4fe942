import Diagnostics
import Experiments
import Foundation
import Markup
import Procedures
import Protocols
import Studies
import Testing
import Tuners

/// What studies under each protocol are planned to be.
@Suite struct ProtocolReadingTests {
  private func plan(_ block: String, profiles: String = "", profile: String = "full") throws -> ExperimentPlan
  {
    let text = "---\ntitle: T\n\(profiles)---\n\n```experiment e\n\(block)\n```\n"
    var log = DiagnosticLog()
    let document = MarkdownReader.read(SourceText(path: "study.md", text: text), log: &log)
    let reading = StudyReading(
      catalogue: partCatalogue, resolver: PartResolver(), fingerprint: "test", tuner: testTuner)
    let study = reading.study(document, profile: profile, log: &log)
    #expect(log.sorted.isEmpty, "\(log.sorted.map(\.rendered).joined())")
    return try #require(study).experiments[0].plan
  }

  private static let tuned = """
    protocol: tuning-evaluation
    procedure: classifier
    data: digits
    tune:
      space: {learning-rate: 1e-4 .. 1 log}
      tuner: random
      trials: 8
      repeats: 1
      data: {fit: part 1-3 of 5, score: part 4 of 5}
    evaluate: {data: {fit: part 1-4 of 5, score: part 5 of 5}}
    measure: [accuracy, nll]
    """

  private func configurations(_ plan: ExperimentPlan, search: Int) -> [Settings] {
    var search = Search(plan.searches[search], tuner: RandomSearch(Settings()))
    return search.nextBatch().map(\.configuration)
  }

  @Test func everyOuterSplitHasItsOwnSearches() throws {
    let plan = try self.plan(
      """
      protocol: nested-cross-validation
      procedure: classifier
      data: digits
      tune: {space: {learning-rate: 1e-4 .. 1 log}, tuner: random, trials: 8, inner: 3, seeds: 0 .. 1, repeats: 2}
      evaluate: {outer: 5, seeds: 1000 .. 1001}
      measure: accuracy
      """)
    #expect(plan.armCount == 10 && plan.armSearchCount == 20)
    #expect(plan.searches[0].splits.count == 6)
    for cell in plan.cells.prefix(plan.armCount) {
      let training = cell.evaluation.dataTexts[0].text
      for search in cell.searches { #expect(plan.searches[search].dataTexts.map(\.text) == [training]) }
    }
  }

  @Test func crossValidationCanGoWithoutTuning() throws {
    let plan = try self.plan(
      """
      protocol: cross-validation
      procedure: classifier
      data: digits
      evaluate: {folds: 4, seeds: 1000 .. 1002}
      measure: accuracy
      """)
    #expect(plan.cells.count == 12 && plan.searches.isEmpty)
  }

  @Test func tuneOnEachEvaluateOnEach() throws {
    let plan = try self.plan(
      """
      protocol: tuning-evaluation
      procedure: classifier
      vary:
        tuned-on:
          a: {tune.data: {fit: digits/part 1 of 5, score: digits/part 2 of 5}}
          b: {tune.data: {fit: digits/part 2 of 5, score: digits/part 1 of 5}}
        evaluated-on:
          a: {evaluate.data: {fit: digits/part 1 of 5, score: digits/part 3 of 5}}
          b: {evaluate.data: {fit: digits/part 1 of 5, score: digits/part 4 of 5}}
      tune:
        space: {learning-rate: 1e-4 .. 1 log}
        tuner: random
        trials: 8
        repeats: 2
        for-each: [tuned-on]
      measure: accuracy
      """)
    #expect(plan.armCount == 4 && plan.armSearchCount == 4)
    #expect(plan.cells.prefix(4).map(\.searches) == [[0, 1], [0, 1], [2, 3], [2, 3]])
  }

  @Test func twoSelectionRulesTryTheSameConfigurations() throws {
    let plan = try self.plan(
      Self.tuned + "\nvary: {tune.select: [max mean accuracy, max worst accuracy]}")
    #expect(plan.searches.prefix(2).map(\.selection.text) == ["max mean accuracy", "max worst accuracy"])
    #expect(configurations(plan, search: 0) == configurations(plan, search: 1))
  }

  @Test func theBudgetIsAFactorLikeAnother() throws {
    let plan = try self.plan(Self.tuned + "\nvary: {tune.trials: [2, 8], model: [logistic, naive-bayes]}")
    #expect(plan.searches.prefix(plan.armSearchCount).map(\.budget.trials) == [2, 2, 8, 8])
    #expect(plan.reasons.isEmpty)
  }

  @Test func aReasonAllowsUnequalEffort() throws {
    let plan = try self.plan(
      Self.tuned.replacingOccurrences(
        of: "  tuner: random", with: "  tuner: random\n  reason: the net is slow")
        + "\nvary: {model: {net: {with.model: {mlp: {width: 8}}, tune.trials: 4}, linear: {with.model: logistic}}}"
    )
    #expect(plan.reasons == ["the net is slow"])
  }

  @Test func baselinesAreAddedInTheFullProfileAlone() throws {
    let vary = "\nvary: {tune.trials: [2, 8]}"
    let profiles = "profiles: {quick: {e.tune.repeats: 1}}\n"
    let grid = Self.tuned.replacingOccurrences(of: "tuner: random", with: "tuner: grid") + vary
    let full = try plan(grid, profiles: profiles)
    #expect(full.cells.count - full.armCount == 3)
    #expect(full.cells.dropFirst(2).map(\.baseline) == [.defaults, .random, .random])
    let quick = try plan(grid, profiles: profiles, profile: "quick")
    #expect(quick.cells.count == quick.armCount)
    let leaky = try plan(grid.replacingOccurrences(of: "tuning-evaluation", with: "conventional"))
    #expect(leaky.cells.count == leaky.armCount)
  }

  @Test func aRaceTriesTheSamePointsOnEveryWorkload() throws {
    let plan = try self.plan(
      """
      protocol: time-to-result
      procedure: classifier
      data: digits
      vary:
        workload: {small: {with.epochs: 5}, large: {with.epochs: 9}}
        submission: {adam: {with.optimizer: adam}, sgd: {with.optimizer: sgd}}
      tune: {space: {learning-rate: 1e-3 .. 1 log}, tuner: random, trials: 5}
      evaluate: {data: {fit: part 1-4 of 5, score: part 5 of 5}, target: score-accuracy >= 0.9}
      measure: accuracy
      """)
    // 2 workloads, 2 submissions, 3 studies, 5 points.
    #expect(plan.cells.count == 60 && plan.searches.isEmpty && plan.evaluationCount == 60)
    let permit = try Permit.obtain(frozen: plan.cells.map(\.declared), look: plan.look, gate: NoGate())
    let rates = plan.cells.map { cell in
      cell.evaluation.open(cell.declared, space: Space([]), permit: permit)[0].settings["learning-rate"]!
    }
    #expect(Set(rates).count == 15)
    #expect(Array(rates[0..<15]) == Array(rates[15..<30]) && Array(rates[0..<15]) == Array(rates[30..<45]))
    #expect(Set(plan.cells.flatMap(\.evaluation.seedList)) == [1000, 1001, 1002])
  }
}

private struct NoGate: EvaluationGate {
  func commit(frozen: [Frozen], look: Look) {}
}
