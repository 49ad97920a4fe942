import Diagnostics
import Experiments
import Parts
import Protocols

/// What an experiment keeps and what it starts from.
struct Stages {
  var kept: [ArtefactDeclaration] = []
  var isAuxiliary = false
  var links: [StageLink] = []
  /// Factors that the experiment takes over from those it starts from.
  var inherited: [Factor] = []

  init() {}

  init(kept: [ArtefactDeclaration], isAuxiliary: Bool, links: [StageLink], beside factors: [Factor]) {
    self.kept = kept
    self.isAuxiliary = isAuxiliary
    self.links = links
    for link in links { inherited += link.inherited(beside: factors + inherited) }
  }

  /// The first factor whose levels are graphs: made up as such, or matched with levels that were.
  func graphs(beside factors: [Factor]) -> EdgeTable.Source? {
    factors.lazy.compactMap { factor in
      if let graphs = factor.graphs { return EdgeTable.Source(factor: factor.name, graphs: graphs) }
      return links.lazy.filter { $0.match.contains(factor.name) }.compactMap(\.upstream.graphs)
        .first { $0.factor == factor.name }
    }.first
  }

  /// A link and the earlier cell that it leads a cell to.
  struct Partner {
    let link: StageLink
    let cell: Int

    /// The seeds that a silent experiment takes over.
    var seeds: [Int]? { link.seeds == .same ? link.upstream.plan.cells[cell].evaluation.seedList : nil }

    /// The rows that a silent experiment takes over: those of the earlier cell, where it has all that are needed.
    func data(for procedure: PartDeclaration) -> [DataRole: DataReference]? {
      let data = link.upstream.cells[cell].evaluationData.filter {
        (procedure.roles + procedure.optionalRoles).contains($0.key)
      }
      return procedure.roles.allSatisfy { data[$0] != nil } ? data : nil
    }
  }

  /// The earlier cells of a cell, one a link; fewer where the combination was excepted there, nil after a mistake.
  func partners(
    of levels: [(name: String, level: Setting)], declared: [String], log: inout DiagnosticLog
  ) -> [Partner]? {
    var partners: [Partner] = []
    var isSound = true
    for link in links {
      switch link.partner(of: levels, declared: declared, log: &log) {
      case .cell(let cell): partners.append(Partner(link: link, cell: cell))
      case .excepted: break
      case .mistake: isSound = false
      }
    }
    return isSound ? partners : nil
  }

  /// The inputs of a cell whose seeds and rows are known; nil after a mistake.
  func inputs(
    _ partners: [Partner], evaluation: (data: [DataRole: DataReference], seeds: [Int]),
    tuning: TuningDeclaration?, resolver: any DataResolver, log: inout DiagnosticLog
  ) -> [StageInput]? {
    var phases = [(name: "evaluate", data: evaluation.data, seeds: evaluation.seeds)]
    if let tuning { phases.append(("tune", tuning.data, tuning.seeds)) }
    let inputs = partners.compactMap { partner -> StageInput? in
      let wanted = phases.map { (key: "\($0.name).seeds", seeds: $0.seeds) }
      guard let stage = partner.link.stage(from: partner.cell, for: wanted, log: &log) else { return nil }
      for phase in phases {
        guard covers(partner, phase.data, phase.name, resolver, &log) else { return nil }
      }
      return stage
    }
    return inputs.count == partners.count ? inputs : nil
  }

  /// Whether the artefacts have an item for each row that the input is read for.
  private func covers(
    _ partner: Partner, _ data: [DataRole: DataReference], _ phase: String, _ resolver: any DataResolver,
    _ log: inout DiagnosticLog
  ) -> Bool {
    let link = partner.link
    guard let items = link.items(of: partner.cell) else { return true }
    for role in link.input.items {
      guard let rows = data[role] else { continue }
      do {
        // Altered rows are items of their own.
        let alike = items.filter { $0.alterations == rows.alterations }
        let found = try alike.reduce(0) { $0 + (try resolver.sharedRows(rows, $1)) }
        let count = try resolver.rowCount(rows)
        if found >= count { continue }
        log.error(
          .missingItems,
          "\(count - found) of the \(count) rows of '\(phase).data.\(role.rawValue)' are not among the items of "
            + "'\(link.upstream.name)'", at: link.span,
          note: "it keeps \(link.artefacts.map(\.name).joined(separator: ", ")) for "
            + items.map { "'\($0.text)'" }.joined(separator: " and "),
          fix: "let '\(link.upstream.name)' keep them for those rows too, or take rows that it keeps them for"
        )
      } catch let problem as DataProblem {
        log.error(problem.code, problem.message, at: link.span, note: problem.note, fix: problem.fix)
      } catch {
        log.error(.unreadableFile, "the data cannot be read: \(error)", at: link.span)
      }
      return false
    }
    return true
  }
}
