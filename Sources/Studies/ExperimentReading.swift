import Diagnostics
import Experiments
import Markup
import Parts
import Protocols

/// An experiment block, checked and planned.
package struct CheckedExperiment: Sendable {
  package let name: String
  package let block: StudyBlock
  package let plan: ExperimentPlan
  /// The factors in the order of the study, with their levels in this profile.
  package let factors: [(name: String, levels: [Setting])]
  /// The first factor whose levels are graphs; nil where there is none.
  package let graphs: EdgeTable.Source?
  package let procedure: PartDeclaration
  package let measures: [MeasureRequest]
  /// By column of a measure.
  let largerIsBetter: [String: Bool]
  /// Searched hyperparameters over all cells.
  package let hyperparameters: [String]
  package let selection: Selection?
  /// The factors that have a search of their own.
  package let forEach: [String]
  /// The artefacts that evaluation trials keep.
  package let kept: [ArtefactDeclaration]
  /// What it starts from, as declared.
  package let links: [StageFacts]
  package let isAuxiliary: Bool
  /// The author's program that runs its trials; nil for a registered procedure.
  package let command: DeclaredCommand?
  /// The cells in the order of the plan.
  let cells: [CellDeclaration]

  /// Under cross-validation, the size of a score part over that of its training part; nil where cells differ.
  package var testShare: Double? {
    let shares = Set(
      cells.map { cell -> Double? in
        switch cell.evaluationData[.fit]?.steps.last {
        case .folds(let folds, let count, _): Double(count - folds.count) / Double(folds.count)
        case .drawn(_, let fit, let score, _): Double(score) / Double(fit)
        default: nil
        }
      })
    return shares.count == 1 ? shares.first ?? nil : nil
  }

  /// Of what is kept, the names of those that give columns to `NAME.items`.
  package var itemArtefacts: [String] { kept.filter { !$0.columns.isEmpty }.map(\.name) }

  /// The experiments it starts from, directly, each once.
  package var sources: [String] {
    var names: [String] = []
    for input in cells.flatMap(\.inputs) where !names.contains(input.experiment) {
      names.append(input.experiment)
    }
    return names
  }
}

/// Reading of experiment blocks: `like`, profile, factors, then every cell.
struct ExperimentReading {
  let settings: SettingReading
  let data: DataReading
  let fingerprint: String
  /// A registered tuner by name, for protocols whose points are known beforehand.
  let tuner: (_ name: String, _ settings: Settings) -> any Tuner
  /// Where programs of the authors are found.
  let commands: CommandFiles
  /// The author's program, once it has been read.
  var command: DeclaredCommand?

  static let keys = [
    "protocol", "procedure", "like", "data", "with", "vary", "except", "tune", "evaluate", "measure",
    "starts-from",
    "keep", "role", "failures", "command",
  ]
  /// The most cells one experiment may have; beyond it a factor was probably not meant.
  static let cellLimit = 100_000

