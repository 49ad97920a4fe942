import Experiments
import TrialStore

/// What trials are expected to cost, from what trials like them have cost before.
struct CostForecast {
  /// What one trial is expected to take.
  struct Expectation {
    let cpuSeconds: Double
    let wallSeconds: Double
    let bytes: Int
  }

  private let archive: any TrialArchive
  private var past = PastCosts()
  private var asked: Set<Digest> = []

  init(_ archive: any TrialArchive) { self.archive = archive }

  /// Expectations by trial: from trials of the same shape, else from all of the procedure; none where nothing of the
  /// procedure has run.
  mutating func expectations(_ trials: [TrialSpecification]) throws -> [TrialKey: Expectation] {
    var shapes: [TrialKey: Digest] = [:]
    for trial in trials { shapes[trial.key] = try KeyFields(trial.canonicalForm).shape }
    let new = Set(shapes.values).subtracting(asked)
    if !new.isEmpty {
      asked.formUnion(new)
      let found = try archive.pastCosts(of: new)
      past.byShape.merge(found.byShape) { $1 }
      past.byProcedure = found.byProcedure
    }
    var expectations: [TrialKey: Expectation] = [:]
    for trial in trials {
      guard let shape = shapes[trial.key], let cost = past.byShape[shape] ?? past.byProcedure[trial.procedure]
      else { continue }
      let trials = Double(cost.trials)
      expectations[trial.key] = Expectation(
        cpuSeconds: cost.cpuSeconds / trials, wallSeconds: cost.wallSeconds / trials,
        bytes: cost.bytes / cost.trials)
    }
    return expectations
  }
}
