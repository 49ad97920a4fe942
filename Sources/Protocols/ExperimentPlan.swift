import Experiments
import Parts

/// An experiment as its protocol allows it to run: searches first, then sealed evaluations.
package struct ExperimentPlan: Sendable {
  /// A cell's evaluation and the searches (by index) whose selections it evaluates; none for declared settings.
  package struct CellPlan: Sendable {
    package let factors: [(name: String, level: Setting)]
    package let searches: [Int]
    package let evaluation: SealedEvaluation
    /// The selection of a cell without a search.
    package let declared: Frozen
  }

  package let name: String
  package let rule: any Rule.Type
  package let searches: [SearchPlan]
  package let cells: [CellPlan]
  package let look: Look
  /// Rows left out of evaluation as twins of rows seen before, over all cells.
  package let droppedTwins: Int

  /// Plans the cells of an experiment under a rule.
  ///
  /// - Throws: `PlanError` where cells that share a search disagree about it.
  package init(
    name: String, profile: String, rule: any Rule.Type, cells declarations: [CellDeclaration]
  ) throws(PlanError) {
    self.name = name
    self.rule = rule
    var searches: [SearchPlan] = []
    var groups: [String: [Int]] = [:]
    let evaluations = declarations.map(SealedEvaluation.init)
    for (cell, evaluation) in zip(declarations, evaluations) {
      guard let tuning = cell.tuning, tuning.isSearchedOn, let group = cell.searchGroup else { continue }
      let plans = (0..<tuning.repeats).map { Self.search(cell, tuning, rule, of: evaluation, repetition: $0) }
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
          factors: cell.factors, searches: indices, evaluation: evaluation,
          declared: .declared(cell.template)))
    }
    self.searches = searches
    self.cells = cells
    droppedTwins = declarations.reduce(0) { $0 + $1.droppedTwins }
    let evaluation = Self.digest(cells.map(\.evaluation.identity))
    look = Look(
      experiment: name, profile: profile,
      plan: Self.digest([rule.name] + searches.map(\.identity) + [evaluation.hex]),
      evaluation: evaluation)
  }

  /// Evaluation trials in all.
  package var evaluationCount: Int {
    cells.reduce(0) { $0 + max(1, $1.searches.count) * $1.evaluation.trialCount }
  }

  /// Tuning trials in all, where every search uses its whole budget.
  package var tuningCount: Int {
    searches.reduce(0) { $0 + $1.budget.trials * $1.seeds.count }
  }

  private static func search(
    _ cell: CellDeclaration, _ tuning: TuningDeclaration, _ rule: any Rule.Type,
    of evaluation: SealedEvaluation, repetition: Int
  ) -> SearchPlan {
    // The tuner's randomness is keyed by what is searched and evaluated, not by names or by the protocol: a leaky
    // twin tries the same configurations as its honest one, and other cells try others.
    let subject = Digest(of: "\(evaluation.subject) \(tuning.space.dimensions.map(\.name))")
    return SearchPlan(
      factors: cell.factors.filter { tuning.forEach.contains($0.name) }, repetition: repetition,
      budget: SearchBudget(trials: tuning.trials, units: tuning.units), seeds: tuning.seeds,
      selection: tuning.selection, space: tuning.space,
      tuner: tuning.tuner, tunerSettings: tuning.tunerSettings, tunerRevision: tuning.tunerRevision,
      seed: subject.seed, template: cell.template, data: rule.tuningData(of: cell, tuning: tuning),
      pool: cell.isAuxiliary ? .auxiliary : .tuning, inputs: cell.inputs)
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
