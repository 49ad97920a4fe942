import Experiments
import Protocols

/// The tables that tell what a search found out, beyond its trials: how the best score came about, which hyperparameters
/// mattered, and how the score responds to them. They are computed where a study, or a reader, asks for them.
package enum SearchTables {
  /// `NAME.progress`: the best score so far after each whole run; `evaluations` counts the runs' worth of effort spent.
  package static let progress = "progress"
  /// `NAME.importance`: a row a tree of the surrogate, search and hyperparameter.
  package static let importance = "importance"
  /// `NAME.response`: the mean prediction along each hyperparameter, all others uniform over their ranges.
  package static let response = "response"
  /// `NAME.surface`: the mean prediction over each pair of numeric hyperparameters.
  package static let surface = "surface"

  package static let all = [progress, importance, response, surface]

  /// `NAME.promise`: for each evaluation trial the selection's score twice, with the tuning seeds and with its own unseen
  /// one, told apart by the column `seeds`.
  package static let promise = "promise"
  package static let seeds = "seeds"
  package static let tuningSeeds = "tuning"
  package static let unseenSeeds = "unseen"

  /// Whether a table is one of these, by its name.
  package static func isOne(_ table: String) -> Bool { all.contains { table.hasSuffix(".\($0)") } }

  static func schemas(
    _ experiment: CheckedExperiment, search: [TableSchema.Column], hyperparameters: [TableSchema.Column],
    nesting: [String: [String]]
  ) -> [TableSchema] {
    func measure(_ name: String) -> TableSchema.Column {
      TableSchema.Column(name: name, role: .measure, isNumeric: true)
    }
    func step(_ name: String) -> TableSchema.Column {
      TableSchema.Column(name: name, role: .step, isNumeric: true)
    }
    let name = TableSchema.Column(
      name: "hyperparameter", role: .factor, isNumeric: false, levels: experiment.hyperparameters)
    let tree = TableSchema.Column(name: "tree", role: .unit, isNumeric: true)
    var inTree = nesting
    inTree["tree"] = experiment.forEach + ["search"] + (nesting["search"] ?? [])
    let columns: [(String, [TableSchema.Column], [String: [String]])] = [
      (progress, [step("evaluations"), measure("score"), measure("incumbent")], nesting),
      (importance, [name, tree, measure("main"), measure("total"), measure("morris")], inTree),
      (response, [name, tree, step("place"), step("value"), measure("predicted")], inTree),
      (surface, hyperparameters.filter(\.isNumeric) + [measure("predicted")], nesting),
    ]
    return columns.map { table, own, nesting in
      TableSchema(
        name: "\(experiment.name).\(table)", columns: search + own, nestedIn: nesting,
        isLeaky: experiment.plan.rule.isLeaky)
    }
  }
}
