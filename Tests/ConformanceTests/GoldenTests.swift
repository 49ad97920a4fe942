import Experiments
import Foundation
import Learning
import Measures
import Parts
import Procedures
import Tensors
import Testing
import Tuners

/// What small runs gave when they were last recorded: the first line names the numerics, each other line a
/// run by the revisions of its parts and ends with the digest of its outcome.
///
/// Bits that move while the revisions stay are a fault: results would be reused that no longer hold. Raise
/// the revision of the part that changed (or the engine's), then record with `ASSAY_RECORD=1 swift test …`.
private struct GoldenFile {
  static let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "golden.txt")

  var numerics = ""
  var digests: [String: String] = [:]

  static func read() throws -> GoldenFile {
    var file = GoldenFile()
    for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ")
      if words[0] == "numerics" {
        file.numerics = words.dropFirst().joined(separator: " ")
      } else {
        file.digests[words.dropLast().joined(separator: " ")] = String(words.last!)
      }
    }
    return file
  }

  func write() throws {
    let lines = ["numerics \(numerics)"] + digests.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    try (lines.joined(separator: "\n") + "\n").write(to: Self.url, atomically: true, encoding: .utf8)
  }

  /// The engine's revision, which this repository decides; the rest of the numerics is the machine's.
  static func engine(_ numerics: String) -> String { String(numerics.prefix { $0 != " " }) }

  /// Whether digests recorded here can be expected on this machine.
  static var isComparable: Bool {
    guard let recorded = try? read().numerics, engine(recorded) == engine(numericsFingerprint) else {
      return true
    }
    return recorded == numericsFingerprint
  }
}

/// Takes the last bits of predictions into the outcome, without any registered measure and its revision.
private struct PredictionBits: Measure {
  static let name = "prediction-bits"
  static let revision = 1
  static let summary = "a number that changes with any bit of the predictions"
  static let hyperparameters: [Hyperparameter] = []
  static let predictions = TargetKind.classification
  static let largerIsBetter = true

  init(_ settings: Settings = Settings()) {}

  func value(_ predictions: Predictions) -> Double {
    let numbers =
      switch predictions {
      case .classification(let probabilities, _, _): probabilities
      case .regression(let predictions, _): predictions
      case .quantiles(_, let values, _): values
      }
    let folded = numbers.reduce(UInt64(0)) { ($0 &* 0x100_0000_01B3) ^ $1.bitPattern }
    return Double(folded >> 11)
  }
}

/// A part as a setting in each of its variants: all defaults, and for every choice each other option.
private func variants(_ declaration: PartDeclaration) -> [(label: String, setting: Setting)] {
  let name = "\(declaration.name) \(declaration.revision)"
  var all = [(name, part(declaration.family, declaration.name))]
  for hyperparameter in declaration.hyperparameters {
    guard case .choice(let options) = hyperparameter.kind else { continue }
    for option in options where .text(option) != hyperparameter.defaultValue {
      let given = [hyperparameter.name: Setting.text(option)]
      all.append(("\(name) \(option)", part(declaration.family, declaration.name, given)))
    }
  }
  return all
}

extension Hyperparameter.Kind {
  fileprivate func isPart(of family: PartFamily) -> Bool {
    if case .part(family) = self { true } else { false }
  }
}

