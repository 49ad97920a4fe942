import Experiments
import Parts
import Protocols
import Randomness
import Testing

/// A tuner that asks for what it is told to: one batch after the other.
private struct ScriptedTuner: Tuner, TunerSearch {
  static let name = "scripted"
  static let revision = 1
  static let summary = "A stand-in."
  static let hyperparameters: [Hyperparameter] = []
  static let usesPartialRuns = true

  private var batches: [[Suggestion]] = []

  init(_ settings: Settings) {}
  init(_ batches: [[Suggestion]]) { self.batches = batches }

  func search(
    _ space: Space, budget: SearchBudget,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) -> any TunerSearch { self }

  mutating func ask() -> [Suggestion] { batches.isEmpty ? [] : batches.removeFirst() }
  mutating func tell(_ scores: [Double?]) {}
}

/// Searches whose suggestions stop early and go on.
@Suite struct PartialSearchTests {
  private static func at(_ rate: Double, _ budget: Int, _ continues: Int? = nil) -> Suggestion {
    Suggestion(Settings(["rate": .number(rate)]), budget: budget, continues: continues)
  }

  /// Whole runs have nine units; the search may spend as many as two.
  private func search(_ batches: [[Suggestion]], applied: Applied = .configuration) throws -> Search {
    let plain = Fake.tuning(trials: 2)
    let tuning = TuningDeclaration(
      space: plain.space, tuner: "scripted", tunerSettings: Settings(), tunerRevision: 1, trials: 2, units: 9,
      data: plain.data, seeds: plain.seeds, selection: plain.selection, repeats: 1, forEach: ["fold"],
      isSearchedOn: true)
    let plan = try ExperimentPlan(
      name: "e", profile: "full", rule: TuningEvaluation.self,
      cells: [Fake.cell(tuning: tuning), Fake.cell(tuning: tuning, applied: applied)])
    return Search(plan.searches[0], tuner: ScriptedTuner(batches))
  }

  /// What a trial came to: its score, and where it is to be continued its state.
  private func outcome(_ trial: TrialSpecification, _ score: Double) -> Outcome {
    let state = Artefact(name: "state", kind: .state, digest: trial.key.digest, bytes: 1)
    return Outcome(
      status: .finished, measures: ["score": score], curves: [], cost: CountedCost(),
      artefacts: trial.kept == ["state"] ? [state] : [])
  }

  @Test func aSuggestionGoesOnFromTheSameSeedsState() throws {
    var search = try self.search([[Self.at(0.1, 3), Self.at(0.2, 3)], [Self.at(0.7, 9, 1)]])
    let first = search.nextBatch()
    for trial in first.flatMap(\.trials) {
      #expect(trial.budget == 3 && trial.kept == ["state"] && trial.inputs == [])
    }
    search.record(first.map { $0.trials.map { outcome($0, 0.9) } })
    let second = search.nextBatch()
    #expect(second.count == 1)
    for (trial, earlier) in zip(second[0].trials, first[1].trials) {
      // A whole run is like any other trial but for where it starts; another configuration may take it over.
      #expect(trial.budget == nil && trial.kept == [] && trial.seed == earlier.seed)
      #expect(trial.inputs.map(\.name) == ["state"])
      #expect(trial.inputs[0].sources[0].artefacts.map(\.digest) == [earlier.key.digest])
      #expect(trial.settings["rate"] == .number(0.7))
    }
    search.record([second[0].trials.map { outcome($0, 0.5) }])
    #expect(search.nextBatch().isEmpty)
    // Parts of runs scored better, and only a whole one can be selected.
    let frozen = search.freeze()
    #expect(frozen.candidate == 2 && frozen.tuningScore == 0.5)
  }

  /// All that a selected run went through is frozen, equal neighbours as one, and can be gone through again.
  @Test func theScheduleOfASelectedRunIsFrozen() throws {
    var search = try self.search([[Self.at(0.1, 3)], [Self.at(0.1, 5, 0)], [Self.at(0.7, 9, 1)]])
    for _ in 0..<3 {
      let batch = search.nextBatch()
      search.record(batch.map { $0.trials.map { outcome($0, 0.5) } })
    }
    let frozen = search.freeze()
    #expect(frozen.schedule.map(\.end) == [5, 9])
    #expect(frozen.schedule.map { $0.configuration["rate"] } == [.number(0.1), .number(0.7)])
    #expect(frozen.canonicalForm.contains("schedule"))
    func evaluated(_ applied: Applied) throws -> (look: Look, settings: Settings) {
      let plan = try ExperimentPlan(
        name: "e", profile: "full", rule: Sweep.self,
        cells: [Fake.cell(tuning: nil, applied: applied)])
      let permit = try Permit.obtain(frozen: [frozen], look: plan.look, gate: RecordingGate())
      let trials = plan.cells[0].evaluation.open(frozen, space: Fake.space, permit: permit)
      return (plan.look, trials[0].settings)
    }
    let (last, all) = (try evaluated(.configuration), try evaluated(.schedule))
    #expect(last.look.evaluation != all.look.evaluation)
    #expect(last.settings["schedule"] == nil && all.settings["schedule"] == .text("5 rate 0.1; 9 rate 0.7"))
    #expect(all.settings["rate"] == .number(0.7))
  }

