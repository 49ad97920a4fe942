import Experiments
import Parts

/// A search under way: asks its tuner for batches, scores configurations over all tuning seeds and splits, and freezes the best.
package struct Search {
  /// A suggestion and the trials that score it, one a tuning seed or, under cross-validation, a split.
  package struct Candidate: Sendable {
    package let index: Int
    package let suggestion: Suggestion
    package let trials: [TrialSpecification]

    package var configuration: Settings { suggestion.configuration }
  }

  package let plan: SearchPlan
  /// Every candidate scored so far, with its score over the tuning seeds; nil where a seed diverged.
  package private(set) var scored: [(candidate: Candidate, score: Double?)] = []
  private let sources: (StageInput, _ seed: Int) -> [TrialInput.Source]
  private var tuner: any TunerSearch
  private var asked: [Candidate] = []
  /// What the tuner has suggested and waits to hear of, and what is known of it so far.
  private var suggested: ArraySlice<Suggestion> = []
  private var heard: [Double?] = []
  /// By candidate, the state that the run of each seed was left in; empty for whole runs that nothing goes on from.
  private var states: [[Artefact]] = []
  /// Units of runs spent.
  private var spentUnits = 0
  /// What has been spent, in the unit of the plan's effort.
  package private(set) var spent = 0.0

  /// - Parameter sources: what an input hands over to the trial of a seed.
  package init(
    _ plan: SearchPlan, tuner: any Tuner,
    sources: @escaping (StageInput, _ seed: Int) -> [TrialInput.Source] = noSources
  ) {
    self.plan = plan
    self.sources = sources
    self.tuner = tuner.search(plan.space, budget: plan.budget) { plan.stream($0, $1) }
  }

  /// The next batch; empty when the search is over and can be frozen.
  package mutating func nextBatch() -> [Candidate] {
    precondition(asked.isEmpty, "the last batch has not been scored")
    if suggested.isEmpty { suggested = tuner.ask()[...] }
    // A budget that only running tells is spent one configuration at a time, so that the order of workers decides
    // nothing.
    var planned = spent
    while let suggestion = suggested.first {
      let units = cost(of: suggestion)
      // A tuner that asks for more than the budget is cut off.
      guard spentUnits + units <= plan.budget.trials * plan.budget.units else { break }
      let states = start(of: suggestion)
      let candidate = Candidate(
        index: scored.count + asked.count, suggestion: suggestion,
        trials: plan.splits.enumerated().map { place, split in
          plan.trial(suggestion, from: states?[place], on: split, sources: sources)
        })
      let declared = plan.effort?.declared(candidate.trials)
      if let effort = plan.effort {
        guard planned < effort.amount else { break }
        planned += declared ?? 0
      }
      asked.append(candidate)
      suggested = suggested.dropFirst()
      spentUnits += units
      if plan.effort != nil, declared == nil { break }
    }
    return asked
  }

  /// What the suggestion's runs go on from, one a seed or split; nil where they start afresh.
  private func start(of suggestion: Suggestion) -> [Artefact]? {
    precondition(
      (1...plan.budget.units).contains(suggestion.budget), "a run has as many units as a whole one")
    guard let number = suggestion.continues else { return nil }
    precondition(
      number < scored.count && scored[number].score != nil && states[number].count == plan.splits.count
        && scored[number].candidate.suggestion.budget < suggestion.budget,
      "a run that goes on was scored in an earlier batch, stopped earlier and did not diverge")
    return states[number]
  }

  /// The units that the suggestion's run uses beyond those of the run it continues.
  private func cost(of suggestion: Suggestion) -> Int {
    suggestion.budget - (suggestion.continues.map { scored[$0].candidate.suggestion.budget } ?? 0)
  }

  /// Scores the batch just asked from the outcomes of its trials, in the order of candidates and seeds.
  package mutating func record(_ outcomes: [[Outcome]]) {
    precondition(outcomes.count == asked.count, "one list of outcomes a candidate")
    let scores = zip(asked, outcomes).map { candidate, outcomes in
      let values = outcomes.compactMap { $0.measures[plan.selection.column] }.filter { !$0.isNaN }
      return values.count == candidate.trials.count ? plan.selection.score(values) : nil
    }
    if let effort = plan.effort {
      for (candidate, outcomes) in zip(asked, outcomes) { spent += effort.spent(candidate.trials, outcomes) }
    }
    heard += scores.map { score in score.map { plan.selection.direction == .max ? $0 : -$0 } }
    if suggested.isEmpty {
      tuner.tell(heard)
      heard = []
    }
    scored += zip(asked, scores).map { ($0, $1) }
    states += outcomes.map { $0.compactMap { $0.artefacts.first { $0.name == PartialRuns.name } } }
    asked = []
  }

  /// The best configuration; ties go to the earliest, and where all diverged the first is taken and flagged.
  ///
  /// Of runs in parts only those with the largest budget, as a rule whole ones, can be selected.
  package func freeze() -> Frozen {
    precondition(asked.isEmpty && !scored.isEmpty, "a search is frozen when it is over")
    let longest = scored.map(\.candidate.suggestion.budget).max()!
    let eligible = scored.filter { $0.candidate.suggestion.budget == longest }
    var best = eligible[0]
    for entry in eligible.dropFirst() {
      guard let score = entry.score else { continue }
      guard let current = best.score else {
        best = entry
        continue
      }
      if plan.selection.direction == .max ? score > current : score < current { best = entry }
    }
    return Frozen(
      configuration: best.candidate.configuration, schedule: schedule(of: best.candidate.suggestion),
      model: plan.keepsModels ? states[best.candidate.index] : [],
      tuningScore: best.score, candidate: best.candidate.index,
      candidateCount: scored.count, divergedCount: scored.count { $0.score == nil }, search: plan.identity)
  }

  /// What a suggestion's run went through, back to its start; neighbours with equal configurations are one.
  private func schedule(of suggestion: Suggestion) -> [ScheduleStretch] {
    var stretches = [ScheduleStretch(end: suggestion.budget, configuration: suggestion.configuration)]
    var number = suggestion.continues
    while let before = number {
      let earlier = scored[before].candidate.suggestion
      if earlier.configuration != stretches[0].configuration {
        stretches.insert(ScheduleStretch(end: earlier.budget, configuration: earlier.configuration), at: 0)
      }
      number = earlier.continues
    }
    return stretches
  }
}
