import Experiments

/// One cell of an experiment as its author declared it, before the protocol has said who may see what.
package struct CellDeclaration: Sendable {
  /// The cell's levels by factor, in the order of the study.
  package private(set) var factors: [(name: String, level: Setting)]
  package private(set) var template: TrialTemplate
  /// What a race is run to; nil under other protocols.
  package private(set) var target: Target?
  /// How the cell is tuned; nil for `tune: none` and for protocols that do not tune.
  package private(set) var tuning: TuningDeclaration?
  package private(set) var evaluationData: [DataRole: DataReference]
  package private(set) var evaluationSeeds: [Int]
  /// Rows left out of `score` because another data set that was seen before has a row with the same features.
  package private(set) var droppedTwins: Int
  /// What its trials start from, by input.
  package let inputs: [StageInput]
  /// Whether its trials draw their seeds from the auxiliary pool.
  package let isAuxiliary: Bool
  /// Under cross-validation the evaluation seed whose splits the cell's search belongs to.
  package private(set) var splitSeed: Int?
  /// What of the selected run is evaluated.
  package let applied: Applied

  package init(
    factors: [(name: String, level: Setting)], template: TrialTemplate, tuning: TuningDeclaration?,
    evaluationData: [DataRole: DataReference], evaluationSeeds: [Int], droppedTwins: Int = 0,
    inputs: [StageInput] = [], isAuxiliary: Bool = false, applied: Applied = .configuration
  ) {
    self.factors = factors
    self.template = template
    self.tuning = tuning
    self.evaluationData = evaluationData
    self.evaluationSeeds = evaluationSeeds
    self.droppedTwins = droppedTwins
    self.inputs = inputs
    self.isAuxiliary = isAuxiliary
    self.applied = applied
  }

  /// The same cell with rows that a check has separated.
  package func separated(
    tuning: TuningDeclaration?, evaluationData: [DataRole: DataReference], droppedTwins: Int
  ) -> CellDeclaration {
    var cell = self
    cell.tuning = tuning
    cell.evaluationData = evaluationData
    cell.droppedTwins = droppedTwins
    return cell
  }

  /// The column that says which fold of cross-validation was scored.
  package static let foldColumn = "fold"

  /// The cell on one split of cross-validation.
  package func split(_ split: Split, tuning: TuningDeclaration?) -> CellDeclaration {
    var cell = separated(tuning: tuning, evaluationData: split.data, droppedTwins: 0)
    cell.evaluationSeeds = [split.seed]
    cell.splitSeed = split.seed
    if let fold = split.fold { cell.factors.append((Self.foldColumn, .integer(fold))) }
    return cell
  }

  /// The cell at one point of a race.
  ///
  /// - Parameters:
  ///   - point: its number; nil where the cell is raced as declared.
  ///   - seed: that of the study.
  package func racing(to target: Target, point: Int?, template: TrialTemplate, seed: Int) -> CellDeclaration {
    var cell = self
    cell.target = target
    cell.template = template
    cell.evaluationSeeds = [seed]
    if let point { cell.factors.append((TimeToResult.pointColumn, .integer(point))) }
    return cell
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
      if let splitSeed { w.value(splitSeed) }
    }
    return writer.text
  }

  /// The same cell with the search it really uses: that of the cell of its group that is searched on.
  package func using(_ search: TuningDeclaration) -> CellDeclaration {
    separated(tuning: search.shared, evaluationData: evaluationData, droppedTwins: 0)
  }
}

/// What of a selected run is evaluated (`apply`).
package enum Applied: String, Sendable, CaseIterable {
  /// Its last settings, from the start.
  case configuration
  /// All settings that it went through, from the start.
  case schedule
  /// What it had learned when it was selected, which learns no more.
  case model
}

/// How a cell is tuned.
package struct TuningDeclaration: Sendable {
  package let space: Space
  package private(set) var tuner: String
  package private(set) var tunerSettings: Settings
  package private(set) var tunerRevision: Int
  /// Whole runs a search may spend; every arm declares the same unit.
  package let trials: Int
  /// What the search may spend in another unit; nil where `trials` is the budget.
  package let effort: Effort?
  /// Units of the procedure's resource in a whole run, where the tuner may ask for parts of one; else 1.
  package let units: Int
  package private(set) var data: [DataRole: DataReference]
  package let seeds: [Int]
  /// Under cross-validation, the splits that score a configuration; empty where each seed takes `data` as they are.
  package private(set) var splits: [Split]
  package let selection: Selection
  /// Whole searches, each with random numbers of its own.
  package let repeats: Int
  /// The factors whose levels get a search of their own; cells that differ only in others share one.
  package private(set) var forEach: [String]
  /// Whether a shared search may run on this cell (`where:`); without a condition every cell may.
  package private(set) var isSearchedOn: Bool
  /// Why the effort differs between arms, or why baselines are left out; nil where the study gives no reason.
  package let reason: String?
  /// Whether the default configuration and random search are shown beside the arm.
  package let showsBaselines: Bool

  package init(
    space: Space, tuner: String, tunerSettings: Settings, tunerRevision: Int, trials: Int,
    units: Int = 1, data: [DataRole: DataReference], seeds: [Int], selection: Selection, repeats: Int,
    forEach: [String], isSearchedOn: Bool, reason: String? = nil, showsBaselines: Bool = true,
    effort: Effort? = nil
  ) {
    self.space = space
    self.tuner = tuner
    self.tunerSettings = tunerSettings
    self.tunerRevision = tunerRevision
    self.trials = trials
    self.units = units
    self.data = data
    self.seeds = seeds
    splits = []
    self.selection = selection
    self.repeats = repeats
    self.forEach = forEach
    self.isSearchedOn = isSearchedOn
    self.reason = reason
    self.showsBaselines = showsBaselines
    self.effort = effort
  }

  /// The same search on other rows.
  package func with(data: [DataRole: DataReference]) -> TuningDeclaration {
    var tuning = self
    tuning.data = data
    return tuning
  }

  /// The same search by another tuner.
  func with(_ tuner: BaselineTuner) -> TuningDeclaration {
    var tuning = self
    (tuning.tuner, tuning.tunerSettings, tuning.tunerRevision) = (tuner.name, tuner.settings, tuner.revision)
    return tuning
  }

  /// The same search under cross-validation.
  ///
  /// - Parameters:
  ///   - data: all rows that it sees.
  ///   - splits: what scores a configuration.
  ///   - withinFold: whether every fold has a search of its own.
  package func validated(
    on data: [DataRole: DataReference], splits: [Split], withinFold: Bool
  ) -> TuningDeclaration {
    var tuning = with(data: data)
    tuning.splits = splits
    if withinFold { tuning.forEach.append(CellDeclaration.foldColumn) }
    return tuning
  }

  /// The same search as a cell sees it that only uses its selection.
  var shared: TuningDeclaration {
    var tuning = self
    tuning.isSearchedOn = false
    return tuning
  }
}

/// What a search optimises: `max mean accuracy`, over the tuning seeds.
package struct Selection: Hashable, Sendable {
  package enum Direction: String, Sendable, CaseIterable { case max, min }
  /// `worst` is that of the tuning seed that does worst.
  package enum Statistic: String, Sendable, CaseIterable { case mean, median, iqm, worst }

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
    case .worst: return (direction == .max ? values.min() : values.max()) ?? .nan
    }
  }
}
