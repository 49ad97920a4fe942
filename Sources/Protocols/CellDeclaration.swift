import Experiments

/// One cell of an experiment as its author declared it, before the protocol has said who may see what.
package struct CellDeclaration: Sendable {
  /// The cell's levels by factor, in the order of the study.
  package let factors: [(name: String, level: Setting)]
  package let template: TrialTemplate
  /// How the cell is tuned; nil for `tune: none` and for protocols that do not tune.
  package let tuning: TuningDeclaration?
  package let evaluationData: [DataRole: DataReference]
  package let evaluationSeeds: [Int]
  /// Rows left out of `score` because another data set that was seen before has a row with the same features.
  package let droppedTwins: Int
  /// What its trials start from, by input.
  package let inputs: [StageInput]
  /// Whether its trials draw their seeds from the auxiliary pool.
  package let isAuxiliary: Bool
  /// Whether the selected run's settings are gone through again (`apply: schedule`), or its last ones hold throughout.
  package let appliesSchedule: Bool

  package init(
    factors: [(name: String, level: Setting)], template: TrialTemplate, tuning: TuningDeclaration?,
    evaluationData: [DataRole: DataReference], evaluationSeeds: [Int], droppedTwins: Int = 0,
    inputs: [StageInput] = [], isAuxiliary: Bool = false, appliesSchedule: Bool = false
  ) {
    self.factors = factors
    self.template = template
    self.tuning = tuning
    self.evaluationData = evaluationData
    self.evaluationSeeds = evaluationSeeds
    self.droppedTwins = droppedTwins
    self.inputs = inputs
    self.isAuxiliary = isAuxiliary
    self.appliesSchedule = appliesSchedule
  }

  /// The same cell with rows that a check has separated.
  package func separated(
    tuning: TuningDeclaration?, evaluationData: [DataRole: DataReference], droppedTwins: Int
  ) -> CellDeclaration {
    CellDeclaration(
      factors: factors, template: template, tuning: tuning, evaluationData: evaluationData,
      evaluationSeeds: evaluationSeeds, droppedTwins: droppedTwins, inputs: inputs, isAuxiliary: isAuxiliary,
      appliesSchedule: appliesSchedule)
  }

  /// What cells that share a search have in common: their levels of the factors in `for-each`; nil without tuning.
  package var searchGroup: String? {
    guard let tuning else { return nil }
    var writer = CanonicalWriter()
    writer.array { w in
      for factor in factors where tuning.forEach.contains(factor.name) {
        w.value(factor.name)
        w.value(factor.level)
      }
    }
    return writer.text
  }

  /// The same cell with the search it really uses: that of the cell of its group that is searched on.
  package func using(_ search: TuningDeclaration) -> CellDeclaration {
    separated(tuning: search.shared, evaluationData: evaluationData, droppedTwins: 0)
  }
}

/// How a cell is tuned.
package struct TuningDeclaration: Sendable {
  package let space: Space
  package let tuner: String
  package let tunerSettings: Settings
  package let tunerRevision: Int
  /// Whole runs a search may spend; every arm declares the same unit.
  package let trials: Int
  /// Units of the procedure's resource in a whole run, where the tuner may ask for parts of one; else 1.
  package let units: Int
  package let data: [DataRole: DataReference]
  package let seeds: [Int]
  package let selection: Selection
  /// Whole searches, each with random numbers of its own.
  package let repeats: Int
  /// The factors whose levels get a search of their own; cells that differ only in others share one.
  package let forEach: [String]
  /// Whether a shared search may run on this cell (`where:`); without a condition every cell may.
  package let isSearchedOn: Bool

  package init(
    space: Space, tuner: String, tunerSettings: Settings, tunerRevision: Int, trials: Int,
    units: Int = 1, data: [DataRole: DataReference], seeds: [Int], selection: Selection, repeats: Int,
    forEach: [String],
    isSearchedOn: Bool
  ) {
    self.space = space
    self.tuner = tuner
    self.tunerSettings = tunerSettings
    self.tunerRevision = tunerRevision
    self.trials = trials
    self.units = units
    self.data = data
    self.seeds = seeds
    self.selection = selection
    self.repeats = repeats
    self.forEach = forEach
    self.isSearchedOn = isSearchedOn
  }

  /// The same search on other rows.
  package func with(data: [DataRole: DataReference]) -> TuningDeclaration {
    copy(data: data, isSearchedOn: isSearchedOn)
  }

  /// The same search as a cell sees it that only uses its selection.
  var shared: TuningDeclaration { copy(data: data, isSearchedOn: false) }

  private func copy(data: [DataRole: DataReference], isSearchedOn: Bool) -> TuningDeclaration {
    TuningDeclaration(
      space: space, tuner: tuner, tunerSettings: tunerSettings, tunerRevision: tunerRevision, trials: trials,
      units: units, data: data, seeds: seeds, selection: selection, repeats: repeats, forEach: forEach,
      isSearchedOn: isSearchedOn)
  }
}

/// What a search optimises: `max mean accuracy`, over the tuning seeds.
package struct Selection: Hashable, Sendable {
  package enum Direction: String, Sendable, CaseIterable { case max, min }
  package enum Statistic: String, Sendable, CaseIterable { case mean, median, iqm }

  package let direction: Direction
  package let statistic: Statistic
  /// The measure's column.
  package let column: String

  package init(direction: Direction, statistic: Statistic, column: String) {
    self.direction = direction
    self.statistic = statistic
    self.column = column
  }

  package var text: String { "\(direction.rawValue) \(statistic.rawValue) \(column)" }

  /// The score of one configuration over all its seeds.
  package func score(_ values: [Double]) -> Double {
    switch statistic {
    case .mean: return values.reduce(0, +) / Double(values.count)
    case .median:
      let sorted = values.sorted()
      let middle = sorted.count / 2
      return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    case .iqm:
      // The mean of what is left without the lowest and the highest quarter, both rounded down.
      let middle = values.sorted().dropFirst(values.count / 4).dropLast(values.count / 4)
      return middle.reduce(0, +) / Double(middle.count)
    }
  }
}
