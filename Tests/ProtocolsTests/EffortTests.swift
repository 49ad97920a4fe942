import Experiments
import Protocols
import Testing
import Tuners

/// Budgets in other units: a search starts configurations while it has something left, and everything run counts.
@Suite struct EffortTests {
  private func search(_ effort: Effort, trials: Int = 20) throws -> Search {
    let own = Fake.tuning(trials: trials)
    let tuning = TuningDeclaration(
      space: own.space, tuner: "random", tunerSettings: Settings(), tunerRevision: 1, trials: trials,
      data: own.data,
      seeds: own.seeds, selection: own.selection, repeats: 1, forEach: ["fold"], isSearchedOn: true,
      effort: effort)
    let plan = try ExperimentPlan(
      name: "e", profile: "full", rule: TuningEvaluation.self, cells: [Fake.cell(tuning: tuning)])
    return Search(plan.searches[0], tuner: RandomSearch(Settings()))
  }

  private func outcome(_ score: Double, examples: Int, diverges: Bool = false) -> Outcome {
    var cost = CountedCost()
    cost.examples = examples
    return Outcome(
      status: diverges ? .diverged("test") : .finished, measures: diverges ? [:] : ["score": score],
      curves: [],
      cost: cost)
  }

  @Test func evaluationsAreTrials() throws {
    var search = try self.search(Effort(unit: .evaluations, amount: 7))
    // Two seeds a configuration: after three, 6 of 7 are spent, so a fourth is started.
    let batch = search.nextBatch()
    #expect(batch.count == 4)
    search.record(batch.map { _ in [Fake.outcome(0.1), Fake.diverged] })
    #expect(search.spent == 8 && search.nextBatch().isEmpty)
    #expect(search.freeze().candidateCount == 4)
  }

  @Test func countedCostIsSpentOneConfigurationAtATime() throws {
    var search = try self.search(Effort(unit: .examples, amount: 100))
    var tried = 0
    while true {
      let batch = search.nextBatch()
      if batch.isEmpty { break }
      #expect(batch.count == 1)
      tried += 1
      search.record([[outcome(0.1, examples: 15), outcome(0, examples: 15, diverges: true)]])
    }
    // 30 each, the diverged trial included: the fourth is started with 90 spent.
    #expect(tried == 4 && search.spent == 120)
  }

  @Test func theConfigurationsAreThoseOfASearchByTrials() throws {
    var counted = try self.search(Effort(unit: .evaluations, amount: 10))
    let plan = try ExperimentPlan(
      name: "e", profile: "full", rule: TuningEvaluation.self,
      cells: [Fake.cell(tuning: Fake.tuning(trials: 20))])
    var plain = Search(plan.searches[0], tuner: RandomSearch(Settings()))
    #expect(counted.nextBatch().map(\.configuration) == plain.nextBatch().prefix(5).map(\.configuration))
  }
}
