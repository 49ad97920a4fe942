import Experiments
import Parts

/// A search under way: asks its tuner for batches, scores configurations over all tuning seeds, and freezes the best.
package struct Search {
  /// A configuration and the trials that score it, one a tuning seed.
  package struct Candidate: Sendable {
    package let index: Int
    package let configuration: Settings
    package let trials: [TrialSpecification]
  }

  package let plan: SearchPlan
  /// Every candidate scored so far, with its score over the tuning seeds; nil where a seed diverged.
  package private(set) var scored: [(candidate: Candidate, score: Double?)] = []
  private let sources: (StageInput, _ seed: Int) -> [TrialInput.Source]
  private var tuner: any TunerSearch
  private var asked: [Candidate] = []

  /// - Parameter sources: what an input hands over to the trial of a seed.
  package init(
    _ plan: SearchPlan, tuner: any Tuner,
    sources: @escaping (StageInput, _ seed: Int) -> [TrialInput.Source] = noSources
  ) {
    self.plan = plan
    self.sources = sources
    self.tuner = tuner.search(plan.space, budget: SearchBudget(trials: plan.trials)) { plan.stream($0, $1) }
  }

  /// The next batch; empty when the search is over and can be frozen.
  package mutating func nextBatch() -> [Candidate] {
    precondition(asked.isEmpty, "the last batch has not been scored")
    let room = plan.trials - scored.count
    asked = tuner.ask().prefix(room).enumerated().map { offset, suggestion in
      Candidate(
        index: scored.count + offset, configuration: suggestion.configuration,
        trials: plan.seeds.map { plan.trial(suggestion.configuration, seed: $0, sources: sources) })
    }
    return asked
  }

  /// Scores the batch just asked from the outcomes of its trials, in the order of candidates and seeds.
  package mutating func record(_ outcomes: [[Outcome]]) {
    precondition(outcomes.count == asked.count, "one list of outcomes a candidate")
    let scores = zip(asked, outcomes).map { candidate, outcomes in
      let values = outcomes.compactMap { $0.measures[plan.selection.column] }.filter { !$0.isNaN }
      return values.count == candidate.trials.count ? plan.selection.score(values) : nil
    }
    tuner.tell(scores.map { score in score.map { plan.selection.direction == .max ? $0 : -$0 } })
    scored += zip(asked, scores).map { ($0, $1) }
    asked = []
  }

  /// The best configuration; ties go to the earliest, and where all diverged the first is taken and flagged.
  package func freeze() -> Frozen {
    precondition(asked.isEmpty && !scored.isEmpty, "a search is frozen when it is over")
    var best = scored[0]
    for entry in scored.dropFirst() {
      guard let score = entry.score else { continue }
      guard let current = best.score else {
        best = entry
        continue
      }
      if plan.selection.direction == .max ? score > current : score < current { best = entry }
    }
    return Frozen(
      configuration: best.candidate.configuration, tuningScore: best.score, candidate: best.candidate.index,
      candidateCount: scored.count, divergedCount: scored.count { $0.score == nil }, search: plan.identity)
  }
}
