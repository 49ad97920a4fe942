import Datasets
import Experiments
import Foundation
import Parts
import Procedures
import Synchronization
import Tensors
import Testing

/// Trials that keep artefacts and trials that start from them, on real data.
@Suite struct StageRunTests {
  private let library = shippedData()
  private let files = MemoryFiles()

  private func rows(_ parts: [Int], of count: Int = 5, _ set: String = "digits") throws -> DataReference {
    let source = DataSource.registered(set)
    return DataReference(
      source: source, steps: [.parts(parts, of: count)], content: try library.content(of: source))
  }

  private func trial(
    _ data: [DataRole: DataReference], of name: String = "classifier", seed: Int = 1000,
    settings: [String: Setting] = ["epochs": .integer(2)], kept: [String] = [], inputs: [TrialInput] = [],
    measures: [String] = ["accuracy", "nll"]
  ) throws -> Outcome {
    let specification = TrialSpecification(
      procedure: name,
      settings: completeSettings(
        procedureRegistry[name]!.hyperparameters, name == "ensemble" ? [:] : settings)!,
      revisions: [], data: data, seed: SeedPath(pool: .evaluation, seed: seed),
      measures: measures.map { MeasureRequest(column: $0, measure: $0, settings: Settings()) }, kept: kept,
      inputs: inputs, fingerprint: numericsFingerprint)
    return try runTrial(specification, library: library, files: files)
  }

  private func input(_ name: String, _ outcomes: [Outcome]) -> TrialInput {
    TrialInput(name: name, sources: outcomes.map { .init(artefacts: $0.artefacts) })
  }

  @Test func keepingChangesNoMeasure() throws {
    let data: [DataRole: DataReference] = [.fit: try rows([1, 2]), .score: try rows([3])]
    let plain = try trial(data)
    let keeping = try trial(data, kept: ["logits", "weights"])
    #expect(keeping.measures == plain.measures && keeping.curves == plain.curves)
    #expect(plain.artefacts.isEmpty)
    #expect(keeping.artefacts.map(\.name) == ["logits", "weights"])
    #expect(keeping.artefacts.map(\.kind) == [.logits, .weights])
    #expect(try trial(data, kept: ["logits", "weights"]) == keeping)
  }

  @Test func predictionsStandBesideTheTruth() throws {
    let score = try rows([3])
    let outcome = try trial([.fit: try rows([1, 2]), .score: score], kept: ["logits", "predictions"])
    let content = try ArtefactContent(bytes: files.read(outcome.artefacts[1].digest))
    #expect(content.items == (try library.items(for: score)))
    let declared = Classifier.artefacts.first { $0.name == "predictions" }!
    #expect(content.arrays.map(\.name) == declared.columns.map(\.name))
    let correct = content.arrays[2].values
    let share = Double(correct.reduce(0, +)) / Double(correct.count)
    #expect(share == outcome.measures["accuracy"])
    // The mean logarithm of the truth's probability is the other measure, but for float32.
    let logs = content.arrays[4].values.map { -log(Double($0)) }
    #expect(abs(logs.reduce(0, +) / Double(logs.count) - outcome.measures["nll"]!) < 1e-4)
  }

  @Test func logitsAreOfTheCalibrateAndScoreRowsUnderStableIds() throws {
    let calibrate = try rows([4])
    let score = try rows([3])
    let outcome = try trial(
      [.fit: try rows([1, 2]), .calibrate: calibrate, .score: score], kept: ["logits"])
    let content = try ArtefactContent(bytes: files.read(outcome.artefacts[0].digest))
    #expect(content.items == (try library.items(for: calibrate) + library.items(for: score)))
    #expect(content.arrays.map(\.shape) == [[content.items!.count, 10]])
    #expect(Set(content.items!).count == content.items!.count)
    // The score rows' logits are the same whether others are kept beside them or not.
    let alone = try trial([.fit: try rows([1, 2]), .score: score], kept: ["logits"])
    let narrow = try ArtefactContent(bytes: files.read(alone.artefacts[0].digest))
    let wanted = try library.items(for: score)
    #expect(try content.rows(content.arrays[0], of: wanted) == narrow.rows(narrow.arrays[0], of: wanted))
  }

