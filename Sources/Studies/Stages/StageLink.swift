import Diagnostics
import Experiments
import Markup
import Parts
import Protocols

/// One entry of `starts-from` as reports show it.
package struct StageFacts: Sendable {
  package let input: String
  package let experiment: String
  package let match: [String]
  package let seeds: StageSeeds
}

/// One entry of `starts-from`: an input, and the earlier experiment whose cells it joins on equal levels.
struct StageLink {
  let input: InputDeclaration
  let upstream: CheckedExperiment
  /// Those of the kept artefacts that the input takes.
  let artefacts: [ArtefactDeclaration]
  /// The columns whose values must be equal.
  let match: [String]
  let seeds: StageSeeds
  /// Where the join is declared.
  let span: SourceSpan
  let seedsSpan: SourceSpan

  var facts: StageFacts {
    StageFacts(input: input.name, experiment: upstream.name, match: match, seeds: seeds)
  }

  /// The columns to match that the experiment does not vary itself: it takes the earlier one's levels for them.
  func inherited(beside factors: [Factor]) -> [Factor] {
    match.filter { name in !factors.contains { $0.name == name } }.compactMap { name in
      upstream.factors.first { $0.name == name }.map { factor in
        Factor(
          name: name, span: span, levels: factor.levels.map { .init(label: $0, span: span, edits: []) })
      }
    }
  }

  /// What joining a cell's levels with the earlier cells came to.
  enum Partner {
    case cell(Int)
    /// The earlier experiment has no such cell, but the levels that the author gave do occur in it: the combination
    /// of inherited levels was excepted there.
    case excepted
    case mistake
  }

  /// The earlier cell that a cell starts from.
  ///
  /// - Parameter declared: the factors that the author wrote in this experiment.
  func partner(
    of levels: [(name: String, level: Setting)], declared: [String], log: inout DiagnosticLog
  ) -> Partner {
    let wanted = levels.filter { match.contains($0.name) }
    func cells(_ wanted: [(name: String, level: Setting)]) -> [Int] {
      (0..<upstream.plan.armCount).filter { index in
        wanted.allSatisfy { column in
          upstream.plan.cells[index].factors.contains {
            $0.name == column.name && $0.level.label == column.level.label
          }
        }
      }
    }
    let found = cells(wanted)
    if found.count == 1 { return .cell(found[0]) }
    let name = upstream.name
    if found.isEmpty {
      let own = wanted.filter { declared.contains($0.name) }
      if own.count < wanted.count, !cells(own).isEmpty { return .excepted }
      let levels = own.map { "\($0.name) = \($0.level.label)" }.joined(separator: ", ")
      log.error(
        .noPartner, "no cell of '\(name)' has \(levels)", at: span,
        note: "every cell starts from the cell of '\(name)' with the same \(match.joined(separator: ", "))",
        fix: "vary the same levels in both, or drop the cell with 'except'")
      return .mistake
    }
    let others = upstream.factors.map(\.name).filter { !match.contains($0) }
    let which = wanted.map { "\($0.name) = \($0.level.label)" }.joined(separator: ", ")
    log.error(
      .noPartner,
      "\(found.count) cells of '\(name)' \(which.isEmpty ? "could be started from" : "have \(which)")",
      at: span, note: "they differ in \(others.joined(separator: ", "))",
      fix: "match them too: 'match: [\((match + others).joined(separator: ", "))]'")
    return .mistake
  }

  /// The input of a cell whose partner is known; nil after a mistake about seeds.
  ///
  /// - Parameter wanted: the seeds of the cell's trials, with the key that names them.
  func stage(
    from cell: Int, for wanted: [(key: String, seeds: [Int])], log: inout DiagnosticLog
  ) -> StageInput? {
    let plan = upstream.plan
    let given = plan.cells[cell].evaluation.seedList
    let searches = max(1, plan.cells[cell].searches.count)
    switch seeds {
    case .same:
      if searches > 1 {
        log.error(
          .noPartner, "'\(plan.name)' has \(searches) trials for each seed, one a search", at: seedsSpan,
          note: "'same' starts from the one trial with the same seed",
          fix: input.takesSeveral
            ? "write 'seeds: all', or 'repeats: 1' in '\(plan.name)'" : "write 'repeats: 1' in '\(plan.name)'"
        )
        return nil
      }
      for (key, own) in wanted {
        guard let lone = own.first(where: { !given.contains($0) }) else { continue }
        log.error(
          .noPartner, "'\(plan.name)' has no trial with the seed \(lone) of '\(key)'", at: seedsSpan,
          note: "its seeds are \(Self.text(given))",
          fix: "give both the same seeds\(input.takesSeveral ? ", or write 'seeds: all'" : "")")
        return nil
      }
    case .all:
      if !input.takesSeveral, given.count * searches > 1 {
        log.error(
          .noPartner, "the input '\(input.name)' takes one trial, and 'all' gives \(given.count * searches)",
          at: seedsSpan, fix: "write 'seeds: same'")
        return nil
      }
    }
    return StageInput(
      name: input.name, from: plan, cell: cell,
      lineage: Lineage(
        of: upstream.cells[cell], in: plan.name, rule: plan.rule, computed: upstream.procedure.optionalRoles),
      artefacts: artefacts.map(\.name), seeds: seeds)
  }

  /// The rows of the earlier cell that the artefacts have items of; nil where they are not about items.
  func items(of cell: Int) -> [DataReference]? {
    let roles = artefacts.flatMap(\.items)
    if roles.isEmpty { return nil }
    let data = upstream.cells[cell].evaluationData
    return DataRole.allCases.filter(roles.contains).compactMap { data[$0] }
  }

  private static func text(_ seeds: [Int]) -> String {
    guard seeds.count > 2, zip(seeds, seeds.dropFirst()).allSatisfy({ $1 == $0 + 1 }) else {
      return seeds.map(String.init).joined(separator: ", ")
    }
    return "\(seeds[0]) .. \(seeds[seeds.count - 1])"
  }
}
