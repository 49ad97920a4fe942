import Experiments
import Parts
import Randomness

/// One whole search to be run. It knows nothing of evaluation data: there is no accessor for them.
package struct SearchPlan: Sendable {
  /// The levels of the factors that have a search of their own, for people.
  package let factors: [(name: String, level: Setting)]
  package let repetition: Int
  package let budget: SearchBudget
  /// What the search may spend in another unit; nil where `budget` is all.
  package let effort: Effort?
  package let seeds: [Int]
  /// What a configuration is scored on, one trial each: under cross-validation its splits, else a seed each.
  package let splits: [Split]
  /// Under cross-validation the evaluation seed whose splits the search belongs to.
  package let splitSeed: Int?
  package let selection: Selection
  package let space: Space
  package let tuner: String
  package let tunerSettings: Settings
  package let tunerRevision: Int
  /// Where the tuner's randomness comes from: equal for the twin of the same cell under another protocol.
  let seed: UInt64
  let template: TrialTemplate
  let data: [DataRole: DataReference]
  let pool: SeedPool
  /// What its trials start from, by input.
  package let inputs: [StageInput]
  /// Whether whole runs keep their state, because that of the selected one is evaluated.
  let keepsModels: Bool
  /// What identifies the search in its experiment's plan digest.
  private(set) var identity = ""

  /// The search of a cell.
  ///
  /// - Parameter data: the rows that it may see.
  init(
    of cell: CellDeclaration, _ tuning: TuningDeclaration, on data: [DataRole: DataReference],
    evaluation: SealedEvaluation, repetition: Int, keepsModels: Bool
  ) {
    factors = cell.factors.filter { tuning.forEach.contains($0.name) }
    self.repetition = repetition
    budget = SearchBudget(trials: tuning.trials, units: tuning.units)
    effort = tuning.effort
    seeds = tuning.seeds
    splits =
      tuning.splits.isEmpty ? tuning.seeds.map { Split(seed: $0, fold: nil, data: data) } : tuning.splits
    splitSeed = cell.splitSeed
    selection = tuning.selection
    space = tuning.space
    tuner = tuning.tuner
    tunerSettings = tuning.tunerSettings
    tunerRevision = tuning.tunerRevision
    // Keyed by what is searched and evaluated, not by names or by the protocol: a leaky twin tries the same
    // configurations as its honest one, and other cells try others.
    seed = Digest(of: "\(evaluation.subject) \(tuning.space.dimensions.map(\.name))").seed
    template = cell.template
    self.data = data
    pool = cell.isAuxiliary ? .auxiliary : .tuning
    inputs = cell.inputs
    self.keepsModels = keepsModels
    identity = canonicalText
  }

  /// The texts of the rows the search opens, by role.
  package var dataTexts: [(role: DataRole, text: String)] {
    data.sorted { $0.key < $1.key }.map { ($0.key, $0.value.text) }
  }

  /// The trial of a suggestion on one seed or split.
  ///
  /// - Parameter state: what the run it continues left; nil where it starts afresh.
  func trial(
    _ suggestion: Suggestion, from state: Artefact?, on split: Split,
    sources: (StageInput, Int) -> [TrialInput.Source]
  ) -> TrialSpecification {
    let isPart = suggestion.budget < budget.units
    let continued = state.map { TrialInput(name: PartialRuns.name, sources: [.init(artefacts: [$0])]) }
    return template.trial(
      suggestion.configuration, space: space, data: split.data, seed: SeedPath(pool: pool, seed: split.seed),
      budget: isPart ? suggestion.budget : nil,
      inputs: inputs.map { TrialInput(name: $0.name, sources: sources($0, split.seed)) }
        + (continued.map { [$0] } ?? []), kept: isPart || keepsModels ? [PartialRuns.name] : [])
  }

  /// What a searched hyperparameter is one of: equal for the same hyperparameter of the same part.
  package func owner(of dimension: Dimension) -> String { template.owner(of: dimension) }

  /// The budget of a search as people read it.
  package var budgetText: String {
    let runs =
      budget.units == 1
      ? "\(budget.trials) configurations"
      : "\(budget.trials * budget.units) units of runs, as many as \(budget.trials) whole ones of \(budget.units)"
    return effort.map { "\($0.text), at most \(runs)" } ?? runs
  }

  /// How many trials the search runs, where it uses its whole budget.
  package var trialCount: Int { budget.trials * splits.count }

  /// The tuner's random stream for a purpose and an index.
  package func stream(_ purpose: String, _ index: Int) -> RandomStream {
    RandomStream(seed: seed, role: "search \(repetition)", purpose: purpose, index: index)
  }

  private var canonicalText: String {
    var writer = CanonicalWriter()
    writer.array { w in
      w.value(template.identity)
      w.value("\(tuner) \(tunerRevision)")
      w.value(tunerSettings)
      w.value(budget.trials)
      if budget.units > 1 { w.value("\(budget.units) units") }
      w.value(repetition)
      for seed in seeds { w.value(seed) }
      w.value(selection.text)
      for (role, reference) in data.sorted(by: { $0.key < $1.key }) {
        w.value("\(role.rawValue) \(reference.identity)")
      }
      for dimension in space.dimensions {
        w.value("\(dimension.name) \(dimension.domain)")
        if let activation = dimension.activation {
          w.value("under \(activation.parent)")
          for option in activation.options { w.value(option) }
        }
        if let prior = dimension.prior { w.value("\(prior)") }
      }
      for condition in space.forbidden { w.value("not \(condition.text)") }
      if let start = space.start { w.value(start) }
      if splits.contains(where: { $0.fold != nil || $0.data != data }) {
        for split in splits {
          w.value("\(split.seed)")
          for (role, reference) in split.data.sorted(by: { $0.key < $1.key }) {
            w.value("\(role.rawValue) \(reference.identity)")
          }
        }
      }
      if let effort { w.value(effort.text) }
      if pool != .tuning { w.value(pool.rawValue) }
      for input in inputs { w.value(input.identity) }
    }
    return writer.text
  }
}
