import Experiments
import Protocols
import Studies
import TrialStore

/// A trial that a study needs, and whether the store has it.
struct NamedTrial {
  let specification: TrialSpecification
  /// The experiment's place among those that were asked about.
  let experiment: Int
  let phase: TrialPhase
  let isStored: Bool
}

/// Names the trials that studies need, as far as the store lets them be named; nothing runs.
///
/// A search is followed as long as its trials are there; beyond that its suggestions, and what would be evaluated,
/// are not known. Of evaluation trials only their presence is looked at, so naming them is no look.
final class NamedTrials: TrialSource {
  private let archive: (any TrialArchive)?
  private(set) var trials: [NamedTrial] = []
  private var settled: [SettledTrial] = []

  /// - Parameter archive: nil where there is no store yet.
  init(archive: (any TrialArchive)?) { self.archive = archive }

  func request(_ wanted: [WantedTrial]) throws {
    let tuning = try archive?.outcomes(of: wanted.filter { $0.phase == .tuning }) ?? [:]
    let evaluation = wanted.filter { $0.phase == .evaluation }.map(\.specification.key)
    let evaluated = try archive?.present(evaluation) ?? []
    for trial in wanted {
      let key = trial.specification.key
      let outcome = tuning[key]
      trials.append(
        NamedTrial(
          specification: trial.specification, experiment: trial.experiment, phase: trial.phase,
          isStored: outcome != nil || evaluated.contains(key)))
      settled.append(
        SettledTrial(key: key, result: outcome.map(TrialResult.outcome) ?? .missing, isCached: true))
    }
  }

  func next() -> [SettledTrial] {
    defer { settled = [] }
    return settled
  }

  /// The trials of those experiments, in the order in which the experiments ask for them.
  static func of(_ experiments: [CheckedExperiment], archive: (any TrialArchive)?) throws -> [NamedTrial] {
    let source = NamedTrials(archive: archive)
    let conductor = Conductor(trials: source, tuner: makeTuner)
    // Each as if it were a study of its own: none waits for another's evaluation.
    for (index, experiment) in experiments.enumerated() {
      conductor.add(experiment, of: "\(index)", gate: NamingGate())
    }
    _ = try conductor.run()
    return source.trials
  }
}

/// Lets evaluation trials be named. Their outcomes are not read, so there is nothing to make durable.
private struct NamingGate: EvaluationGate {
  func commit(frozen: [Frozen], look: Look) {}
}
