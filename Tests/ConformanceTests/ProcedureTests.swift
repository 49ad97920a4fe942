import Experiments
import Learning
import Measures
import Parts
import Procedures
import Testing

/// Every registered measure for a kind of prediction, under its own name.
private func allMeasures(_ kind: TargetKind?) -> [(column: String, measure: any Measure)] {
  measureRegistry.all.filter { $0.predictions == kind }
    .map { ($0.name, $0.init(completeSettings($0.hyperparameters)!)) }
}

@Suite struct ProcedureTests {
  /// What every procedure promises: equal trials have equal outcomes, other seeds other ones, and the outcome
  /// holds the measures asked for and the columns declared.
  @Test(arguments: procedureRegistry.names)
  func outcomesRepeatAndHoldWhatIsDeclared(name: String) throws {
    let type = procedureRegistry[name]!
    let kind = type.predictions ?? .classification
    let measures = allMeasures(type.predictions)
    func run(_ seed: Int) throws -> Outcome {
      try procedure(name, smallSettings[name] ?? [:]).run(
        SmallData.context(
          kind, roles: type.roles + type.optionalRoles, measures: measures, seed: seed,
          inputs: type.inputs.filter { $0.isRequired || $0.isReplacedByOutputs }))
    }
    let outcome = try run(3)
    #expect(try run(3) == outcome)
    #expect(try run(4) != outcome)
    #expect(outcome.status == .finished)
    let ownColumns = type.columns.filter { $0.place == .trial }.map(\.name)
    #expect(outcome.measures.keys.sorted() == (measures.map(\.column) + ownColumns).sorted())
    #expect(
      outcome.curves.map(\.name).sorted() == type.columns.filter { $0.place == .steps }.map(\.name).sorted())
    for curve in outcome.curves { #expect(curve.steps.count == curve.values.count && !curve.steps.isEmpty) }
    for (_, value) in outcome.measures { #expect(value.isFinite) }
  }

  /// Row n of its class for seed n, pixel by pixel, and a reason where there is none.
  @Test func imageSamplesAreRowsAsTheyStand() throws {
    func sample(_ label: Int, _ seed: Int) throws -> Outcome {
      try procedure("image-samples", ["class": .integer(label)])
        .run(SmallData.context(.classification, roles: [.score], seed: seed))
    }
    let found = try sample(1, 1)
    // Of the score rows 60 … 79 those of class 1 are 61, 64, 67 …
    #expect(found.measures == ["row": 64])
    let curves = Dictionary(uniqueKeysWithValues: found.curves.map { ($0.name, $0.values) })
    #expect(curves["value"] == (0..<16).map { Double(SmallData.classes.features[64 * 16 + $0]) })
    #expect(curves["line"]?[5] == 1 && curves["column"]?[5] == 1 && curves["line"]?[15] == 3)
    #expect(throws: ProcedureError.self) { try sample(1, 7) }
    #expect(throws: ProcedureError.self) { try sample(3, 0) }
  }

  /// The probability of class 0 beside whether a row is of it, by which ROC curves are drawn.
  @Test func positivesAreOfTheFirstClass() throws {
    let files = MemoryFiles()
    let measure = measureRegistry["sensitivity-at-specificity"]!
    let outcome = try procedure("classifier").run(
      SmallData.context(
        .classification, roles: [.fit, .score],
        measures: [("found", measure.init(completeSettings(measure.hyperparameters)!))], kept: ["positives"],
        files: files))
    let kept = try #require(outcome.artefacts.first)
    let content = try ArtefactContent(bytes: files.read(kept.digest))
    #expect(content.arrays.map(\.name) == ["positive", "positive-probability"])
    let positives = content.arrays[0].values
    #expect(positives == (60..<80).map { $0 % 3 == 0 ? 1 : 0 })
    // The measure counts class 0 as the positive one too: so many are found before more than a tenth of the others is.
    let sorted = zip(content.arrays[1].values, positives).sorted { $0.0 > $1.0 }.map(\.1)
    let (negatives, all) = (sorted.count { $0 == 0 }, sorted.count { $0 == 1 })
    var (found, alarms) = (0, 0)
    for flag in sorted {
      if flag == 0 { alarms += 1 }
      if alarms * 10 > negatives { break }
      if flag == 1 { found += 1 }
    }
    #expect(outcome.measures["found"] == Double(found) / Double(all))
  }

  @Test func learningBeatsGuessing() throws {
    let roles: [DataRole] = [.fit, .score]
    let epochs: [String: Setting] = ["epochs": .integer(200)]
    let classified = try procedure("classifier", epochs)
      .run(SmallData.context(.classification, roles: roles, measures: allMeasures(.classification)))
    #expect(classified.measures["accuracy"]! > 0.6)
    let fitted = try procedure("regressor", epochs)
      .run(SmallData.context(.regression, roles: roles, measures: allMeasures(.regression)))
    #expect(fitted.measures["r2"]! > 0.95 && fitted.measures["rmse"]! < 15)
  }

  @Test func curvesKeepAtMostTwentyEpochsAndTheLast() throws {
    func steps(_ epochs: Int) throws -> [Int] {
      try procedure("classifier", ["epochs": .integer(epochs)])
        .run(SmallData.context(.classification, roles: [.fit, .score])).curves[0].steps
    }
    #expect(try steps(0) == [])
    #expect(try steps(3) == [1, 2, 3])
    #expect(try steps(50).count == 20)
    #expect(try steps(50).last == 50)
  }

  @Test func accuracyCurveEndsAtTheMeasure() throws {
    let outcome = try procedure("classifier")
      .run(SmallData.context(.classification, roles: [.fit, .score], measures: allMeasures(.classification)))
    let curve = try #require(outcome.curves.first { $0.name == "score-accuracy" })
    #expect(curve.values.last == outcome.measures["accuracy"])
    #expect(Set(curve.values).count > 1)
  }

  @Test func costIsThatOfTraining() throws {
    func cost(_ epochs: Int) throws -> CountedCost {
      try procedure("classifier", ["epochs": .integer(epochs)])
        .run(SmallData.context(.classification, roles: [.fit, .score])).cost
    }
    let seven = try cost(7)
    #expect(seven.examples == 7 * 60)
    // Logistic regression of 16 features and 3 classes: one product forward, one backward, and little else.
    let products = 7 * 2 * (2 * 60 * 16 * 3)
    #expect(seven.flops > products && seven.flops < products * 3 / 2)
    #expect(try cost(14) == CountedCost(examples: 14 * 60, flops: 2 * seven.flops))
  }

  /// Procedures that fit a model, each with the models that serve it.
  private static let fits = procedureRegistry.all.filter {
    $0.predictions != nil && $0.roles == [.fit, .score]
  }.flatMap { type in
    modelRegistry.all.filter { $0.predictions == nil || $0.predictions == type.predictions }
      .filter { type.trains || $0 is any EstimatorModel.Type }
      .map { (procedure: type.name, kind: type.predictions!, model: $0.name) }
  }

  /// Fit rows at the edge of what can be fitted give finite measures, or an outcome that says why not; never a trap.
  @Test(arguments: fits.indices)
  func poorFitRowsGiveDefinedResults(index: Int) throws {
    let (name, kind, model) = Self.fits[index]
    let cases: [(label: String, rows: [Int32])] = [
      ("one row", [0]), ("one class", [0, 3, 6, 9]), ("an absent class", [0, 1, 3, 4, 6, 7]),
      ("equal rows", Array(repeating: 1, count: 8)),
    ]
    for (label, rows) in cases {
      let outcome = try procedure(
        name, ["model": part(.model, model), "batch-size": .integer(65_536), "epochs": .integer(5)]
      ).run(SmallData.context(kind, roles: [.fit, .score], measures: allMeasures(kind), fit: rows))
      guard case .finished = outcome.status else {
        #expect(outcome.measures.isEmpty)
        continue
      }
      #expect(outcome.measures["fit-rows"] == Double(rows.count))
      for (column, value) in outcome.measures {
        #expect(value.isFinite, "\(name) \(model) \(label): \(column)")
      }
    }
  }

  /// Features that are not numbers end every fit as diverged, with the reason.
  @Test(arguments: fits.indices)
  func featuresThatAreNotNumbersDiverge(index: Int) throws {
    let (name, kind, model) = Self.fits[index]
    let whole = SmallData.dataset(kind)
    var features = whole.features
    features[20] = .nan
    let broken = Dataset(
      kind: kind, features: features, columns: whole.columns, labels: whole.labels, classes: whole.classes,
      targets: whole.targets)
    let data: [DataRole: RowSet] = [
      .fit: RowSet(dataset: broken, rows: Array(0..<40)),
      .score: RowSet(dataset: broken, rows: Array(40..<80)),
    ]
    let context = TrialContext(
      seed: SeedPath(pool: .evaluation, seed: 1), measures: allMeasures(kind), data: data)
    let outcome = try procedure(name, ["model": part(.model, model), "epochs": .integer(2)]).run(context)
    guard case .diverged(let reason) = outcome.status else {
      Issue.record("\(name) \(model) finished")
      return
    }
    #expect(!reason.isEmpty && outcome.measures.isEmpty)
  }

  @Test func divergenceIsAnOutcomeWithItsEpoch() throws {
    let outcome = try procedure(
      "regressor",
      [
        "learning-rate": .number(100), "optimizer": part(.optimizer, "sgd"), "epochs": .integer(50),
      ]
    ).run(SmallData.context(.regression, roles: [.fit, .score], measures: allMeasures(.regression)))
    guard case .diverged(let reason) = outcome.status else {
      Issue.record("a learning rate of 100 finished")
      return
    }
    #expect(reason.wholeMatch(of: /loss or weights not finite in epoch \d+/) != nil)
    #expect(outcome.measures.isEmpty)
    for curve in outcome.curves { #expect(curve.values.allSatisfy { $0.isFinite }) }
    #expect(outcome.cost.examples % 60 == 0 && outcome.cost.examples < 50 * 60)
  }

  @Test func wrongDataAndModelsAreRefused() {
    #expect(throws: ProcedureError.self) {
      try procedure("classifier").run(SmallData.context(.regression, roles: [.fit, .score]))
    }
    #expect(throws: ProcedureError.self) {
      try procedure("classifier").run(SmallData.context(.classification, roles: [.fit, .score], fit: []))
    }
    #expect(throws: ProcedureError.self) {
      try procedure("regressor", ["model": part(.model, "logistic")])
        .run(SmallData.context(.regression, roles: [.fit, .score]))
    }
  }
}