  /// The experiment in a profile; nil after a mistake.
  ///
  /// - Parameter earlier: the experiments above it, nil for one with a mistake.
  func experiment(
    _ block: StudyBlock, tree: YAMLNode, profile: String, earlier: [String: CheckedExperiment?],
    log: inout DiagnosticLog
  ) -> CheckedExperiment? {
    guard let reader = KeyReader(tree, subject: "an experiment", known: Self.keys, log: &log) else {
      return nil
    }
    if command == nil, tree.value(at: ["procedure"])?.scalar?.text == CommandReading.procedure {
      guard let declared = declaredCommand(reader, &log) else { return nil }
      return using(declared).experiment(block, tree: tree, profile: profile, earlier: earlier, log: &log)
    }
    checkCommand(reader, &log)
    let known = log.sorted.count
    let rule = self.rule(reader, &log)
    let varied = reader("vary").map { Factor.read($0, catalogue: settings.catalogue, log: &log) } ?? []
    let hasProcedure = reader.required("procedure", example: "classifier", log: &log) != nil
    let hasMeasure =
      !needsMeasure(reader) || reader.required("measure", example: "accuracy", log: &log) != nil
    guard let rule, hasProcedure, hasMeasure else { return nil }
    checkTuning(reader, rule, &log)
    guard calibrates(reader, rule, &log) else { return nil }
    guard let stages = stages(reader, varied, earlier, &log) else { return nil }
    let factors = varied + stages.inherited
    guard factors.reduce(1, { $0 * max(1, $1.levels.count) }) <= Self.cellLimit else {
      log.error(.outOfRange, "the factors cross to more than \(Self.cellLimit) cells", at: reader.span)
      return nil
    }
    let isRestricted = profile != "full"
    let reading = CellReading(
      rule: rule, settings: settings, data: data, factors: factors, isRestricted: isRestricted,
      stages: stages, command: command?.call, fingerprint: fingerprint, tuner: tuner)
    let exception = reader("except").flatMap { node in
      node.text("except", log: &log).flatMap {
        Factor.condition($0, on: factors, isRestricted: isRestricted, log: &log)
      }
    }
    var declared: [(cell: CellDeclaration, tree: YAMLNode)] = []
    var isSound = true
    for combination in Factor.cross(factors) {
      let levels = combination.map { (name: $0.factor.name, level: $0.level.label) }
      if let exception, exception.holds(levels) { continue }
      let edited = Factor.apply(combination, to: tree, log: &log)
      guard let partners = stages.partners(of: levels, declared: varied.map(\.name), log: &log) else {
        isSound = false
        continue
      }
      if partners.count < stages.links.count { continue }
      if let cells = reading.cells(edited, levels: levels, partners: partners, log: &log) {
        declared += cells.map { ($0, edited) }
      } else {
        isSound = false
      }
    }
    guard isSound, EffortCheck(factors: varied).isEqual(declared, log: &log) else { return nil }
    if let command {
      let check = CommandDataCheck(command: command, resolver: data.resolver, tree: tree)
      guard check.isClean(declared.map(\.cell), log: &log) else { return nil }
    }
    // Cells that a mistake made equal would only repeat it.
    if log.sorted.count == known, !areDistinct(declared, at: reader("vary")?.span ?? reader.span, &log) {
      return nil
    }
    let cells = separated(declared, rule, &log)
    guard cells.count == declared.count else { return nil }
    guard !cells.isEmpty else {
      log.error(.emptyExperiment, "the experiment has no cells", at: reader("except")?.span ?? reader.span)
      return nil
    }
    return planned(block, rule, factors, cells, stages, profile, reader, &log)
  }

  /// Whether the experiment must name measures: not where its procedure predicts nothing and gives columns of its own.
  private func needsMeasure(_ reader: KeyReader) -> Bool {
    guard let name = reader("procedure")?.scalar?.text,
      let procedure = settings.catalogue[.procedure, name]
    else { return true }
    return procedure.predictions != nil || procedure.columns.isEmpty
  }

  /// Whether no two cells do the same, which would count the same trials twice: a level such as `tune: none` undoes
  /// what another factor sets.
  private func areDistinct(
    _ declared: [(cell: CellDeclaration, tree: YAMLNode)], at span: SourceSpan, _ log: inout DiagnosticLog
  ) -> Bool {
    var seen: [String: CellDeclaration] = [:]
    for (cell, tree) in declared {
      let split = cell.evaluationData.sorted { $0.key < $1.key }.map(\.value.identity)
      let content =
        (Factor.roots.map { tree.value(at: [$0])?.content ?? "" } + cell.inputs.map(\.identity) + split
        + (cell.target == nil
          ? [] : cell.evaluationSeeds.map(String.init) + cell.factors.suffix(1).map(\.level.label)))
        .joined(separator: "\n")
      guard let other = seen[content] else {
        seen[content] = cell
        continue
      }
      func text(_ cell: CellDeclaration, _ separator: String) -> String {
        cell.factors.map { "\($0.name) = \($0.level.label)" }.joined(separator: separator)
      }
      log.error(
        .equalCells, "the cells '\(text(other, ", "))' and '\(text(cell, ", "))' do the same", at: span,
        note: "the same trials would be counted twice, and intervals would be too short",
        fix: "drop one: 'except: \(text(cell, " and "))'")
      return false
    }
    return true
  }

  /// The cells with separated rows and seeds, each checked against the search it really uses; fewer after a mistake.
  private func separated(
    _ declared: [(cell: CellDeclaration, tree: YAMLNode)], _ rule: any Rule.Type, _ log: inout DiagnosticLog
  ) -> [CellDeclaration] {
    var searches: [String: TuningDeclaration] = [:]
    for (cell, _) in declared {
      if let group = cell.searchGroup, let tuning = cell.tuning, tuning.isSearchedOn {
        searches[group] = tuning
      }
    }
    return declared.compactMap { cell, tree in
      let isShared = cell.tuning.map { !$0.isSearchedOn } ?? false
      let search = isShared ? cell.searchGroup.flatMap { searches[$0] } : nil
      return SeparationCheck(resolver: data.resolver, tree: tree)
        .separated(search.map(cell.using) ?? cell, rule: rule, log: &log)
    }
  }

