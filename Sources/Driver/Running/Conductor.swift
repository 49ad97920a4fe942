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

  /// Adds an experiment; `gate` makes its selections and its look durable before its evaluation opens.
  func add(_ experiment: CheckedExperiment, gate: any EvaluationGate) {
    runs.append(
      ExperimentRun(
        experiment: experiment, gate: gate,
        searches: experiment.plan.searches.map {
          SearchRun(Search($0, tuner: tuner($0.tuner, $0.tunerSettings)))
        }))
  }

  /// Runs everything that was added, in the order it was added.
  func run() throws -> [ExperimentResults] {
    try tune()
    try evaluate()
    return runs.map(\.results)
  }

  /// Advances all searches until each is over or has a failed trial.
  private func tune() throws {
    while true {
      var batch: [TrialSpecification] = []
      for run in runs.indices {
        for search in runs[run].searches.indices where !runs[run].searches[search].isOver {
          runs[run].searches[search].ask()
          batch += runs[run].searches[search].asked.flatMap(\.trials)
        }
      }
      guard !batch.isEmpty else { return }
      let results = try trials.results(of: batch, title: "tuning")
      for run in runs.indices {
        for search in runs[run].searches.indices where !runs[run].searches[search].isOver {
          runs[run].failures += runs[run].searches[search].tell(results)
        }
      }
    }
  }

  /// Freezes what was selected, makes it durable, and evaluates it; experiments with a failed search are left out.
  private func evaluate() throws {
    var batch: [TrialSpecification] = []
    for run in runs.indices where runs[run].failures.isEmpty {
      try runs[run].open()
      batch += runs[run].evaluations.flatMap(\.trials)
    }
    let results = try trials.results(of: batch, title: "evaluation")
    for run in runs.indices { runs[run].close(results) }
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
  let gate: any EvaluationGate
  var searches: [SearchRun]
  var evaluations: [Evaluation] = []
  var failures: [(key: TrialKey, attempt: Attempt)] = []
  private var finished: [ExperimentResults.EvaluationResults] = []
  private var frozen: [Frozen] = []

  init(experiment: CheckedExperiment, gate: any EvaluationGate, searches: [SearchRun]) {
    self.experiment = experiment
    self.gate = gate
    self.searches = searches
  }

  mutating func open() throws {
    frozen = searches.map { $0.search.freeze() }
    let declared = experiment.plan.cells.filter(\.searches.isEmpty).map(\.declared)
    let permit = try Permit.obtain(frozen: frozen + declared, look: experiment.plan.look, gate: gate)
    for cell in experiment.plan.cells {
      if cell.searches.isEmpty {
        let trials = cell.evaluation.open(cell.declared, space: Space([]), permit: permit)
        evaluations.append(Evaluation(cell: cell, search: nil, frozen: cell.declared, trials: trials))
      }
      for search in cell.searches {
        let trials = cell.evaluation.open(
          frozen[search], space: experiment.plan.searches[search].space, permit: permit)
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
      evaluations: finished, failures: failures)
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
