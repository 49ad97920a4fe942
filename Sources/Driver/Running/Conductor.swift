import Experiments
import Parts
import Protocols
import Studies

/// What a trial came to in this build.
enum TrialResult {
  case outcome(Outcome)
  case failed(Attempt)
}

/// Gets trials done: from the store where they are, else by running them.
protocol TrialSource: AnyObject {
  /// The results of all these trials, by key; every outcome is durable.
  func results(of trials: [TrialSpecification], title: String) throws -> [TrialKey: TrialResult]
}

/// Drives experiments through their protocol: searches in synchronous batches, then the freeze, then evaluation.
///
/// All searches of all experiments advance together, batch by batch, so that the workers always have enough to do;
/// what a search suggests never depends on the others.
final class Conductor {
  private let trials: any TrialSource
  private let tuner: (_ name: String, _ settings: Settings) -> any Tuner
  private var runs: [ExperimentRun] = []

  init(trials: any TrialSource, tuner: @escaping (_ name: String, _ settings: Settings) -> any Tuner) {
    self.trials = trials
    self.tuner = tuner
  }

  /// Adds an experiment, after those it starts from.
  ///
  /// - Parameters:
  ///   - study: the number of its study; experiments start from those of their own.
  ///   - gate: makes its selections and its look durable before its evaluation opens.
  ///   - lacks: what its program needs and this machine does not have; it is then not run.
  func add(
    _ experiment: CheckedExperiment, study: Int = 0, gate: any EvaluationGate, lacks: String? = nil
  ) {
    var run = ExperimentRun(experiment: experiment, study: study, gate: gate)
    run.absence = lacks.map { .lacks($0) }
    runs.append(run)
  }

  /// Runs everything that was added; the results come in the order it was added.
  ///
  /// Experiments that start from others wait for them; those that wait for nothing run together.
  func run() throws -> [ExperimentResults] {
    var waiting = Array(runs.indices)
    while !waiting.isEmpty {
      let ready = waiting.filter { sources(of: $0).allSatisfy { !waiting.contains($0) } }
      precondition(!ready.isEmpty, "every experiment starts from earlier ones only")
      for run in ready { start(run) }
      try tune(ready)
      try evaluate(ready)
      waiting.removeAll(where: ready.contains)
    }
    return runs.map(\.results)
  }

  /// The runs of the experiments that a run starts from.
  private func sources(of run: Int) -> [Int] {
    runs[run].experiment.sources.map { name in
      guard
        let source = runs.firstIndex(where: { $0.study == runs[run].study && $0.experiment.name == name })
      else { preconditionFailure("'\(name)' was not added") }
      return source
    }
  }

  /// Prepares the searches of a run whose sources are over; with an incomplete one it is over, too.
  private func start(_ run: Int) {
    let earlier = sources(of: run).map { runs[$0].results }
    if runs[run].absence != nil { return }
    if let incomplete = earlier.first(where: { !$0.isComplete }) {
      runs[run].absence =
        incomplete.isSkipped ? incomplete.absence : .waitsFor(incomplete.experiment.name)
      return
    }
    let sources = StageSources(Dictionary(uniqueKeysWithValues: earlier.map { ($0.experiment.name, $0) }))
    runs[run].sources = sources
    runs[run].searches = runs[run].experiment.plan.searches.map {
      SearchRun(Search($0, tuner: tuner($0.tuner, $0.tunerSettings), sources: sources.sources))
    }
  }

  /// Advances all searches until each is over or has a failed trial.
  private func tune(_ ready: [Int]) throws {
    while true {
      var batch: [TrialSpecification] = []
      for run in ready {
        for search in runs[run].searches.indices where !runs[run].searches[search].isOver {
          runs[run].searches[search].ask()
          batch += runs[run].searches[search].asked.flatMap(\.trials)
        }
      }
      guard !batch.isEmpty else { return }
      let results = try trials.results(of: batch, title: "tuning")
      for run in ready {
        for search in runs[run].searches.indices where !runs[run].searches[search].isOver {
          runs[run].failures += runs[run].searches[search].tell(results)
        }
      }
    }
  }

  /// Freezes what was selected, makes it durable, and evaluates it; experiments with a failed search are left out.
  private func evaluate(_ ready: [Int]) throws {
    var batch: [TrialSpecification] = []
    for run in ready where runs[run].failures.isEmpty && runs[run].absence == nil {
      try runs[run].open()
      batch += runs[run].evaluations.flatMap(\.trials)
    }
    let results = try trials.results(of: batch, title: "evaluation")
    for run in ready { runs[run].close(results) }
  }
}

