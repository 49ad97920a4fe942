import Experiments

/// Which trials of the earlier experiment a trial starts from.
package enum StageSeeds: String, Sendable, CaseIterable {
  /// The trial with the same seed.
  case same
  /// All trials of the cell, search by search and seed by seed in the order of the study.
  case all
}

/// One input of a cell, connected to the cell of an earlier experiment whose artefacts it takes.
package struct StageInput: Sendable {
  /// The procedure's name for it.
  package let name: String
  package let experiment: String
  /// The cell's position in the earlier experiment's plan.
  package let cell: Int
  /// The artefacts that are handed over, by name.
  package let artefacts: [String]
  package let seeds: StageSeeds
  /// What stands behind the artefacts.
  package let lineage: Lineage
  /// What identifies the stage in plan digests: the earlier cell's own plan, never the bits that came of it.
  package let identity: String

  /// - Parameters:
  ///   - cell: the earlier experiment's cell, in that experiment's plan.
  ///   - lineage: that of the cell.
  package init(
    name: String, from plan: ExperimentPlan, cell: Int, lineage: Lineage, artefacts: [String],
    seeds: StageSeeds
  ) {
    self.name = name
    experiment = plan.name
    self.cell = cell
    self.artefacts = artefacts
    self.seeds = seeds
    self.lineage = lineage
    var writer = CanonicalWriter()
    writer.array { w in
      w.value(name)
      w.value(seeds.rawValue)
      for artefact in artefacts { w.value(artefact) }
      w.value(plan.identity(ofCell: cell))
    }
    identity = writer.text
  }
}

/// What stands behind a cell's artefacts, through all stages: the rows that were learned or selected on, and the seeds
/// that selections were made with.
package struct Lineage: Sendable {
  /// Rows that some stage has learned from, calibrated on or selected by.
  package struct Rows: Sendable {
    package let experiment: String
    /// Where the study gives them, such as `evaluate.data.fit`.
    package let place: String
    package let reference: DataReference
  }

  package private(set) var rows: [Rows] = []
  /// By experiment, the seeds of its searches.
  package private(set) var tuningSeeds: [(experiment: String, seeds: [Int])] = []

  /// The lineage of a cell of `experiment` under its rule.
  ///
  /// - Parameter computed: roles whose rows its procedure only computes something for, without learning from them.
  package init(
    of cell: CellDeclaration, in experiment: String, rule: any Rule.Type, computed: [DataRole] = []
  ) {
    if let tuning = cell.tuning {
      for (role, reference) in rule.tuningData(of: cell, tuning: tuning).sorted(by: { $0.key < $1.key }) {
        rows.append(Rows(experiment: experiment, place: "tune.data.\(role.rawValue)", reference: reference))
      }
      tuningSeeds.append((experiment, tuning.seeds))
    }
    for (role, reference) in cell.evaluationData.sorted(by: { $0.key < $1.key })
    where role != .score && !computed.contains(role) {
      rows.append(Rows(experiment: experiment, place: "evaluate.data.\(role.rawValue)", reference: reference))
    }
    for input in cell.inputs {
      rows += input.lineage.rows
      tuningSeeds += input.lineage.tuningSeeds
    }
  }
}

extension ExperimentPlan {
  /// What identifies a cell's artefacts before anything has run: its rule, searches and evaluation, stages included.
  func identity(ofCell index: Int) -> String {
    let cell = cells[index]
    var writer = CanonicalWriter()
    writer.array { w in
      w.value(rule.name)
      for search in cell.searches { w.value(searches[search].identity) }
      w.value(cell.evaluation.identity)
    }
    return Digest(of: writer.bytes).hex
  }
}