  /// What the selected run had learned goes to every evaluation trial, which opens nothing but its own seed's rest.
  @Test func theModelOfASelectedRunIsEvaluated() throws {
    var search = try self.search([[Self.at(0.1, 9), Self.at(0.2, 9)]], applied: .model)
    let batch = search.nextBatch()
    #expect(batch.flatMap(\.trials).allSatisfy { $0.kept == ["state"] && $0.budget == nil })
    search.record(zip(batch, [0.1, 0.2]).map { entry in entry.0.trials.map { outcome($0, entry.1) } })
    let frozen = search.freeze()
    #expect(frozen.model.map(\.digest) == batch[1].trials.map(\.key.digest))
    let plan = try ExperimentPlan(
      name: "e", profile: "full", rule: Sweep.self, cells: [Fake.cell(tuning: nil, applied: .model)])
    let permit = try Permit.obtain(frozen: [frozen], look: plan.look, gate: RecordingGate())
    let trials = plan.cells[0].evaluation.open(frozen, space: Fake.space, permit: permit)
    #expect(trials.map(\.seed.seed) == [1000, 1001])
    for trial in trials {
      #expect(trial.budget == nil && trial.inputs.map(\.name) == ["state"])
      #expect(trial.inputs[0].sources[0].artefacts == frozen.model)
    }
    // The defaults of a cell without a search are learned, for there is no model.
    let declared = plan.cells[0].declared
    let other = try Permit.obtain(frozen: [declared], look: plan.look, gate: RecordingGate())
    #expect(plan.cells[0].evaluation.open(declared, space: Space([]), permit: other)[0].inputs == [])
    // Where all runs diverged, so does the evaluation.
    var lost = try self.search([[Self.at(0.1, 9)]], applied: .model)
    lost.record([lost.nextBatch()[0].trials.map { _ in Fake.diverged }])
    let none = lost.freeze()
    let third = try Permit.obtain(frozen: [none], look: plan.look, gate: RecordingGate())
    let diverged = plan.cells[0].evaluation.open(none, space: Fake.space, permit: third)
    #expect(diverged[0].inputs[0].sources[0].hasDiverged)
  }

  @Test func aWholeRunThatStartsAfreshIsAnOrdinaryTrial() throws {
    var partial = try search([[Self.at(0.5, 9)]])
    let plan = try ExperimentPlan(
      name: "e", profile: "full", rule: TuningEvaluation.self, cells: [Fake.cell()])
    let plain = plan.searches[0]
    #expect(partial.nextBatch()[0].trials.map(\.budget) == [nil, nil])
    #expect(plain.budget.units == 1)
  }

  @Test func whatIsSpentIsCountedInUnits() throws {
    // 3 + 3 + 6 + 6 = 18 units, and then one more than there are.
    var search = try self.search([
      [Self.at(0.1, 3), Self.at(0.2, 3)], [Self.at(0.1, 9, 0), Self.at(0.2, 9, 1), Self.at(0.3, 1)],
      [Self.at(0.4, 1)],
    ])
    for expected in [2, 2, 0] {
      let batch = search.nextBatch()
      #expect(batch.count == expected)
      if !batch.isEmpty { search.record(batch.map { $0.trials.map { outcome($0, 0.5) } }) }
    }
    #expect(search.scored.count == 4)
  }

  @Test func searchesWithOtherUnitsAreOthers() throws {
    #expect(
      try search([]).plan.budget == SearchBudget(trials: 2, units: 9))
    func look(_ units: Int) throws -> Look {
      let plain = Fake.tuning(trials: 2)
      let tuning = TuningDeclaration(
        space: plain.space, tuner: "scripted", tunerSettings: Settings(), tunerRevision: 1, trials: 2,
        units: units, data: plain.data, seeds: plain.seeds, selection: plain.selection, repeats: 1,
        forEach: ["fold"], isSearchedOn: true)
      return try ExperimentPlan(
        name: "e", profile: "full", rule: TuningEvaluation.self, cells: [Fake.cell(tuning: tuning)]
      ).look
    }
    #expect(try look(9).plan != look(8).plan)
  }
}
