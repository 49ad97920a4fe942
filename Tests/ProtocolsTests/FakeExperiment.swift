import Experiments
import Parts
import Protocols
import Randomness

/// A procedure that exists only as a declaration: protocols are planning, so nothing ever runs.
struct FakeProcedure: Part {
  static let name = "fake"
  static let revision = 7
  static let summary = "A stand-in."
  static let hyperparameters = [
    Hyperparameter("rate", .number(0...1), default: .number(0.5), "A rate.")
  ]
  init(_ settings: Settings) {}
}

struct FakeMeasure: Part {
  static let name = "score"
  static let revision = 1
  static let summary = "A stand-in."
  static let hyperparameters: [Hyperparameter] = []
  init(_ settings: Settings) {}
}

enum Fake {
  static let catalogue = PartCatalogue([
    PartDeclaration(family: .procedure, part: FakeProcedure.self, roles: [.fit, .score]),
    PartDeclaration(family: .measure, part: FakeMeasure.self),
  ])

  static func rows(_ part: Int) -> DataReference {
    DataReference(source: .registered("set"), steps: [.parts([part], of: 5)], content: "content")
  }

  static let template = TrialTemplate(
    procedure: "fake", settings: Settings(["rate": .number(0.5)]),
    measures: [MeasureRequest(column: "score", measure: "score", settings: Settings())], fingerprint: "test",
    catalogue: catalogue)

  static let space = Space([
    Dimension(name: "rate", path: ["rate"], domain: .number(from: 0, to: 1, logarithmic: false))
  ])

  static func tuning(
    trials: Int = 8, repeats: Int = 2, direction: Selection.Direction = .max, forEach: [String] = ["fold"],
    data: [DataRole: DataReference] = [.fit: rows(1), .score: rows(2)]
  ) -> TuningDeclaration {
    TuningDeclaration(
      space: space, tuner: "random", tunerSettings: Settings(), tunerRevision: 1, trials: trials, data: data,
      seeds: [0, 1], selection: Selection(direction: direction, statistic: .mean, column: "score"),
      repeats: repeats,
      forEach: forEach, isSearchedOn: true)
  }

  static func cell(
    fold: Int = 1, tuning: TuningDeclaration? = tuning(), seeds: [Int] = [1000, 1001],
    applied: Applied = .configuration
  ) -> CellDeclaration {
    CellDeclaration(
      factors: [("fold", .integer(fold))], template: template, tuning: tuning,
      evaluationData: [.fit: rows(3), .score: rows(3 + fold)], evaluationSeeds: seeds,
      applied: applied)
  }

  static func outcome(_ score: Double) -> Outcome {
    Outcome(status: .finished, measures: ["score": score], curves: [], cost: CountedCost())
  }

  static let diverged = Outcome(status: .diverged("test"), measures: [:], curves: [], cost: CountedCost())
}

/// A gate that remembers what was made durable.
final class RecordingGate: EvaluationGate {
  private(set) var frozen: [Frozen] = []
  private(set) var looks: [Look] = []

  func commit(frozen: [Frozen], look: Look) throws {
    self.frozen += frozen
    looks.append(look)
  }
}

/// A gate that cannot make anything durable.
struct FailingGate: EvaluationGate {
  struct Full: Error {}

  func commit(frozen: [Frozen], look: Look) throws { throw Full() }
}