/// One experiment under way.
private struct ExperimentRun {
  struct Evaluation {
    let cell: ExperimentPlan.CellPlan
    let search: Int?
    let frozen: Frozen
    let trials: [TrialSpecification]
  }

  let experiment: CheckedExperiment
  let study: Int
  let gate: any EvaluationGate
  /// What fills its trials' inputs, once the experiments it starts from are over.
  var sources = StageSources([:])
  /// Why it is not run.
  var absence: ExperimentResults.Absence?
  var searches: [SearchRun] = []
  var evaluations: [Evaluation] = []
  var failures: [(key: TrialKey, attempt: Attempt)] = []
  private var finished: [ExperimentResults.EvaluationResults] = []
  private var frozen: [Frozen] = []

  init(experiment: CheckedExperiment, study: Int, gate: any EvaluationGate) {
    self.experiment = experiment
    self.study = study
    self.gate = gate
  }

  mutating func open() throws {
    frozen = searches.map { $0.search.freeze() }
    let declared = experiment.plan.cells.filter(\.searches.isEmpty).map(\.declared)
    let permit = try Permit.obtain(frozen: frozen + declared, look: experiment.plan.look, gate: gate)
    for cell in experiment.plan.cells {
      if cell.searches.isEmpty {
        let trials = cell.evaluation.open(
          cell.declared, space: Space([]), permit: permit, sources: sources.sources)
        evaluations.append(Evaluation(cell: cell, search: nil, frozen: cell.declared, trials: trials))
      }
      for search in cell.searches {
        let trials = cell.evaluation.open(
          frozen[search], space: experiment.plan.searches[search].space, permit: permit,
          sources: sources.sources)
        evaluations.append(Evaluation(cell: cell, search: search, frozen: frozen[search], trials: trials))
      }
    }
  }

  mutating func close(_ results: [TrialKey: TrialResult]) {
    for evaluation in evaluations {
      let (rows, failed) = Self.rows(evaluation.trials, results)
      failures += failed
      finished.append(
        ExperimentResults.EvaluationResults(
          factors: evaluation.cell.factors, search: evaluation.search, frozen: evaluation.frozen, rows: rows))
    }
  }

  var results: ExperimentResults {
    ExperimentResults(
      experiment: experiment,
      searches: zip(searches, frozen).map { run, frozen in
        ExperimentResults.SearchResults(
          plan: run.search.plan, candidates: run.candidates, frozen: frozen)
      },
      evaluations: finished, failures: failures, absence: absence)
  }

  static func rows(
    _ trials: [TrialSpecification], _ results: [TrialKey: TrialResult]
  ) -> (rows: [ExperimentResults.Row], failures: [(key: TrialKey, attempt: Attempt)]) {
    var rows: [ExperimentResults.Row] = []
    var failures: [(key: TrialKey, attempt: Attempt)] = []
    for trial in trials {
      let key = trial.key
      switch results[key] {
      case .outcome(let outcome)?:
        rows.append(ExperimentResults.Row(key: key, seed: trial.seed.seed, outcome: outcome))
      case .failed(let attempt)?: failures.append((key, attempt))
      case nil: preconditionFailure("a trial was lost")
      }
    }
    return (rows, failures)
  }
}

/// One search under way, with the rows of what it tried.
private struct SearchRun {
  private(set) var search: Search
  private(set) var asked: [Search.Candidate] = []
  private(set) var candidates: [(configuration: Settings, rows: [ExperimentResults.Row])] = []
  private(set) var isOver = false

  init(_ search: Search) { self.search = search }

  mutating func ask() {
    asked = search.nextBatch()
    isOver = asked.isEmpty
  }

  /// Hands the results to the search; with a failed trial the search is over and cannot be frozen.
  mutating func tell(_ results: [TrialKey: TrialResult]) -> [(key: TrialKey, attempt: Attempt)] {
    let found = asked.map { ExperimentRun.rows($0.trials, results) }
    let failures = found.flatMap(\.failures)
    guard failures.isEmpty else {
      isOver = true
      return failures
    }
    candidates += zip(asked, found).map { ($0.configuration, $1.rows) }
    search.record(found.map { $0.rows.map(\.outcome) })
    return []
  }
}