  private func planned(
    _ block: StudyBlock, _ rule: any Rule.Type, _ factors: [Factor], _ cells: [CellDeclaration],
    _ stages: Stages, _ profile: String,
    _ reader: KeyReader, _ log: inout DiagnosticLog
  ) -> CheckedExperiment? {
    let plan: ExperimentPlan
    do {
      // A leaky twin's baselines are those of its honest experiment, and auxiliary arms are nobody's result.
      let showsBaselines = profile == "full" && !rule.isLeaky && !stages.isAuxiliary
      plan = try ExperimentPlan(
        name: block.name, profile: profile, rule: rule, cells: cells,
        scoresFailures: scoresFailures(reader, &log), baselineTuner: showsBaselines ? baselineTuner : nil)
    } catch {
      let span = reader("tune")?.span ?? reader.span
      switch error {
      case .cellsDisagree:
        log.error(
          .conflictingPaths, "cells that share a search declare different ones", at: span,
          note: "only the factors of 'for-each' get a search of their own",
          fix: "add the factor that changes the search to 'for-each', or name the searched cells with 'where'"
        )
      case .noSearchedCell:
        log.error(.emptyExperiment, "no cell meets the condition of 'tune.where'", at: span)
      }
      return nil
    }
    guard let procedureName = reader("procedure")?.scalar?.text,
      let procedure = settings.catalogue[.procedure, procedureName], let first = cells.first
    else { return nil }
    var largerIsBetter: [String: Bool] = [:]
    for request in first.template.measures {
      largerIsBetter[request.column] = settings.catalogue[.measure, request.measure]?.largerIsBetter
    }
    var hyperparameters: [String] = []
    for name in cells.flatMap({ $0.tuning?.space.dimensions.map(\.name) ?? [] })
    where !hyperparameters.contains(name) { hyperparameters.append(name) }
    let tuned = cells.lazy.compactMap(\.tuning).first
    let experiment = CheckedExperiment(
      name: block.name, block: block, plan: plan,
      factors: factors.map { ($0.name, $0.levels.map(\.label)) } + madeFactors(cells),
      graphs: stages.graphs(beside: factors), procedure: procedure,
      measures: first.template.measures, largerIsBetter: largerIsBetter, hyperparameters: hyperparameters,
      selection: tuned?.selection,
      forEach: tuned?.forEach ?? [], kept: stages.kept,
      links: stages.links.map(\.facts), isAuxiliary: stages.isAuxiliary,
      command: command, cells: cells)
    return namesAreFree(experiment, factors, reader, &log) ? experiment : nil
  }

  /// Random search as it is registered.
  private var baselineTuner: BaselineTuner? {
    settings.catalogue[.tuner, "random"].map { random in
      let defaults = random.hyperparameters.compactMap { own in own.defaultValue.map { (own.name, $0) } }
      return BaselineTuner(
        name: random.name, settings: Settings(Dictionary(uniqueKeysWithValues: defaults)),
        revision: random.revision)
    }
  }

  /// The column that the protocol adds: the fold that was scored, or the point that a study tried.
  private func madeFactors(_ cells: [CellDeclaration]) -> [(name: String, levels: [Setting])] {
    let isRace = cells.contains { $0.target != nil }
    guard isRace || cells.contains(where: { $0.splitSeed != nil }) else { return [] }
    let name = isRace ? TimeToResult.pointColumn : CellDeclaration.foldColumn
    let numbers = cells.compactMap { $0.factors.last { $0.name == name }?.level.number }
    guard let first = numbers.min(), let last = numbers.max() else { return [] }
    return [(name, (Int(first)...Int(last)).map(Setting.integer))]
  }

  /// Whether every column of the experiment's tables has a name of its own.
  private func namesAreFree(
    _ experiment: CheckedExperiment, _ factors: [Factor], _ reader: KeyReader, _ log: inout DiagnosticLog
  ) -> Bool {
    var isFree = true
    for schema in Schemas.tables(of: experiment) {
      for (place, column) in schema.columns.enumerated()
      where schema.columns[..<place].contains(where: { $0.name == column.name }) {
        let span = factors.first { $0.name == column.name }?.span ?? reader("measure")?.span ?? reader.span
        log.error(
          .duplicateName, "its tables would have two columns '\(column.name)'", at: span,
          fix: "choose another name")
        isFree = false
      }
    }
    return isFree
  }

