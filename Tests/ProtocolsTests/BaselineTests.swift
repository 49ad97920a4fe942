import Experiments
import Protocols
import Testing
import Tuners

/// Rule 5: every tuned arm is shown beside its default configuration and random search, declared or added.
@Suite struct BaselineTests {
  private let random = BaselineTuner(name: "random", settings: Settings(), revision: 1)

  private func tuned(by tuner: String = "grid", trials: Int = 8) -> TuningDeclaration {
    let random = Fake.tuning(trials: trials)
    return TuningDeclaration(
      space: random.space, tuner: tuner, tunerSettings: Settings(), tunerRevision: 1, trials: trials,
      data: random.data,
      seeds: random.seeds, selection: random.selection, repeats: 2, forEach: ["fold"], isSearchedOn: true)
  }

  private func plan(_ cells: [CellDeclaration], adding: Bool = true) throws -> ExperimentPlan {
    try ExperimentPlan(
      name: "e", profile: "full", rule: TuningEvaluation.self, cells: cells,
      baselineTuner: adding ? random : nil)
  }

  @Test func bothAreAddedOnceBesideATunedArm() throws {
    let plan = try self.plan([Fake.cell(tuning: tuned())])
    #expect(plan.armCount == 1 && plan.armSearchCount == 2)
    #expect(plan.cells.map(\.baseline) == [nil, .defaults, .random])
    #expect(plan.cells[0].baselines == [.defaults: 1, .random: 2])
    #expect(plan.cells[1].searches.isEmpty && plan.cells[2].searches == [2])
    #expect(
      plan.searches[2].tuner == "random" && plan.searches[2].budget.trials == plan.searches[0].budget.trials)
    #expect(plan.searches[2].seeds == plan.searches[0].seeds)
  }

  @Test func theyAreNoPartOfTheLook() throws {
    let cell = Fake.cell(tuning: tuned())
    #expect(try plan([cell]).look == plan([cell], adding: false).look)
  }

  @Test func declaredOnesAreNotAddedAgain() throws {
    func arm(_ tuner: String, _ tuning: TuningDeclaration?) -> CellDeclaration {
      let cell = Fake.cell(tuning: tuning)
      return CellDeclaration(
        factors: [("tuner", .text(tuner)), ("fold", .integer(1))], template: cell.template, tuning: tuning,
        evaluationData: cell.evaluationData, evaluationSeeds: cell.evaluationSeeds)
    }
    let plan = try self.plan([
      arm("none", nil), arm("random", tuned(by: "random")),
    ])
    #expect(plan.cells.count == 2 && plan.searches.count == 2)
    #expect(plan.cells[1].baselines == [.defaults: 0, .random: 1])
  }

  @Test func aRandomSearchWithAnotherBudgetIsNoBaseline() throws {
    let plan = try self.plan([
      Fake.cell(fold: 1, tuning: tuned()), Fake.cell(fold: 2, tuning: tuned(by: "random", trials: 4)),
    ])
    #expect(plan.cells[0].baselines[.random] == 3)
    #expect(plan.searches[plan.cells[3].searches[0]].budget.trials == 8)
  }

  @Test func armsWithOneSearchShareTheBaselineSearch() throws {
    func arm(_ fold: Int) -> CellDeclaration {
      let own = tuned()
      return Fake.cell(
        fold: fold,
        tuning: TuningDeclaration(
          space: own.space, tuner: own.tuner, tunerSettings: Settings(), tunerRevision: 1, trials: 8,
          data: own.data,
          seeds: own.seeds, selection: own.selection, repeats: 1, forEach: [], isSearchedOn: true))
    }
    let plan = try self.plan([arm(1), arm(2)])
    #expect(plan.armSearchCount == 1 && plan.searches.count == 2)
    #expect(plan.cells.count { $0.baseline == .random } == 2)
  }

  @Test func withoutBaselinesNothingIsAdded() throws {
    let own = tuned()
    let silent = TuningDeclaration(
      space: own.space, tuner: own.tuner, tunerSettings: Settings(), tunerRevision: 1, trials: 8,
      data: own.data,
      seeds: own.seeds, selection: own.selection, repeats: 2, forEach: ["fold"], isSearchedOn: true,
      reason: "it is known", showsBaselines: false)
    let plan = try self.plan([Fake.cell(tuning: silent)])
    #expect(plan.cells.count == 1 && plan.cells[0].baselines.isEmpty && plan.reasons == ["it is known"])
  }
}
