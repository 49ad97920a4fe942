import Experiments
import Parts
import Protocols
import Testing
import Tuners

@Suite struct StageTests {
  private static let kept = TrialTemplate(
    procedure: "fake", settings: Settings(["rate": .number(0.5)]),
    measures: [MeasureRequest(column: "score", measure: "score", settings: Settings())], kept: ["logits"],
    fingerprint: "test", catalogue: Fake.catalogue)

  private static func cell(
    fold: Int = 1, template: TrialTemplate = Fake.template, tuning: TuningDeclaration? = nil,
    seeds: [Int] = [1000, 1001], inputs: [StageInput] = [], isAuxiliary: Bool = false
  ) -> CellDeclaration {
    CellDeclaration(
      factors: [("fold", .integer(fold))], template: template, tuning: tuning,
      evaluationData: [.fit: Fake.rows(3), .score: Fake.rows(3 + fold)], evaluationSeeds: seeds,
      inputs: inputs, isAuxiliary: isAuxiliary)
  }

  private static func plan(
    _ cells: [CellDeclaration], name: String = "later", rule: any Rule.Type = Sweep.self
  ) throws -> ExperimentPlan {
    try ExperimentPlan(name: name, profile: "full", rule: rule, cells: cells)
  }

  /// An input from the first cell of an experiment.
  private static func input(
    from cells: [CellDeclaration], rule: any Rule.Type = Sweep.self, seeds: StageSeeds = .same
  ) throws -> StageInput {
    StageInput(
      name: "logits", from: try plan(cells, name: "earlier", rule: rule), cell: 0,
      lineage: Lineage(of: cells[0], in: "earlier", rule: rule), artefacts: ["logits"], seeds: seeds)
  }

  private static func source(_ text: String) -> TrialInput.Source {
    TrialInput.Source(artefacts: [
      Artefact(name: "logits", kind: .logits, digest: Digest(of: text), bytes: 1)
    ])
  }

  private func evaluationTrials(
    _ plan: ExperimentPlan, sources: (StageInput, Int) -> [TrialInput.Source] = noSources
  ) throws -> [TrialSpecification] {
    let declared = plan.cells.map(\.declared)
    let permit = try Permit.obtain(frozen: declared, look: plan.look, gate: RecordingGate())
    return plan.cells.flatMap {
      $0.evaluation.open($0.declared, space: Space([]), permit: permit, sources: sources)
    }
  }

