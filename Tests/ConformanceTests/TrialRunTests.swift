import Datasets
import Experiments
import Foundation
import Parts
import Procedures
import Tensors
import Testing

/// A library over the data that ship with the repository.
func shippedData() -> DataLibrary {
  let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent()
  return DataLibrary(folder: root.appendingPathComponent("studies/data").path)
}

/// A trial on parts of a registered data set, fitted on 1–4 of 5 and scored on the fifth.
private func specification(
  _ procedureName: String, _ data: String, _ library: DataLibrary, measures: [String],
  settings: [String: Setting] = [:], revisions: [PartRevision] = [], fingerprint: String = numericsFingerprint
) throws -> TrialSpecification {
  let source = DataSource.registered(data)
  let content = try library.content(of: source)
  func rows(_ parts: [Int]) -> DataReference {
    DataReference(source: source, steps: [.parts(parts, of: 5)], content: content)
  }
  return TrialSpecification(
    procedure: procedureName,
    settings: completeSettings(procedureRegistry[procedureName]!.hyperparameters, settings)!,
    revisions: revisions, data: [.fit: rows([1, 2, 3, 4]), .score: rows([5])],
    seed: SeedPath(pool: .evaluation, seed: 1000),
    measures: measures.map { MeasureRequest(column: $0, measure: $0, settings: Settings()) },
    fingerprint: fingerprint)
}

@Suite struct TrialRunTests {
  /// Real digits, with the defaults: far better than a broken learner, not as good as one that saw the score
  /// rows.
  @Test(arguments: [("logistic", 0.93), ("mlp", 0.95)])
  func digitsAreLearned(model: String, atLeast: Double) throws {
    let library = shippedData()
    let trial = try specification(
      "classifier", "digits", library, measures: ["accuracy", "nll"], settings: ["model": part(.model, model)]
    )
    let outcome = try runTrial(trial, library: library, files: MemoryFiles())
    #expect(outcome.measures["accuracy"]! > atLeast && outcome.measures["accuracy"]! < 1)
    #expect(outcome.measures["nll"]! < 0.3)
    #expect(outcome.measures["fit-rows"]! + outcome.measures["score-rows"]! == 1797)
    #expect(try runTrial(trial, library: library, files: MemoryFiles()) == outcome)
  }

  @Test func diabetesIsLearned() throws {
    let library = shippedData()
    let trial = try specification("regressor", "diabetes", library, measures: ["r2", "rmse"])
    let outcome = try runTrial(trial, library: library, files: MemoryFiles())
    #expect(outcome.measures["r2"]! > 0.3 && outcome.measures["r2"]! < 0.8)
    #expect(outcome.measures["rmse"]! > 30 && outcome.measures["rmse"]! < 70)
  }

  @Test func otherNumericsAndRevisionsAreRefused() throws {
    let library = shippedData()
    let foreign = try specification(
      "classifier", "digits", library, measures: [], fingerprint: "assay-0 Nehalem OpenBLAS-0.0.0")
    #expect(throws: TrialRunError.self) { try runTrial(foreign, library: library, files: MemoryFiles()) }
    let old = try specification(
      "classifier", "digits", library, measures: [],
      revisions: [PartRevision(family: .procedure, name: "classifier", revision: 0)])
    #expect(throws: TrialRunError.self) { try runTrial(old, library: library, files: MemoryFiles()) }
    let unknown = try specification(
      "classifier", "digits", library, measures: [],
      revisions: [PartRevision(family: .optimizer, name: "no-such-part", revision: 1)])
    #expect(throws: TrialRunError.self) { try runTrial(unknown, library: library, files: MemoryFiles()) }
  }
}
