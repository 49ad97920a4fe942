import Claims
import Diagnostics
import Experiments
import Markup
import Protocols

/// Sees to it that compared arms get the same effort (rule 4): the same budget, and the same range of a hyperparameter
/// that they share; repetitions of a whole search are no effort, for each is evaluated by itself. Where they do not, the
/// study gives a `reason:`, which the report prints.
///
/// Arms are compared where the effort itself is not what is varied: a factor that is a path into `tune`, such as
/// `tune.trials`, or whose levels set nothing else, makes groups of its own.
struct EffortCheck {
  let factors: [Factor]

  private typealias Arm = (cell: CellDeclaration, tree: YAMLNode, tuning: TuningDeclaration)

  /// Whether arms have equal effort or a reason; reports the first difference otherwise.
  func isEqual(_ declared: [(cell: CellDeclaration, tree: YAMLNode)], log: inout DiagnosticLog) -> Bool {
    var arms: [Arm] = []
    for (cell, tree) in declared {
      guard let tuning = cell.tuning else { continue }
      // Of a cell's splits one is enough: they have the same budget and space.
      if let last = arms.last, name(last) == name((cell, tree, tuning)) { continue }
      arms.append((cell, tree, tuning))
    }
    guard !arms.contains(where: { $0.tuning.reason != nil }) else { return true }
    let effortFactors = factors.filter(isEffort).map(\.name)
    var firsts: [String: Arm] = [:]
    var ranges: [String: Arm] = [:]
    for arm in arms {
      let group = arm.cell.factors.filter { effortFactors.contains($0.name) }
        .map { "\($0.name) = \($0.level.label)" }.joined(separator: ", ")
      let first = firsts[group] ?? arm
      firsts[group] = first
      if budget(first) != budget(arm) {
        log.error(
          .unequalEffort,
          "the arms '\(name(first))' and '\(name(arm))' have unequal budgets: \(text(budget(first))), and "
            + text(budget(arm)),
          at: arm.tree.span(along: ["tune", "trials"]),
          note: "a difference between the arms would in part be one of effort",
          fix: "give all arms the same budget, or say why not: 'tune: {reason: …}'")
        return false
      }
      for dimension in arm.tuning.space.dimensions {
        let owner = arm.cell.template.owner(of: dimension)
        let key = "\(group) \(owner)"
        let other = ranges[key] ?? arm
        ranges[key] = other
        if domains(of: owner, in: other) == domains(of: owner, in: arm) { continue }
        log.error(
          .unequalEffort,
          "the arms '\(name(other))' and '\(name(arm))' search different ranges of '\(dimension.name)'",
          at: arm.tree.span(along: ["tune", "space", dimension.name]),
          note: "a difference between the arms would in part be one of what they were allowed to try",
          fix: "give a shared hyperparameter one range, or say why not: 'tune: {reason: …}'")
        return false
      }
    }
    return true
  }

  /// What a hyperparameter may be, in each branch of the space where it exists.
  private func domains(of owner: String, in arm: Arm) -> [Dimension.Domain] {
    arm.tuning.space.dimensions.filter { arm.cell.template.owner(of: $0) == owner }.map(\.domain)
  }

  /// Whether a factor varies the effort and nothing else.
  private func isEffort(_ factor: Factor) -> Bool {
    factor.levels.allSatisfy { level in
      !level.edits.isEmpty
        && level.edits.allSatisfy { edit in
          edit.path.count > 1 && edit.path[0] == "tune"
            && ["trials", "budget", "seeds", "inner", "space"].contains(edit.path[1])
        }
    }
  }

  /// Reports a claim that compares experiments whose searches have unequal budgets, unless one gives a reason.
  static func check(
    _ claim: Claim, _ experiments: [CheckedExperiment], at span: SourceSpan, log: inout DiagnosticLog
  ) {
    let tables = claim.statement.propositions.flatMap(\.tables)
    let compared = experiments.filter { experiment in
      !experiment.plan.searches.isEmpty
        && tables.contains { $0 == experiment.name || $0.hasPrefix("\(experiment.name).") }
    }
    guard let first = compared.first, compared.allSatisfy({ $0.plan.reasons.isEmpty }) else { return }
    for other in compared.dropFirst() where budgets(other) != budgets(first) {
      log.error(
        .unequalEffort,
        "the claim '\(claim.name)' compares '\(first.name)' and '\(other.name)', whose budgets differ",
        at: span,
        note: "\(budgets(first).joined(separator: "; ")), and \(budgets(other).joined(separator: "; "))",
        fix: "give both the same budget, or say why not: 'tune: {reason: …}'")
      return
    }
  }

  /// The budgets of an experiment's searches, as texts.
  private static func budgets(_ experiment: CheckedExperiment) -> [String] {
    Set(
      experiment.plan.searches.prefix(experiment.plan.armSearchCount).map { search in
        "\(search.budgetText) on \(search.seeds.count) \(search.seeds.count == 1 ? "seed" : "seeds")"
      }
    ).sorted()
  }

  private struct Budget: Equatable {
    let trials: Int
    let effort: Effort?
    let seeds: Int
    let splits: Int
  }

  private func budget(_ arm: Arm) -> Budget {
    Budget(
      trials: arm.tuning.effort == nil ? arm.tuning.trials : 0, effort: arm.tuning.effort,
      seeds: arm.tuning.seeds.count,
      splits: arm.tuning.splits.count / max(1, arm.tuning.seeds.count))
  }

  private func text(_ budget: Budget) -> String {
    let seeds = "\(budget.seeds) \(budget.seeds == 1 ? "seed" : "seeds")"
    let splits = budget.splits > 0 ? " and \(budget.splits) splits" : ""
    return "\(budget.effort?.text ?? "\(budget.trials) configurations") on \(seeds)\(splits)"
  }

  private func name(_ arm: Arm) -> String {
    let own = arm.cell.factors.filter { factor in factors.contains { $0.name == factor.name } }
    return own.map { "\($0.name) = \($0.level.label)" }.joined(separator: ", ")
  }
}