  @Test func trialsStartFromTheSourcesOfTheirSeed() throws {
    let plan = try Self.plan([Self.cell(inputs: [Self.input(from: [Self.cell()])])])
    let trials = try evaluationTrials(plan) { input, seed in [Self.source("\(input.name) \(seed)")] }
    #expect(
      trials.map(\.inputs)
        == [1000, 1001].map { seed in
          [TrialInput(name: "logits", sources: [Self.source("logits \(seed)")])]
        })
    let others = try evaluationTrials(plan) { _, seed in [Self.source("other bits \(seed)")] }
    #expect(Set((trials + others).map(\.key)).count == 4)
  }

  @Test func tuningTrialsStartFromTheSameAndKeepNothing() throws {
    let cell = Self.cell(
      template: Self.kept, tuning: Fake.tuning(), inputs: [try Self.input(from: [Self.cell()])])
    let plan = try Self.plan([cell], rule: TuningEvaluation.self)
    var search = Search(plan.searches[0], tuner: RandomSearch(Settings())) { _, seed in
      [Self.source("\(seed)")]
    }
    let trials = search.nextBatch().flatMap(\.trials)
    #expect(trials.allSatisfy { $0.kept.isEmpty })
    #expect(trials.allSatisfy { $0.inputs[0].sources == [Self.source("\($0.seed.seed)")] })
    #expect(
      try evaluationTrials(Self.plan([Self.cell(template: Self.kept)])).allSatisfy { $0.kept == ["logits"] })
  }

  @Test func auxiliarySeedsComeFromAPoolOfTheirOwn() throws {
    let trials = try evaluationTrials(Self.plan([Self.cell(isAuxiliary: true)]))
    #expect(trials.allSatisfy { $0.seed.pool == .auxiliary })
    let plain = try evaluationTrials(Self.plan([Self.cell()]))
    #expect(zip(trials, plain).allSatisfy { $0.key != $1.key })
    let tuned = try Self.plan(
      [Self.cell(tuning: Fake.tuning(), isAuxiliary: true)], rule: TuningEvaluation.self)
    var search = Search(tuned.searches[0], tuner: RandomSearch(Settings()))
    #expect(search.nextBatch().flatMap(\.trials).allSatisfy { $0.seed.pool == .auxiliary })
  }

  /// The look of a later stage is another one whenever anything of the plan before it changes that its artefacts rest
  /// on, and the same whatever cells stand beside.
  @Test func aLookDependsOnThePlanBehindIt() throws {
    func look(_ earlier: [CellDeclaration], rule: any Rule.Type = Sweep.self, seeds: StageSeeds = .same)
      throws
      -> Look
    {
      try Self.plan([Self.cell(inputs: [Self.input(from: earlier, rule: rule, seeds: seeds)])]).look
    }
    let plain = try look([Self.cell()])
    #expect(try look([Self.cell()]) == plain)
    #expect(try look([Self.cell(), Self.cell(fold: 2)]) == plain)
    let grandparent = try Self.input(from: [Self.cell()])
    let changed = [
      try look([Self.cell(fold: 2)]), try look([Self.cell(seeds: [1000, 1001, 1002])]),
      try look([Self.cell()], seeds: .all), try look([Self.cell(isAuxiliary: true)]),
      try look([Self.cell(tuning: Fake.tuning())], rule: TuningEvaluation.self),
      try look([Self.cell(tuning: Fake.tuning(trials: 9))], rule: TuningEvaluation.self),
      try look([Self.cell(tuning: Fake.tuning())], rule: Conventional.self),
      try look([Self.cell(inputs: [grandparent])]),
      try Self.plan([Self.cell()]).look,
    ]
    #expect(Set(changed.map(\.plan)).count == changed.count)
    #expect(!changed.map(\.plan).contains(plain.plan))
  }

  @Test func keepingIsNoOtherLook() throws {
    #expect(try Self.plan([Self.cell(template: Self.kept)]).look == Self.plan([Self.cell()]).look)
  }

  @Test func cellsThatStartFromOthersCannotShareASearch() throws {
    let cells = try [1, 2].map { fold in
      Self.cell(
        fold: fold, tuning: Fake.tuning(forEach: []), inputs: [try Self.input(from: [Self.cell(fold: fold)])])
    }
    #expect(throws: PlanError.cellsDisagree(factors: [])) {
      try Self.plan(cells, rule: TuningEvaluation.self)
    }
  }

  // MARK: What stands behind artefacts

  private func places(_ lineage: Lineage) -> [String] {
    lineage.rows.map { "\($0.experiment) \($0.place) \($0.reference.text)" }
  }

  @Test func lineageHoldsWhatWasFittedAndSelectedOnThroughAllStages() throws {
    let tuned = Self.cell(tuning: Fake.tuning())
    let input = try Self.input(from: [tuned], rule: TuningEvaluation.self)
    let lineage = Lineage(of: Self.cell(fold: 2, inputs: [input]), in: "later", rule: Sweep.self)
    #expect(
      places(lineage) == [
        "later evaluate.data.fit set/part 3 of 5", "earlier tune.data.fit set/part 1 of 5",
        "earlier tune.data.score set/part 2 of 5", "earlier evaluate.data.fit set/part 3 of 5",
      ])
    #expect(lineage.tuningSeeds.map(\.experiment) == ["earlier"] && lineage.tuningSeeds[0].seeds == [0, 1])
  }

  @Test func aLeakySearchHasSeenWhatItIsEvaluatedOn() {
    let lineage = Lineage(of: Self.cell(tuning: Fake.tuning()), in: "leaky", rule: Conventional.self)
    #expect(places(lineage).contains("leaky tune.data.score set/part 4 of 5"))
    let honest = Lineage(of: Self.cell(tuning: Fake.tuning()), in: "tuned", rule: TuningEvaluation.self)
    #expect(!places(honest).contains { $0.hasSuffix("part 4 of 5") })
  }
}
