import Experiments
import Parts
import Protocols
import Studies

/// What an experiment came to: its finished trials, joined to the cells and searches they belong to.
package struct ExperimentResults: Sendable {
  /// A trial in its place.
  package struct Row: Sendable {
    package let key: TrialKey
    package let seed: Int
    package let outcome: Outcome
  }

  /// One search: every scored candidate with its trials, and what was selected.
  package struct SearchResults: Sendable {
    package let plan: SearchPlan
    package let candidates: [(suggestion: Suggestion, rows: [Row])]
    package let frozen: Frozen

    package var trialCount: Int { candidates.reduce(0) { $0 + $1.rows.count } }
    package var divergedTrialCount: Int {
      candidates.reduce(0) { $0 + $1.rows.count { $0.outcome.status != .finished } }
    }
  }

  /// The evaluation of one cell under one selection.
  package struct EvaluationResults: Sendable {
    /// The cell's position in the plan.
    package let cell: Int
    package let factors: [(name: String, level: Setting)]
    /// The search's index in the plan; nil for declared settings.
    package let search: Int?
    package let frozen: Frozen
    package let rows: [Row]
  }

  package let experiment: CheckedExperiment
  /// The study's own searches, in the order of the plan.
  package let searches: [SearchResults]
  /// Of the study's own searches that a lost trial ended before anything was selected: what they had scored till then.
  package var unfinished: [(plan: SearchPlan, candidates: [(suggestion: Suggestion, rows: [Row])])] = []
  /// The study's own cells: what tables and claims are made of.
  package let evaluations: [EvaluationResults]
  /// The searches of baselines that the plan has added.
  package let baselineSearches: [SearchResults]
  /// The baselines that the plan has added: shown beside the arms, part of no table.
  package let baselines: [EvaluationResults]
  /// Trials that ended without an outcome; where there are any the experiment is incomplete.
  package let failures: [(key: TrialKey, attempt: Attempt)]
  /// Trials that have not run, where nothing runs.
  package let missingCount: Int

  /// Why it was not run; nil where it was.
  package let absence: Absence?

  package enum Absence: Sendable {
    /// An earlier experiment that it starts from is incomplete.
    case waitsFor(String)
    /// What its program, or that of an experiment it starts from, needs is not on this machine.
    case lacks(String)
  }

  package var isComplete: Bool { failures.isEmpty && missingCount == 0 && absence == nil }

  /// Whether it, rightly, was not run here.
  package var isSkipped: Bool { if case .lacks? = absence { true } else { false } }

  /// The evaluations of a cell, by its position in the plan: one a search, or the only one.
  package func evaluations(ofCell cell: Int) -> ArraySlice<EvaluationResults> {
    let all = cell < experiment.plan.armCount ? evaluations : baselines
    // They stand in the order of their cells.
    func start(_ cell: Int) -> Int {
      var (low, high) = (0, all.count)
      while low < high {
        let middle = (low + high) / 2
        if all[middle].cell < cell { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return all[start(cell)..<start(cell + 1)]
  }

  /// Finished trials, those of baselines included.
  package var trialCount: Int {
    (searches + baselineSearches).reduce(0) { $0 + $1.trialCount }
      + (evaluations + baselines).reduce(0) { $0 + $1.rows.count }
  }

  /// Diverged trials, those of baselines included.
  package var divergedCount: Int { divergences.reduce(0) { $0 + $1.count } }

  /// Why trials diverged, in the order in which the reasons occur first, and how many did.
  package var divergences: [(reason: String, count: Int)] {
    var found: [(reason: String, count: Int)] = []
    let rows =
      (searches + baselineSearches).flatMap { $0.candidates.flatMap { $0.rows } }
      + (evaluations + baselines).flatMap(\.rows)
    for row in rows {
      guard case .diverged(let reason) = row.outcome.status else { continue }
      if let place = found.firstIndex(where: { $0.reason == reason }) {
        found[place].count += 1
      } else {
        found.append((reason, 1))
      }
    }
    return found
  }

  /// SHA-256 over keys and measures of all evaluation rows, in the order of the plan.
  package var digest: Digest {
    var writer = CanonicalWriter()
    writer.array { w in
      for row in evaluations.flatMap(\.rows) {
        w.value(row.key.digest.hex)
        for (name, value) in row.outcome.measures.sorted(by: { $0.key < $1.key }) {
          w.value(name)
          w.value(value)
        }
      }
    }
    return Digest(of: writer.bytes)
  }
}
