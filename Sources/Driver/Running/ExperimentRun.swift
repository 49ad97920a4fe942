import Experiments
import Parts
import Protocols
import Studies

/// One experiment under way: its searches, then the evaluation of what they selected.
struct ExperimentRun {
  private struct Evaluation {
    let cell: Int
    let search: Int?
    let frozen: Frozen
    let trials: [TrialSpecification]
  }

  let experiment: CheckedExperiment
  private let gate: any EvaluationGate
  var searches: [SearchRun] = []
  /// Whether what it starts from is over, so that it can run.
  private(set) var isStarted = false
  /// Whether its results are there, or never will be in this build.
  private(set) var isClosed = false
  /// Why it is not run; nil where it is.
  private var absence: ExperimentResults.Absence?
  private var sources = StageSources([:])
  /// Whether its evaluation was opened, or never will be in this build.
  private(set) var isSettled = false
  private var evaluations: [Evaluation] = []
  private var finished: [ExperimentResults.EvaluationResults] = []
  private var frozen: [Frozen] = []
  private var lost = LostTrials()

  init(_ experiment: CheckedExperiment, gate: any EvaluationGate, absence: ExperimentResults.Absence?) {
    self.experiment = experiment
    self.gate = gate
    self.absence = absence
  }

  /// Prepares the searches; behind an incomplete experiment it is not run either.
  mutating func start(
    after earlier: [ExperimentResults], tuner: (_ name: String, _ settings: Settings) -> any Tuner
  ) {
    isStarted = true
    if let incomplete = earlier.first(where: { !$0.isComplete }), absence == nil {
      absence = incomplete.isSkipped ? incomplete.absence : .waitsFor(incomplete.experiment.name)
    }
    guard absence == nil else { return }
    let sources = StageSources(Dictionary(uniqueKeysWithValues: earlier.map { ($0.experiment.name, $0) }))
    self.sources = sources
    searches = experiment.plan.searches.map {
      SearchRun(Search($0, tuner: tuner($0.tuner, $0.tunerSettings), sources: sources.sources))
    }
  }

  var isTuned: Bool { searches.allSatisfy(\.isOver) }

  /// Freezes what was selected, makes it durable and returns the evaluation trials; none where a search has failed.
  mutating func open() throws -> [TrialSpecification] {
    isSettled = true
    for search in searches { lost.add(search.lost) }
    guard lost.isEmpty, absence == nil else {
      isClosed = true
      return []
    }
    frozen = searches.map { $0.search.freeze() }
    let declared = experiment.plan.cells.filter(\.searches.isEmpty).map(\.declared)
    let permit = try Permit.obtain(frozen: frozen + declared, look: experiment.plan.look, gate: gate)
    for (index, cell) in experiment.plan.cells.enumerated() {
      if cell.searches.isEmpty {
        let trials = cell.evaluation.open(
          cell.declared, space: Space([]), permit: permit, sources: sources.sources)
        evaluations.append(Evaluation(cell: index, search: nil, frozen: cell.declared, trials: trials))
      }
      for search in cell.searches {
        let trials = cell.evaluation.open(
          frozen[search], space: experiment.plan.searches[search].space, permit: permit,
          sources: sources.sources)
        evaluations.append(Evaluation(cell: index, search: search, frozen: frozen[search], trials: trials))
      }
    }
    let trials = evaluations.flatMap(\.trials)
    isClosed = trials.isEmpty
    return trials
  }

  mutating func close(_ results: [TrialKey: TrialResult]) {
    isClosed = true
    for evaluation in evaluations {
      let (rows, lost) = rows(of: evaluation.trials, results)
      self.lost.add(lost)
      finished.append(
        ExperimentResults.EvaluationResults(
          cell: evaluation.cell, factors: experiment.plan.cells[evaluation.cell].factors,
          search: evaluation.search, frozen: evaluation.frozen, rows: rows))
    }
  }

  var results: ExperimentResults {
    let searched = zip(searches, frozen).map { run, frozen in
      ExperimentResults.SearchResults(plan: run.search.plan, candidates: run.candidates, frozen: frozen)
    }
    let plan = experiment.plan
    var results = ExperimentResults(
      experiment: experiment, searches: Array(searched.prefix(plan.armSearchCount)),
      evaluations: finished.filter { $0.cell < plan.armCount },
      baselineSearches: Array(searched.dropFirst(plan.armSearchCount)),
      baselines: finished.filter { $0.cell >= plan.armCount }, failures: lost.failures,
      missingCount: lost.missingCount,
      absence: absence)
    if frozen.isEmpty {
      results.unfinished = searches.prefix(plan.armSearchCount).map { ($0.search.plan, $0.candidates) }
    }
    return results
  }
}

/// One search under way, with the rows of what it tried.
struct SearchRun {
  private(set) var search: Search
  private(set) var candidates: [(suggestion: Suggestion, rows: [ExperimentResults.Row])] = []
  private(set) var isOver = false
  private(set) var lost = LostTrials()
  private var asked: [Search.Candidate] = []

  init(_ search: Search) { self.search = search }

  /// Asks for the next batch and returns its trials; none when the search is over.
  mutating func ask() -> [TrialSpecification] {
    asked = search.nextBatch()
    isOver = asked.isEmpty
    return asked.flatMap(\.trials)
  }

  /// Hands the results of the batch to the search and returns its scores; where one is lacking the search is over
  /// and cannot be frozen, and the other candidates of the batch are kept.
  mutating func tell(_ results: [TrialKey: TrialResult]) -> [Double] {
    guard !asked.isEmpty else { return [] }
    let found = asked.map { rows(of: $0.trials, results) }
    for entry in found { lost.add(entry.lost) }
    guard lost.isEmpty else {
      isOver = true
      candidates += zip(asked, found).filter { $1.lost.isEmpty }.map { ($0.suggestion, $1.rows) }
      return []
    }
    candidates += zip(asked, found).map { ($0.suggestion, $1.rows) }
    search.record(found.map { $0.rows.map(\.outcome) })
    return search.scored.suffix(asked.count).compactMap(\.score)
  }
}

/// Trials that came to no outcome.
struct LostTrials {
  private(set) var failures: [(key: TrialKey, attempt: Attempt)] = []
  private(set) var missingCount = 0

  var isEmpty: Bool { failures.isEmpty && missingCount == 0 }

  mutating func add(_ other: LostTrials) {
    failures += other.failures
    missingCount += other.missingCount
  }

  mutating func add(_ key: TrialKey, _ attempt: Attempt) { failures.append((key, attempt)) }
  mutating func addMissing() { missingCount += 1 }
}

/// The rows of the trials that have an outcome, and the others.
private func rows(
  of trials: [TrialSpecification], _ results: [TrialKey: TrialResult]
) -> (rows: [ExperimentResults.Row], lost: LostTrials) {
  var rows: [ExperimentResults.Row] = []
  var lost = LostTrials()
  for trial in trials {
    switch results[trial.key] {
    case .outcome(let outcome)?:
      rows.append(ExperimentResults.Row(key: trial.key, seed: trial.seed.seed, outcome: outcome))
    case .failed(let attempt)?: lost.add(trial.key, attempt)
    case .missing?: lost.addMissing()
    case nil: preconditionFailure("a trial was lost")
    }
  }
  return (rows, lost)
}
