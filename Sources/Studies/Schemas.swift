import Experiments
import Parts
import Protocols

/// The tables an experiment will give, known before it runs.
package enum Schemas {
  /// `NAME`, `NAME.steps`, where it tunes `NAME.tuning`, where it keeps what is about items `NAME.items`, and where a
  /// factor's levels are graphs `NAME.edges`.
  package static func tables(of experiment: CheckedExperiment) -> [TableSchema] {
    let name = experiment.name
    let isTuned = !experiment.plan.searches.isEmpty
    let isLeaky = experiment.plan.rule.isLeaky
    let isSplit = experiment.plan.rule.crossValidation != nil
    // Under cross-validation a search belongs to the splits of one seed.
    let nesting = isTuned ? ["search": experiment.forEach + (isSplit ? ["seed"] : [])] : [:]
    let factors = experiment.factors.map { factor in
      let isNumeric = factor.levels.allSatisfy { $0.number != nil }
      return TableSchema.Column(
        name: factor.name, role: .factor, isNumeric: isNumeric, levels: factor.levels.map(\.label))
    }
    let hyperparameters = experiment.hyperparameters
      .filter { name in !experiment.factors.contains { $0.name == name } }
      .map { hyperparameter($0, experiment) }
    let seed = unit("seed", experiment.plan.cells.flatMap(\.evaluation.seedList))
    let search = isTuned ? unit("search", experiment.plan.searches.map(\.repetition)) : []
    let own = experiment.procedure.columns.filter { $0.place == .trial }
      .map { own in
        TableSchema.Column(
          name: own.name, role: .measure, isNumeric: true, largerIsBetter: own.largerIsBetter)
      }
    let measures = experiment.measures.map { request in
      TableSchema.Column(
        name: request.column, role: .measure, isNumeric: true,
        largerIsBetter: experiment.largerIsBetter[request.column])
    }
    let cost = ["examples", "flops"].map { TableSchema.Column(name: $0, role: .cost, isNumeric: true) }
    let selected =
      isTuned
      ? ["tuning-score", "optimism"].map { TableSchema.Column(name: $0, role: .measure, isNumeric: true) }
      : []
    let time =
      experiment.plan.rule.racesToTarget
      ? [TableSchema.Column(name: TimeToResult.timeColumn, role: .cost, isNumeric: true)] : []
    var tables = [
      TableSchema(
        name: name,
        columns: factors + hyperparameters + search + seed + measures + selected + own + time + cost,
        nestedIn: nesting, isLeaky: isLeaky),
      TableSchema(
        name: "\(name).steps",
        columns: factors + search + seed + [TableSchema.Column(name: "step", role: .step, isNumeric: true)]
          + experiment.procedure.columns.filter { $0.place == .steps }
          .map { TableSchema.Column(name: $0.name, role: .measure, isNumeric: true) },
        nestedIn: nesting, isLeaky: isLeaky),
    ]
    if isTuned {
      if let selection = experiment.selection {
        let seenBy = TableSchema.Column(
          name: SearchTables.seeds, role: .factor, isNumeric: false,
          levels: [SearchTables.tuningSeeds, SearchTables.unseenSeeds])
        let score = TableSchema.Column(name: selection.column, role: .measure, isNumeric: true)
        tables.append(
          TableSchema(
            name: "\(name).\(SearchTables.promise)", columns: factors + search + seed + [seenBy, score],
            nestedIn: nesting, isLeaky: isLeaky))
      }
      let searched = factors.filter { experiment.forEach.contains($0.name) }
      // How many parts of runs a search makes is not known before.
      let isPartial = experiment.plan.searches.contains { $0.budget.units > 1 }
      let most = experiment.plan.searches.map(\.budget.trials).max() ?? 0
      let candidate =
        isPartial
        ? [TableSchema.Column(name: "candidate", role: .unit, isNumeric: true)]
        : unit("candidate", Array(0..<most))
      let budget =
        isPartial
        ? [TableSchema.Column(name: "budget", role: .step, isNumeric: true)]
          + ["member", "origin"].map { TableSchema.Column(name: $0, role: .unit, isNumeric: true) } : []
      let tuningNesting = ["search": experiment.forEach + (isSplit ? [outerSeedColumn] : [])]
      let tuningSeed = unit("seed", experiment.plan.searches.flatMap(\.seeds))
      tables.append(
        TableSchema(
          name: "\(name).tuning",
          columns: searched + hyperparameters + search + candidate + budget + tuningSeed + splits(experiment)
            + measures + own + cost,
          nestedIn: tuningNesting, isLeaky: isLeaky))
      tables += SearchTables.schemas(
        experiment, search: searched + search + (isSplit ? splits(experiment).prefix(1) : []),
        hyperparameters: hyperparameters, nesting: tuningNesting)
    }
    let perItem = experiment.kept.flatMap(\.columns)
    if !perItem.isEmpty {
      let item = TableSchema.Column(name: "item", role: .unit, isNumeric: false)
      tables.append(
        TableSchema(
          name: "\(name).items",
          columns: factors + search + seed + [item]
            + perItem.map { TableSchema.Column(name: $0.name, role: .measure, isNumeric: true) },
          nestedIn: nesting, isLeaky: isLeaky))
    }
    if let edge = EdgeTable.columns(experiment) {
      tables.append(
        TableSchema(
          name: "\(name).\(EdgeTable.suffix)", columns: factors + search + seed + edge + measures + own,
          nestedIn: nesting, isLeaky: isLeaky))
    }
    return tables
  }

  /// Under cross-validation, in the table of tuning trials: the seed whose splits the search belongs to.
  package static let outerSeedColumn = "outer-seed"
  /// The fold of the training part that scored a configuration.
  package static let innerFoldColumn = "inner-fold"

  private static func splits(_ experiment: CheckedExperiment) -> [TableSchema.Column] {
    let searches = experiment.plan.searches
    let seeds = searches.compactMap(\.splitSeed)
    guard !seeds.isEmpty else { return [] }
    return unit(outerSeedColumn, seeds)
      + unit(innerFoldColumn, Array(1...(searches.flatMap(\.splits).compactMap(\.fold).max() ?? 1)))
  }

  /// The most values of a unit that conditions are checked against.
  private static let namedLevels = 1_000

  private static func unit(_ name: String, _ values: [Int]) -> [TableSchema.Column] {
    let distinct = Set(values).sorted()
    return [
      TableSchema.Column(
        name: name, role: .unit, isNumeric: true,
        levels: distinct.count <= namedLevels ? distinct.map(String.init) : nil)
    ]
  }

  /// A searched hyperparameter, with what it can be where every cell is searched.
  private static func hyperparameter(_ name: String, _ experiment: CheckedExperiment) -> TableSchema.Column {
    let isNumeric = isNumeric(name, experiment)
    let isSearched = experiment.plan.cells.prefix(experiment.plan.armCount).allSatisfy {
      !$0.searches.isEmpty
    }
    var levels: [String] = []
    var bounds: ClosedRange<Double>?
    for domain in experiment.plan.searches.compactMap({
      $0.space.dimensions.first { $0.name == name }?.domain
    }) {
      switch domain {
      case .choice(let options):
        for option in options.map(\.label) where !levels.contains(option) { levels.append(option) }
      case .number(let from, let to, _): bounds = union(bounds, from...to)
      case .integer(let from, let to, _): bounds = union(bounds, Double(from)...Double(to))
      }
    }
    let isMixed = !levels.isEmpty && bounds != nil
    return TableSchema.Column(
      name: name, role: .hyperparameter, isNumeric: isNumeric,
      levels: isSearched && !levels.isEmpty && !isMixed ? levels : nil,
      bounds: isSearched && !isMixed ? bounds : nil)
  }

  private static func union(_ a: ClosedRange<Double>?, _ b: ClosedRange<Double>) -> ClosedRange<Double> {
    guard let a else { return b }
    return min(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
  }

  private static func isNumeric(_ hyperparameter: String, _ experiment: CheckedExperiment) -> Bool {
    experiment.plan.searches.allSatisfy { search in
      search.space.dimensions.allSatisfy { dimension in
        guard dimension.name == hyperparameter, case .choice(let options) = dimension.domain else {
          return true
        }
        return options.allSatisfy { $0.number != nil }
      }
    }
  }
}
