import Experiments
import Parts
import Protocols
import Studies

/// Drives experiments through their protocol: searches in synchronous batches, then the freeze, then evaluation.
///
/// Every search goes on as soon as its own batch is there, and every experiment is evaluated as soon as its own
/// searches are over, so that workers are idle only when nothing can run. What a search suggests never depends on the
/// others. One thing is kept in order: the experiments of a study open their evaluation in the order of the study,
/// because each look is a line of the study's ledger, which must not depend on who was faster.
final class Conductor {
  /// What waits for trials.
  private enum Place {
    case search(run: Int, search: Int)
    case evaluation(run: Int)

    var run: Int {
      switch self {
      case .search(let run, _), .evaluation(let run): run
      }
    }
  }

  private let trials: any TrialSource
  private let tuner: (_ name: String, _ settings: Settings) -> any Tuner
  private let observe: ([ExperimentTally]) -> Void
  private var runs: [ExperimentRun] = []
  private var tallies: [ExperimentTally] = []
  /// What is known of trials that were asked for, whoever asked first.
  private var known: [TrialKey: TrialResult] = [:]
  private var batches: [(place: Place, missing: Int)] = []
  /// The batches that wait for a trial.
  private var waiting: [TrialKey: [Int]] = [:]
  private var ready: [Place] = []

  /// - Parameter observe: told now and then how far the experiments are, in the order they were added.
  init(
    trials: any TrialSource, tuner: @escaping (_ name: String, _ settings: Settings) -> any Tuner,
    observe: @escaping ([ExperimentTally]) -> Void = { _ in }
  ) {
    self.trials = trials
    self.tuner = tuner
    self.observe = observe
  }

  /// Adds an experiment, after those of its study that it starts from.
  ///
  /// - Parameters:
  ///   - gate: makes its selections and its look durable before its evaluation opens.
  ///   - lacks: what its program needs and this machine does not have; it is then not run.
  func add(
    _ experiment: CheckedExperiment, of study: String, gate: any EvaluationGate, lacks: String? = nil
  ) {
    let plan = experiment.plan
    runs.append(ExperimentRun(experiment, gate: gate, absence: lacks.map { .lacks($0) }))
    tallies.append(
      ExperimentTally(
        study: study, name: experiment.name, expected: plan.tuningCount + plan.evaluationCount,
        selection: experiment.selection))
  }

  /// Runs everything that was added; results in the order it was added.
  func run() throws -> [ExperimentResults] {
    try advance()
    while !waiting.isEmpty {
      for trial in try trials.next() { settle(trial) }
      try advance()
    }
    return runs.map(\.results)
  }

  /// The runs of the experiments that a run starts from.
  private func sources(of run: Int) -> [Int] {
    runs[run].experiment.sources.map { name in
      guard
        let source = runs.indices.first(where: {
          tallies[$0].study == tallies[run].study && runs[$0].experiment.name == name
        })
      else { preconditionFailure("'\(name)' was not added") }
      return source
    }
  }

  private func canStart(_ run: Int) -> Bool {
    !runs[run].isStarted && sources(of: run).allSatisfy { runs[$0].isClosed }
  }

  /// Starts the experiments whose sources are over; the searches of each are ready to ask.
  private func start() {
    for run in runs.indices where canStart(run) {
      runs[run].start(after: sources(of: run).map { runs[$0].results }, tuner: tuner)
      for search in runs[run].searches.indices { ready.append(.search(run: run, search: search)) }
    }
  }

  private func settle(_ trial: SettledTrial) {
    known[trial.key] = trial.result
    for batch in waiting.removeValue(forKey: trial.key) ?? [] {
      batches[batch].missing -= 1
      tallies[batches[batch].place.run].note(trial)
      if batches[batch].missing == 0 { ready.append(batches[batch].place) }
    }
  }

  /// Does all that can be done without waiting, and asks for the trials that come next.
  private func advance() throws {
    repeat {
      start()
      var wanted: [WantedTrial] = []
      let places = ready
      ready = []
      for place in places { step(place, &wanted) }
      try open(&wanted)
      if !wanted.isEmpty { try trials.request(wanted) }
    } while !ready.isEmpty || runs.indices.contains(where: canStart)
    observe(tallies)
  }

  /// Takes in the batch that a place waited for, if any, and goes on from there.
  private func step(_ place: Place, _ wanted: inout [WantedTrial]) {
    switch place {
    case .search(let run, let search):
      for score in runs[run].searches[search].tell(known) { tallies[run].note(score: score) }
      guard !runs[run].searches[search].isOver else { return }
      let asked = runs[run].searches[search].ask()
      if !asked.isEmpty { wait(place, for: asked, .tuning, &wanted) }
    case .evaluation(let run):
      runs[run].close(known)
      tallies[run].state = .closed
    }
  }

  /// Opens the evaluation of every experiment that is tuned and whose predecessors in the study are settled.
  private func open(_ wanted: inout [WantedTrial]) throws {
    var held: Set<String> = []
    for run in runs.indices where !runs[run].isSettled {
      let study = tallies[run].study
      guard runs[run].isStarted, runs[run].isTuned, !held.contains(study) else {
        held.insert(study)
        continue
      }
      tallies[run].state = .evaluating
      let trials = try runs[run].open()
      if trials.isEmpty {
        tallies[run].state = .closed
      } else {
        wait(.evaluation(run: run), for: trials, .evaluation, &wanted)
      }
    }
  }

  private func wait(
    _ place: Place, for trials: [TrialSpecification], _ phase: TrialPhase, _ wanted: inout [WantedTrial]
  ) {
    let batch = batches.count
    var missing = 0
    tallies[place.run].asked += trials.count
    for trial in trials {
      if let result = known[trial.key] {
        tallies[place.run].note(SettledTrial(key: trial.key, result: result, isCached: true))
        continue
      }
      missing += 1
      if waiting[trial.key] == nil {
        wanted.append(
          WantedTrial(
            specification: trial, experiment: place.run, phase: phase,
            shown: phase == .evaluation ? runs[place.run].experiment.itemArtefacts : [],
            scoresFailures: runs[place.run].experiment.plan.scoresFailures))
      }
      waiting[trial.key, default: []].append(batch)
    }
    batches.append((place, missing))
    if missing == 0 { ready.append(place) }
  }
}
