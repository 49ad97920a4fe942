import Experiments
import Parts
import Procedures
import Tensors
import Testing

/// Runs that stop before their end and go on in another trial.
@Suite struct PartialRunTests {
  private let library = shippedData()
  private let files = MemoryFiles()

  private static let names = procedureRegistry.all.filter { $0.resource == "epochs" }.map { $0.name }

  /// A whole run is 6 epochs of a network with noise, momentum and a schedule.
  private func trial(
    _ name: String, to budget: Int? = nil, from earlier: Outcome? = nil, kept: [String] = [],
    _ changed: [String: Setting] = [:]
  ) throws -> Outcome {
    let set = name == "regressor" ? "diabetes" : "digits"
    let source = DataSource.registered(set)
    func rows(_ part: Int) throws -> DataReference {
      DataReference(
        source: source, steps: [.parts([part], of: 5)], content: try library.content(of: source))
    }
    let settings: [String: Setting] = [
      "epochs": .integer(6), "model": part(.model, "mlp"), "schedule": part(.schedule, "cosine"),
    ]
    let specification = TrialSpecification(
      procedure: name,
      settings: completeSettings(
        procedureRegistry[name]!.hyperparameters, settings.merging(changed) { $1 })!, revisions: [],
      data: [.fit: try rows(1), .score: try rows(2)], seed: SeedPath(pool: .tuning, seed: 5),
      budget: budget,
      measures: [
        MeasureRequest(
          column: "m", measure: name == "regressor" ? "rmse" : "nll", settings: Settings())
      ], kept: kept,
      inputs: earlier.map {
        [TrialInput(name: "state", sources: [.init(artefacts: $0.artefacts.filter { $0.name == "state" })])]
      } ?? [], fingerprint: numericsFingerprint)
    return try runTrial(specification, library: library, files: files)
  }

  @Test(arguments: names) func aRunInPartsComesToTheBitsOfAWholeOne(name: String) throws {
    let whole = try trial(name, kept: ["weights"])
    let first = try trial(name, to: 1, kept: ["state"])
    let second = try trial(name, to: 4, from: first, kept: ["state"])
    let last = try trial(name, from: second, kept: ["weights"])
    #expect(last.measures == whole.measures && last.artefacts == whole.artefacts)
    // Costs and curves are of each part alone.
    let parts = [first, second, last]
    #expect(parts.map(\.cost.examples).reduce(0, +) == whole.cost.examples)
    #expect(parts.map(\.cost.flops).reduce(0, +) == whole.cost.flops)
    for (place, curve) in whole.curves.enumerated() {
      #expect(parts.flatMap { $0.curves[place].steps } == curve.steps)
      #expect(parts.flatMap { $0.curves[place].values } == curve.values)
    }
    // A part is scored where it stops.
    #expect(first.measures != whole.measures)
    #expect(try trial(name, to: 1, kept: ["state"]) == first)
  }

  /// As a population does: a copy of the state goes on with another learning rate.
  @Test(arguments: names) func aRunMayGoOnWithOtherSettings(name: String) throws {
    let first = try trial(name, to: 3, kept: ["state"])
    let fast = try trial(name, from: first, ["learning-rate": .number(0.03)])
    #expect(fast.measures != (try trial(name, from: first)).measures)
    // Without a further unit what was learned is scored as it is.
    let same = try trial(name, to: 3, from: first, ["learning-rate": .number(0.03)])
    #expect(same.measures == first.measures && same.cost == CountedCost())
  }

  @Test func whatCannotGoOnIsAFailure() throws {
    let first = try trial("classifier", to: 3, kept: ["state"])
    let wider = part(.model, "mlp", ["width": .integer(5)])
    let error = #expect(throws: ArtefactError.self) { try trial("classifier", from: first, ["model": wider]) }
    #expect("\(error!)".contains("the run to go on from has another model or optimizer: "))
    #expect(throws: ArtefactError.malformed("the run to go on from has 3 epochs, more than 2")) {
      try trial("classifier", to: 2, from: first)
    }
    #expect(throws: ProcedureError.self) {
      try trial("classifier", to: 3, ["model": part(.model, "naive-bayes")])
    }
  }

  @Test func whereARunStopsIsInTheKey() throws {
    func key(_ budget: Int?) -> TrialKey {
      TrialSpecification(
        procedure: "classifier", settings: Settings(), revisions: [], data: [:],
        seed: SeedPath(pool: .tuning, seed: 1), budget: budget, measures: [], fingerprint: "f"
      ).key
    }
    #expect(Set([key(nil), key(1), key(2)]).count == 3)
  }
}