/// Every golden run of this executable, by label.
private func goldenRuns() throws -> [String: String] {
  var digests: [String: String] = [:]
  func declarations(_ family: PartFamily) -> [PartDeclaration] {
    partCatalogue.declarations.filter { $0.family == family }
  }
  func add(_ type: any Procedure.Type, _ label: String, _ given: [String: Setting]) throws {
    let small: [String: Setting] = [
      "epochs": .integer(3), "batch-size": .integer(16), "weight-decay": .number(0.01),
    ]
    let outcome = try procedure(type.name, small.merging(given) { $1 }).run(
      SmallData.context(
        type.predictions ?? .classification, roles: type.roles, measures: [("bits", PredictionBits())]))
    digests["\(type.name) \(type.revision) / \(label)"] = Digest(of: outcome.canonicalForm).short
  }
  for type in procedureRegistry.all {
    if let learner = type.hyperparameters.first(where: { $0.kind.isPart(of: .continualLearner) }) {
      for variant in declarations(.continualLearner).flatMap(variants) {
        try add(
          type, "\(learner.name) \(variant.label)",
          smallSettings[type.name]!.merging([learner.name: variant.setting]) { $1 })
      }
      continue
    }
    guard type.hyperparameters.contains(where: { $0.name == "model" }) else {
      let outcome = try procedure(type.name).run(
        SmallData.context(
          type.predictions ?? .classification, roles: type.roles,
          measures: type.predictions == nil ? [] : [("bits", PredictionBits())],
          inputs: type.inputs.filter { $0.isRequired || $0.isReplacedByOutputs }))
      digests["\(type.name) \(type.revision)"] = Digest(of: outcome.canonicalForm).short
      continue
    }
    let models = declarations(.model).filter { $0.predictions == nil || $0.predictions == type.predictions }
      .filter { type != ConformalRegressor.self || !$0.isTrained }
    for model in models.flatMap(variants) { try add(type, model.label, ["model": model.setting]) }
    // What follows is for procedures that train.
    guard type.hyperparameters.contains(where: { $0.name == "optimizer" }) else { continue }
    let mlp = part(.model, "mlp", ["width": .integer(8)])
    for rule in declarations(.optimizer).flatMap(variants) {
      try add(type, "optimizer \(rule.label)", ["model": mlp, "optimizer": rule.setting])
    }
    // Long enough for every schedule to leave its first rate.
    let long: [String: Setting] = ["model": mlp, "epochs": .integer(24), "batch-size": .integer(4)]
    for rule in declarations(.schedule).flatMap(variants) {
      try add(type, "schedule \(rule.label)", long.merging(["schedule": rule.setting]) { $1 })
    }
  }
  /// Each agent where it can act, and the first agent that can act in each environment.
  func addAgent(_ agent: (label: String, setting: Setting), _ place: (label: String, setting: Setting)) throws
  {
    let given: [String: Setting] = [
      "agent": agent.setting, "environment": place.setting, "steps": .integer(1000),
      "evaluation-episodes": .integer(2), "evaluations": .integer(2),
    ]
    let outcome = try procedure(AgentTrial.name, given)
      .run(SmallData.context(.classification, roles: [], measures: []))
    digests["\(AgentTrial.name) \(AgentTrial.revision) / \(agent.label) in \(place.label)"] =
      Digest(of: outcome.canonicalForm).short
  }
  let places = Dictionary(
    uniqueKeysWithValues: declarations(.environment).map { ($0.name, variants($0)) })
  let ppo = variants(partCatalogue[.agent, "ppo"]!)[0]
  for place in declarations(.environment).flatMap({ places[$0.name]! }) { try addAgent(ppo, place) }
  for agent in declarations(.agent) where agent.name != "ppo" {
    let place = ["sac": "pendulum", "q-learning": "cliff-walking", "sarsa": "cliff-walking"][agent.name]
    let early: [String: Setting] =
      agent.hyperparameters.contains { $0.name == "learning-starts" }
      ? ["learning-starts": .integer(100), "batch-size": .integer(32)] : [:]
    let label = "\(agent.name) \(agent.revision)"
    try addAgent((label, part(.agent, agent.name, early)), places[place ?? "cartpole"]![0])
  }
  for tuner in tunerRegistry.all {
    var texts: [String] = []
    for (_, space) in TunerTests.spaces {
      for batch in TunerTests.batches(tuner.name, space, SearchBudget(trials: 24, units: 9)) {
        texts += batch.map { "\(space.point($0.configuration)) \($0.budget) \($0.continues ?? -1)" }
      }
    }
    digests["tuner \(tuner.name) \(tuner.revision)"] = Digest(of: texts.joined(separator: "\n")).short
  }
  for measure in measureRegistry.all {
    let value = measure.init(completeSettings(measure.hyperparameters)!)
      .value(SmallData.predictions(measure.predictions))
    digests["measure \(measure.name) \(measure.revision)"] = String(value.bitPattern, radix: 16)
  }
  return digests
}

@Suite struct GoldenTests {
  private static let isRecording = ProcessInfo.processInfo.environment["ASSAY_RECORD"] == "1"

  @Test(
    .enabled(
      if: GoldenFile.isComparable || isRecording,
      "the recorded digests belong to another kernel family or OpenBLAS"))
  func bitsMoveOnlyWithARevision() throws {
    let runs = try goldenRuns()
    // The same again in the same process: nothing may linger from run to run.
    #expect(try goldenRuns() == runs)
    // A run in which a rule never differs from another could not show that it moved.
    let rules = runs.filter { $0.key.contains(" / schedule ") || $0.key.contains(" / optimizer ") }
    #expect(Set(rules.values).count == rules.count)
    var file = (try? GoldenFile.read()) ?? GoldenFile()
    if file.numerics == numericsFingerprint {
      for (label, digest) in runs.sorted(by: { $0.key < $1.key }) {
        if let recorded = file.digests[label] {
          #expect(digest == recorded, "'\(label)' moved: raise the revision of the part that changed")
        } else if !Self.isRecording {
          Issue.record("'\(label)' is not recorded: look at the change, then record with ASSAY_RECORD=1")
        }
      }
    } else if !Self.isRecording {
      Issue.record("the engine's revision changed since recording: record with ASSAY_RECORD=1")
    }
    guard Self.isRecording else { return }
    let kept = file.numerics == numericsFingerprint ? file.digests : [:]
    file.numerics = numericsFingerprint
    // Runs already recorded stay as they are: a digest changes only together with its label.
    file.digests = runs.merging(kept.filter { runs[$0.key] != nil }) { _, recorded in recorded }
    try file.write()
  }
}
