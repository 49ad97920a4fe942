import Experiments
import Protocols
import Testing
import Tuners

@Suite struct PlanTests {
  private func plan(
    _ cells: [CellDeclaration], rule: any Rule.Type = TuningEvaluation.self
  ) throws -> ExperimentPlan {
    try ExperimentPlan(name: "e", profile: "full", rule: rule, cells: cells)
  }

  private func firstTrials(_ plan: ExperimentPlan) -> [TrialSpecification] {
    var search = Search(plan.searches[0], tuner: RandomSearch(Settings()))
    return search.nextBatch().flatMap(\.trials)
  }

  @Test func tuningTrialsSeeOnlyTuningRows() throws {
    let cell = Fake.cell()
    let trials = firstTrials(try plan([cell]))
    #expect(trials.allSatisfy { $0.data == [.fit: Fake.rows(1), .score: Fake.rows(2)] })
    #expect(trials.allSatisfy { !cell.evaluationSeeds.contains($0.seed.seed) && $0.seed.pool == .tuning })
  }

  @Test func theLeakyTwinTriesTheSameConfigurationsOnEvaluationRows() throws {
    let honest = try plan([Fake.cell()])
    let leaky = try plan([Fake.cell()], rule: Conventional.self)
    let (a, b) = (firstTrials(honest), firstTrials(leaky))
    #expect(a.map(\.settings) == b.map(\.settings))
    #expect(b.allSatisfy { $0.data == [.fit: Fake.rows(3), .score: Fake.rows(4)] })
    #expect(Conventional.isLeaky && !TuningEvaluation.isLeaky)
  }

  @Test func howFailuresCountBelongsToThePlan() throws {
    func plan(_ scoresFailures: Bool) throws -> Look {
      try ExperimentPlan(
        name: "e", profile: "full", rule: TuningEvaluation.self, cells: [Fake.cell()],
        scoresFailures: scoresFailures
      ).look
    }
    #expect(try plan(true).plan != plan(false).plan && plan(true).evaluation == plan(false).evaluation)
  }

  @Test func otherCellsAndRepetitionsTryOtherConfigurations() throws {
    let plan = try self.plan([Fake.cell(fold: 1), Fake.cell(fold: 2)])
    let first = plan.searches.map { Search($0, tuner: RandomSearch(Settings())) }
      .map { search -> Settings in
        var search = search
        return search.nextBatch()[0].configuration
      }
    #expect(first.count == 4)
    #expect(Set(first).count == 4)
  }

  @Test func aSmallerBudgetIsAPrefixOfALargerOne() throws {
    let small = firstTrials(try plan([Fake.cell(tuning: Fake.tuning(trials: 3))]))
    let large = firstTrials(try plan([Fake.cell(tuning: Fake.tuning(trials: 9))]))
    #expect(Array(large.prefix(small.count)).map(\.key) == small.map(\.key))
  }

  @Test func cellsWithoutASearchOfTheirOwnShareOne() throws {
    let plan = try self.plan([
      Fake.cell(fold: 1, tuning: Fake.tuning(forEach: [])),
      Fake.cell(fold: 2, tuning: Fake.tuning(forEach: [])),
    ])
    #expect(plan.searches.count == 2)
    #expect(plan.cells.map(\.searches) == [[0, 1], [0, 1]])
    #expect(plan.evaluationCount == 8)
    #expect(plan.tuningCount == 32)
  }

  @Test func cellsThatDisagreeAboutASharedSearchAreRefused() {
    #expect(throws: PlanError.cellsDisagree(factors: [])) {
      try plan([
        Fake.cell(fold: 1, tuning: Fake.tuning(trials: 3, forEach: [])),
        Fake.cell(fold: 2, tuning: Fake.tuning(trials: 4, forEach: [])),
      ])
    }
  }

  @Test func evaluationOpensOnlyForDurableSelections() throws {
    let plan = try self.plan([Fake.cell()])
    var search = Search(plan.searches[0], tuner: RandomSearch(Settings()))
    let batch = search.nextBatch()
    search.record(batch.map { _ in [Fake.outcome(0.5), Fake.outcome(0.5)] })
    let frozen = search.freeze()
    #expect(throws: FailingGate.Full.self) {
      try Permit.obtain(frozen: [frozen], look: plan.look, gate: FailingGate())
    }
    let gate = RecordingGate()
    let permit = try Permit.obtain(frozen: [frozen], look: plan.look, gate: gate)
    #expect(gate.frozen == [frozen] && gate.looks == [plan.look])
    let trials = plan.cells[0].evaluation.open(frozen, space: Fake.space, permit: permit)
    #expect(trials.map(\.seed) == [1000, 1001].map { SeedPath(pool: .evaluation, seed: $0) })
    #expect(trials.allSatisfy { $0.data[.score] == Fake.rows(4) })
    #expect(trials.allSatisfy { $0.settings["rate"] == frozen.configuration["rate"] })
  }

  @Test func aLookChangesWithWhatIsTunedAndEvaluatedAndWithNothingElse() throws {
    let look = try plan([Fake.cell()]).look
    #expect(try plan([Fake.cell()]).look == look)
    let seeds = try plan([Fake.cell(seeds: [1000, 1002])]).look
    #expect(seeds.evaluation != look.evaluation && seeds.plan != look.plan)
    let budget = try plan([Fake.cell(tuning: Fake.tuning(trials: 9))]).look
    #expect(budget.evaluation == look.evaluation && budget.plan != look.plan)
    let leaky = try plan([Fake.cell()], rule: Conventional.self).look
    #expect(leaky.evaluation == look.evaluation && leaky.plan != look.plan)
  }

  @Test func cellsWithoutTuningAreEvaluatedAsDeclared() throws {
    let plan = try self.plan([Fake.cell(tuning: nil)], rule: Sweep.self)
    #expect(plan.searches.isEmpty)
    let declared = plan.cells[0].declared
    let permit = try Permit.obtain(frozen: [declared], look: plan.look, gate: RecordingGate())
    let trials = plan.cells[0].evaluation.open(declared, space: Space([]), permit: permit)
    #expect(trials.allSatisfy { $0.settings["rate"] == .number(0.5) })
    #expect(trials[0].revisions.map(\.text) == ["measure score 1", "procedure fake 7"])
  }
}
