import Experiments
import Parts

/// An experiment as its protocol allows it to run: searches first, then sealed evaluations.
package struct ExperimentPlan: Sendable {
  /// A cell's evaluation and the searches (by index) whose selections it evaluates; none for declared settings.
  package struct CellPlan: Sendable {
    package let factors: [(name: String, level: Setting)]
    package let searches: [Int]
    package let evaluation: SealedEvaluation
    /// What a race is run to; nil under other protocols.
    package let target: Target?
    /// The selection of a cell without a search.
    package let declared: Frozen
    /// What the plan adds the cell as; nil for the study's own.
    package let baseline: Baseline?
    /// The cell that shows each baseline of this arm, declared by the study or added; none where it is left out.
    package fileprivate(set) var baselines: [Baseline: Int] = [:]
  }

  package let name: String
  package let rule: any Rule.Type
  /// The study's own, then those of added baselines.
  package let searches: [SearchPlan]
  /// The study's own, then added baselines.
  package let cells: [CellPlan]
  /// How many of the cells are the study's own.
  package let armCount: Int
  /// How many of the searches are the study's own.
  package let armSearchCount: Int
  package let look: Look
  /// Rows left out of evaluation as twins of rows seen before, over all cells.
  package let droppedTwins: Int
  /// The study's reasons for unequal effort or for leaving baselines out, each once.
  package let reasons: [String]
  /// Whether a trial that fails three times alike counts as diverged (`failures: worst`).
  package let scoresFailures: Bool

  /// Plans the cells of an experiment under a rule.
  ///
  /// - Parameters:
  ///   - scoresFailures: whether a trial that fails three times alike counts as diverged.
  ///   - baselineTuner: random search, where arms that declare no baselines get them; nil for none. They follow from the
  ///     study's own arms and its rows, so they are no part of what identifies the look.
  /// - Throws: `PlanError` where cells that share a search disagree about it.
  package init(
    name: String, profile: String, rule: any Rule.Type, cells declarations: [CellDeclaration],
    scoresFailures: Bool = false, baselineTuner: BaselineTuner? = nil
  ) throws(PlanError) {
    self.name = name
    self.scoresFailures = scoresFailures
    self.rule = rule
    var searches: [SearchPlan] = []
    var groups: [String: [Int]] = [:]
    let evaluations = declarations.map(SealedEvaluation.init)
    let modelled = Set(declarations.filter { $0.applied == .model }.compactMap(\.searchGroup))
    for (cell, evaluation) in zip(declarations, evaluations) {
      guard let tuning = cell.tuning, tuning.isSearchedOn, let group = cell.searchGroup else { continue }
      let plans = (0..<tuning.repeats).map {
        Self.search(
          cell, tuning, rule, of: evaluation, repetition: $0, keepsModels: modelled.contains(group))
      }
      if let known = groups[group] {
        guard known.count == plans.count,
          zip(known, plans).allSatisfy({ searches[$0].identity == $1.identity })
        else {
          throw PlanError.cellsDisagree(factors: tuning.forEach)
        }
        continue
      }
      groups[group] = Array(searches.count..<searches.count + plans.count)
      searches += plans
    }
    var cells: [CellPlan] = []
    for (cell, evaluation) in zip(declarations, evaluations) {
      var indices: [Int] = []
      if let tuning = cell.tuning, let group = cell.searchGroup {
        guard let found = groups[group] else {
          throw PlanError.noSearchedCell(factors: tuning.forEach)
        }
        indices = found
      }
      cells.append(
        CellPlan(
          factors: cell.factors, searches: indices, evaluation: evaluation, target: cell.target,
          declared: .declared(cell.template), baseline: nil))
    }
    armCount = cells.count
    armSearchCount = searches.count
    var reasons: [String] = []
    for reason in declarations.compactMap({ $0.tuning?.reason }) where !reasons.contains(reason) {
      reasons.append(reason)
    }
    self.reasons = reasons
    droppedTwins = declarations.reduce(0) { $0 + $1.droppedTwins }
    let evaluation = Self.digest(cells.map(\.evaluation.identity))
    look = Look(
      experiment: name, profile: profile,
      plan: Self.digest(
        [rule.name] + (scoresFailures ? ["failures worst"] : []) + searches.map(\.identity) + [evaluation.hex]
      ),
      evaluation: evaluation)
    if let baselineTuner {
      Self.addBaselines(
        baselineTuner, rule, Array(zip(declarations, evaluations)), modelled, &searches, &cells)
    }
    self.searches = searches
    self.cells = cells
  }

  /// Adds the default configuration and a random search beside every tuned cell that has none among the study's own,
  /// one repetition each, and notes where each arm's baselines are found.
  private static func addBaselines(
    _ tuner: BaselineTuner, _ rule: any Rule.Type,
    _ arms: [(cell: CellDeclaration, evaluation: SealedEvaluation)], _ modelled: Set<String>,
    _ searches: inout [SearchPlan], _ cells: inout [CellPlan]
  ) {
    var defaults: [String: Int] = [:]
    var randoms: [String: Int] = [:]
    var searched: [String: Int] = [:]
    var searchedOn: [String: (cell: CellDeclaration, evaluation: SealedEvaluation)] = [:]
    for (index, arm) in arms.enumerated() {
      if arm.cell.tuning == nil { defaults[arm.evaluation.identity] = index }
      for search in cells[index].searches where searched[searches[search].identity] == nil {
        searched[searches[search].identity] = search
      }
      if let first = cells[index].searches.first, searches[first].tuner == tuner.name {
        randoms["\(searches[first].identity) \(arm.evaluation.identity)"] = index
      }
      if let group = arm.cell.searchGroup, arm.cell.tuning?.isSearchedOn == true, searchedOn[group] == nil {
        searchedOn[group] = arm
      }
    }
    for (index, arm) in arms.enumerated() {
      guard let tuning = arm.cell.tuning, tuning.showsBaselines, let group = arm.cell.searchGroup,
        let source = searchedOn[group], let searchedTuning = source.cell.tuning
      else { continue }
      func add(_ baseline: Baseline, searches: [Int]) -> Int {
        cells.append(
          CellPlan(
            factors: arm.cell.factors, searches: searches, evaluation: arm.evaluation, target: nil,
            declared: .declared(arm.cell.template), baseline: baseline))
        return cells.count - 1
      }
      let identity = arm.evaluation.identity
      let plain = defaults[identity] ?? add(.defaults, searches: [])
      defaults[identity] = plain
      cells[index].baselines[.defaults] = plain
      let plan = search(
        source.cell, searchedTuning.with(tuner), rule, of: source.evaluation, repetition: 0,
        keepsModels: modelled.contains(group))
      let key = "\(plan.identity) \(identity)"
      if randoms[key] == nil {
        if searched[plan.identity] == nil {
          searched[plan.identity] = searches.count
          searches.append(plan)
        }
        randoms[key] = add(.random, searches: [searched[plan.identity]!])
      }
      cells[index].baselines[.random] = randoms[key]
    }
  }

  /// Evaluation trials in all.
  package var evaluationCount: Int {
    cells.reduce(0) { $0 + max(1, $1.searches.count) * $1.evaluation.trialCount }
  }

  /// Tuning trials in all, where every search uses its whole budget.
  package var tuningCount: Int {
    searches.reduce(0) { $0 + $1.trialCount }
  }

  private static func search(
    _ cell: CellDeclaration, _ tuning: TuningDeclaration, _ rule: any Rule.Type,
    of evaluation: SealedEvaluation, repetition: Int, keepsModels: Bool
  ) -> SearchPlan {
    SearchPlan(
      of: cell, tuning, on: rule.tuningData(of: cell, tuning: tuning), evaluation: evaluation,
      repetition: repetition, keepsModels: keepsModels)
  }

  private static func digest(_ parts: [String]) -> Digest {
    var writer = CanonicalWriter()
    writer.array { w in for part in parts { w.value(part) } }
    return Digest(of: writer.bytes)
  }
}

/// Why cells cannot share a search as declared.
package enum PlanError: Error, Equatable {
  /// Cells that differ only in factors without a search of their own declare different searches.
  case cellsDisagree(factors: [String])
  /// No cell of a group meets the condition of `tune.where`.
  case noSearchedCell(factors: [String])
}

extension ExperimentPlan {
  /// One reference a data set, for naming what was used; it opens nothing.
  package var sources: [DataReference] {
    let references = searches.flatMap { $0.data.values } + cells.flatMap(\.evaluation.references)
    var byName: [String: DataReference] = [:]
    for reference in references where byName[reference.setName] == nil {
      byName[reference.setName] = DataReference(
        source: reference.source, steps: [], content: reference.content)
    }
    return byName.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Every part the declared settings use, with its revision.
  package var revisions: [PartRevision] {
    Set(searches.flatMap(\.template.revisions) + cells.flatMap(\.evaluation.revisions)).sorted {
      $0.text < $1.text
    }
  }
}