  @Test func twinsHaveDifferentIds() throws {
    let whole = DataReference(
      source: .registered("letter"), steps: [], content: try library.content(of: .registered("letter")))
    let items = try library.items(for: whole)
    #expect(items.count == 20_000 && Set(items).count == 20_000)
    let digests = try library.digests(for: whole)
    #expect(Set(digests).count < 20_000)
    // The first of its like bears the digest itself.
    #expect(Set(digests).isSubset(of: Set(items)))
  }

  @Test func anEnsembleOfOneScoresLikeItsMember() throws {
    let score = try rows([3])
    let member = try trial([.fit: try rows([1, 2]), .score: score], kept: ["logits"])
    let one = try trial(
      [.score: score], of: "ensemble", inputs: [input("logits", [member])])
    #expect(one.measures["accuracy"] == member.measures["accuracy"])
    #expect(one.measures["nll"] == member.measures["nll"])
    #expect(one.measures["members"] == 1)
  }

  @Test func anEnsembleAveragesItsMembers() throws {
    let score = try rows([3])
    let members = try [1000, 1001, 1002].map {
      try trial([.fit: try rows([1, 2]), .score: score], seed: $0, kept: ["logits"])
    }
    let all = try trial(
      [.score: score], of: "ensemble", inputs: [input("logits", members)])
    // The negative logarithm is convex: the average's loss is below the members' mean (Jensen).
    let mean = members.map { $0.measures["nll"]! }.reduce(0, +) / 3
    #expect(all.measures["nll"]! < mean)
    #expect(all.measures["members"] == 3)
    // Part of the rows that have logits can be scored, in whatever order they lie in the data.
    let part = DataReference(
      source: score.source, steps: score.steps + [.parts([2], of: 2)], content: score.content)
    let fewer = try trial(
      [.score: part], of: "ensemble", inputs: [input("logits", members)])
    #expect(fewer.measures["score-rows"]! < all.measures["score-rows"]!)
  }