  /// The program that an experiment with the procedure `command` declares.
  private func declaredCommand(_ reader: KeyReader, _ log: inout DiagnosticLog) -> DeclaredCommand? {
    reader.required("command", example: "{run: [python3, train.py], measures: {accuracy: larger}}", log: &log)
      .flatMap { CommandReading(settings: settings, files: commands).command($0, log: &log) }
  }

  /// The same reading for an experiment whose procedure is an author's program.
  private func using(_ command: DeclaredCommand) -> ExperimentReading {
    let data = DataReading(catalogue: command.catalogue, files: self.data.files, resolver: self.data.resolver)
    return ExperimentReading(
      settings: SettingReading(catalogue: command.catalogue), data: data, fingerprint: fingerprint,
      tuner: tuner, commands: commands, command: command)
  }

  /// What the experiment keeps and starts from; nil after a mistake.
  private func stages(
    _ reader: KeyReader, _ factors: [Factor], _ earlier: [String: CheckedExperiment?],
    _ log: inout DiagnosticLog
  ) -> Stages? {
    guard let node = reader("procedure"), let name = node.scalar?.text,
      let procedure = settings.catalogue[.procedure, name]
    else { return Stages() }
    let reading = StageReading(earlier: earlier, procedureSpan: node.span)
    let kept = reading.kept(reader("keep"), procedure: procedure, log: &log)
    let isAuxiliary = reading.isAuxiliary(reader("role"), log: &log)
    let links = reading.links(reader("starts-from"), procedure: procedure, log: &log)
    guard let kept, let isAuxiliary, let links else { return nil }
    return Stages(kept: kept, isAuxiliary: isAuxiliary, links: links, beside: factors)
  }

  private func rule(_ reader: KeyReader, _ log: inout DiagnosticLog) -> (any Rule.Type)? {
    guard
      let scalar = reader.required("protocol", example: "tuning-evaluation", log: &log)?.text(
        "protocol", log: &log)
    else { return nil }
    if let rule = Protocols.rule(named: scalar.text) { return rule }
    let names = rules.map { $0.name }
    log.error(
      .wrongProtocol, "unknown protocol '\(scalar.text)'", at: scalar.span,
      note: "built so far: \(names.joined(separator: ", "))",
      fix: nearestName(to: scalar.text, in: names).map { "write '\($0)'" })
    return nil
  }

  /// Whether the procedure of a protocol that calibrates opens rows to calibrate on.
  private func calibrates(_ reader: KeyReader, _ rule: any Rule.Type, _ log: inout DiagnosticLog) -> Bool {
    guard rule.calibrates, let scalar = reader("procedure")?.scalar,
      let procedure = settings.catalogue[.procedure, scalar.text], !procedure.roles.contains(.calibrate)
    else { return true }
    let others = settings.catalogue.declarations.filter {
      $0.family == .procedure && $0.roles.contains(.calibrate)
    }
    log.error(
      .wrongProtocol, "'\(procedure.name)' does not calibrate, which the protocol '\(rule.name)' is for",
      at: scalar.span, note: "these open 'calibrate': \(others.map(\.name).joined(separator: ", "))",
      fix: "use one of them, or the protocol 'sweep'")
    return false
  }

  private func checkTuning(_ reader: KeyReader, _ rule: any Rule.Type, _ log: inout DiagnosticLog) {
    switch (rule.tuning, reader("tune")) {
    case (.required, nil):
      log.error(
        .wrongProtocol, "the protocol '\(rule.name)' needs 'tune'", at: reader.span,
        fix: "add 'tune', or use the protocol 'sweep'")
    case (.forbidden, let node?) where node.scalar?.text != "none":
      log.error(
        .wrongProtocol, "the protocol '\(rule.name)' does not tune", at: node.span,
        fix: "drop 'tune' (write 'tune: none' where the block it is like tunes), or use another protocol")
    default: break
    }
  }

  /// Whether `failures: worst` stands there.
  private func scoresFailures(_ reader: KeyReader, _ log: inout DiagnosticLog) -> Bool {
    guard let scalar = reader("failures")?.text("failures", log: &log) else { return false }
    if scalar.text == "worst" { return true }
    log.error(
      .outOfRange, "'failures' cannot be '\(scalar.text)'", at: scalar.span,
      note:
        "'worst' counts a trial that fails three times alike as diverged; without it the experiment stays incomplete",
      fix: "write 'worst', or drop 'failures'")
    return false
  }

  private func checkCommand(_ reader: KeyReader, _ log: inout DiagnosticLog) {
    if command == nil, let node = reader("command") {
      log.error(
        .unknownKey, "only the procedure 'command' has a 'command'", at: node.span,
        fix: "write 'procedure: command', or drop 'command'")
    }
  }
}
