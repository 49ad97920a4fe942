import Experiments
import Parts

/// The tables an experiment will give, known before it runs.
package enum Schemas {
  /// `NAME`, `NAME.steps` and, where it tunes, `NAME.tuning`.
  package static func tables(of experiment: CheckedExperiment) -> [TableSchema] {
    let name = experiment.name
    let isTuned = !experiment.plan.searches.isEmpty
    let isLeaky = experiment.plan.rule.isLeaky
    let nesting = isTuned ? ["search": experiment.forEach] : [:]
    let factors = experiment.factors.map { factor in
      let isNumeric = factor.levels.allSatisfy { $0.number != nil }
      return TableSchema.Column(
        name: factor.name, role: .factor, isNumeric: isNumeric, levels: factor.levels.map(\.label))
    }
    let hyperparameters = experiment.hyperparameters
      .filter { name in !experiment.factors.contains { $0.name == name } }
      .map { TableSchema.Column(name: $0, role: .hyperparameter, isNumeric: isNumeric($0, experiment)) }
    let seed = [TableSchema.Column(name: "seed", role: .unit, isNumeric: true)]
    let search = isTuned ? [TableSchema.Column(name: "search", role: .unit, isNumeric: true)] : []
    let own = experiment.procedure.columns.filter { $0.place == .trial }
      .map { TableSchema.Column(name: $0.name, role: .measure, isNumeric: true) }
    let measures = experiment.measures.map {
      TableSchema.Column(name: $0.column, role: .measure, isNumeric: true)
    }
    let cost = ["examples", "flops"].map { TableSchema.Column(name: $0, role: .cost, isNumeric: true) }
    let selected =
      isTuned
      ? ["tuning-score", "optimism"].map { TableSchema.Column(name: $0, role: .measure, isNumeric: true) }
      : []
    var tables = [
      TableSchema(
        name: name, columns: factors + hyperparameters + search + seed + measures + selected + own + cost,
        nestedIn: nesting, isLeaky: isLeaky),
      TableSchema(
        name: "\(name).steps",
        columns: factors + search + seed + [TableSchema.Column(name: "step", role: .step, isNumeric: true)]
          + experiment.procedure.columns.filter { $0.place == .steps }
          .map { TableSchema.Column(name: $0.name, role: .measure, isNumeric: true) },
        nestedIn: nesting, isLeaky: isLeaky),
    ]
    if isTuned {
      let searched = factors.filter { experiment.forEach.contains($0.name) }
      let candidate = [TableSchema.Column(name: "candidate", role: .unit, isNumeric: true)]
      tables.append(
        TableSchema(
          name: "\(name).tuning",
          columns: searched + hyperparameters + search + candidate + seed + measures + own + cost,
          nestedIn: nesting, isLeaky: isLeaky))
    }
    return tables
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