  @Test func weightsAreTheStartOfALaterTraining() throws {
    let data: [DataRole: DataReference] = [.fit: try rows([1, 2]), .score: try rows([3])]
    let first = try trial(data, kept: ["logits", "weights"])
    let weights = TrialInput(
      name: "initial-weights",
      sources: [.init(artefacts: first.artefacts.filter { $0.kind == .weights })])
    // No epoch: what was learned is what is scored.
    let same = try trial(data, settings: ["epochs": .integer(0)], kept: ["logits"], inputs: [weights])
    #expect(same.artefacts[0].digest == first.artefacts[0].digest)
    let further = try trial(data, settings: ["epochs": .integer(1)], inputs: [weights])
    let fresh = try trial(data, settings: ["epochs": .integer(1)])
    #expect(further.measures["nll"]! < fresh.measures["nll"]!)
    #expect(throws: ArtefactError.self) {
      try trial(data, settings: ["model": part(.model, "mlp"), "epochs": .integer(0)], inputs: [weights])
    }
  }

  /// A training that is interrupted after any of its epochs goes on from there to the same bits.
  @Test(arguments: ["classifier", "regressor"])
  func anInterruptedTrainingGoesOnToTheSameBits(name: String) throws {
    let set = name == "classifier" ? "digits" : "diabetes"
    let data: [DataRole: RowSet] = [
      .fit: try library.rows(for: rows([1, 2], of: 5, set)),
      .score: try library.rows(for: rows([3], of: 5, set)),
    ]
    let learner = procedure(
      name,
      [
        "epochs": .integer(6), "model": part(.model, "mlp"), "schedule": part(.schedule, "cosine"),
        "optimizer": part(.optimizer, "adamw"),
      ])
    let specification = TrialSpecification(
      procedure: name, settings: Settings(), revisions: [], data: [:],
      seed: SeedPath(pool: .evaluation, seed: 1), measures: [], kept: ["weights"], fingerprint: "")
    func run(_ files: any TrialFiles) throws -> Outcome {
      try learner.run(
        TrialContext(
          seed: specification.seed, measures: [], data: data,
          stages: TrialStages(specification, files: files, items: [:], checkpointSeconds: 0)))
    }
    let undisturbed = try run(MemoryFiles())
    let disturbed = InterruptingFiles()
    var outcome: Outcome?
    var interruptions = 0
    while outcome == nil, interruptions < 20 {
      do { outcome = try run(disturbed) } catch is InterruptingFiles.Interruption { interruptions += 1 }
    }
    #expect(interruptions == 3)
    #expect(outcome?.canonicalForm == undisturbed.canonicalForm)
  }

  @Test func modelsWithoutParametersKeepLogitsButNoWeights() throws {
    let data: [DataRole: DataReference] = [
      .fit: try rows([1, 2]), .calibrate: try rows([4]), .score: try rows([3]),
    ]
    let settings: [String: Setting] = ["model": part(.model, "naive-bayes")]
    let member = try trial(data, settings: settings, kept: ["logits"])
    let one = try trial(
      [.score: try rows([3])], of: "ensemble", inputs: [input("logits", [member])])
    #expect(one.measures["accuracy"] == member.measures["accuracy"])
    #expect(throws: ProcedureError.self) { try trial(data, settings: settings, kept: ["weights"]) }
  }

  @Test func aTrialBehindADivergedOneHasDivergedToo() throws {
    let outcome = try trial(
      [.score: try rows([3])], of: "ensemble",
      inputs: [TrialInput(name: "logits", sources: [.init(artefacts: [])])])
    #expect(outcome.status == .diverged("a trial behind its input 'logits' diverged"))
  }

  /// Attempts to read what other rows' items hold: a trial has no way to name them.
  @Test func rowsWithoutItemsAndOtherRolesAreOutOfReach() throws {
    let member = try trial([.fit: try rows([1, 2]), .score: try rows([3])], kept: ["logits"])
    #expect(throws: ArtefactError.self) {
      try trial(
        [.score: try rows([4])], of: "ensemble", inputs: [input("logits", [member])])
    }
    let specification = TrialSpecification(
      procedure: "ensemble", settings: Settings(), revisions: [], data: [.score: try rows([3])],
      seed: SeedPath(pool: .evaluation, seed: 1), measures: [], inputs: [input("logits", [member])],
      fingerprint: "")
    let context = TrialContext(
      seed: specification.seed, measures: [],
      data: [.score: try library.rows(for: try rows([3]))],
      stages: TrialStages(specification, files: files, items: [.score: try library.items(for: try rows([3]))])
    )
    #expect(throws: ArtefactError.malformed("it is about items, which are read by role")) {
      try context.wholes("logits")
    }
  }

  @Test func damagedAndMissingArtefactsAreErrors() throws {
    let gone = Artefact(name: "logits", kind: .logits, digest: Digest(of: "gone"), bytes: 4)
    #expect(throws: ArtefactError.missing(gone.digest)) {
      try trial(
        [.score: try rows([3])], of: "ensemble",
        inputs: [TrialInput(name: "logits", sources: [.init(artefacts: [gone])])])
    }
  }

  @Test func aProcedureThatGivesOtherArtefactsIsRefused() throws {
    #expect(throws: TrialRunError.self) {
      try trial(
        [.score: try rows([3])], of: "ensemble", kept: ["logits"],
        inputs: [
          input("logits", [try trial([.fit: try rows([1]), .score: try rows([3])], kept: ["logits"])])
        ])
    }
  }
}

/// Files of a process that is interrupted at every second checkpoint, just after it was saved.
private final class InterruptingFiles: TrialFiles {
  struct Interruption: Error {}

  private let memory = MemoryFiles()
  private let saved = Mutex(0)

  func keep(_ bytes: [UInt8]) throws -> Digest { try memory.keep(bytes) }
  func read(_ digest: Digest) throws -> [UInt8] { try memory.read(digest) }
  func checkpoint(of trial: TrialKey) throws -> [UInt8]? { try memory.checkpoint(of: trial) }

  func save(_ checkpoint: [UInt8], of trial: TrialKey) throws {
    try memory.save(checkpoint, of: trial)
    let count = saved.withLock { count in
      count += 1
      return count
    }
    if count % 2 == 0 { throw Interruption() }
  }
}
