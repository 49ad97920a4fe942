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
/// are not known. Of evaluation trials only their presence is looked at, and the artefacts of those that others start
/// from, so naming them is no look.
final class NamedTrials: TrialSource {
  private let archive: (any TrialArchive)?
  /// The experiments that others start from.
  private let sources: Set<Int>
  private(set) var trials: [NamedTrial] = []
  private var settled: [SettledTrial] = []

  /// - Parameters:
  ///   - archive: nil where there is no store yet.
  ///   - sources: the experiments that others start from.
  private init(archive: (any TrialArchive)?, sources: Set<Int>) {
    self.archive = archive
    self.sources = sources
  }

  func request(_ wanted: [WantedTrial]) throws {
    let read = wanted.filter { $0.phase == .tuning || sources.contains($0.experiment) }
    let outcomes = try archive?.outcomes(of: read) ?? [:]
    let evaluation = wanted.filter { $0.phase == .evaluation }.map(\.specification.key)
    let evaluated = try archive?.present(evaluation) ?? []
    for trial in wanted {
      let key = trial.specification.key
      let outcome = trial.phase == .tuning ? outcomes[key] : outcomes[key]?.artefactsAlone
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
    let names = Set(experiments.flatMap(\.sources))
    let source = NamedTrials(
      archive: archive, sources: Set(experiments.indices.filter { names.contains(experiments[$0].name) }))
    let conductor = Conductor(trials: source, tuner: makeTuner)
    for experiment in experiments { conductor.add(experiment, of: "", gate: NamingGate()) }
    _ = try conductor.run()
    return source.trials
  }
}

/// Lets evaluation trials be named. Their outcomes are not read, so there is nothing to make durable.
private struct NamingGate: EvaluationGate {
  func commit(frozen: [Frozen], look: Look) {}
}
