import Diagnostics
import Experiments
import Markup
import Parts
import Protocols

/// Reading of one cell: the experiment's tree with the cell's levels put in, typed against the registered parts.
struct CellReading {
  let rule: any Rule.Type
  let settings: SettingReading
  let data: DataReading
  let factors: [Factor]
  /// Whether a profile may have dropped levels.
  let isRestricted: Bool
  let stages: Stages
  /// The author's program that runs the trials.
  let command: CommandCall?
  let fingerprint: String
  /// A registered tuner by name.
  let tuner: (_ name: String, _ settings: Settings) -> any Tuner

  static let tuneKeys = [
    "space", "tuner", "trials", "data", "seeds", "select", "for-each", "where", "repeats", "budget",
    SplitReading.tuneKey, "reason", "baselines",
  ]

  /// The cell, or the cells that cross-validation splits it into; nil after a mistake.
  ///
  /// - Parameter partners: the earlier cells that the cell starts from.
  func cells(
    _ tree: YAMLNode, levels: [(name: String, level: Setting)], partners: [Stages.Partner],
    log: inout DiagnosticLog
  ) -> [CellDeclaration]? {
    let splitting = SplitReading(rule: rule, resolver: data.resolver, tree: tree)
    let racing = RaceReading(rule: rule, settings: settings, tuner: tuner, tree: tree)
    guard splitting.isInPlace(&log), racing.isInPlace(factors: factors.map(\.name), &log) else { return nil }
    guard let procedureNode = tree.value(at: ["procedure"]),
      let procedure = procedure(procedureNode, log: &log)
    else { return nil }
    let with = settings.settings(
      tree.value(at: ["with"]) ?? .mapping([], procedureNode.span), of: procedure, log: &log)
    let measures = self.measures(tree, procedure: procedure, log: &log)
    let base = tree.value(at: ["data"]).map { data.base($0, log: &log) }
    if case .some(.none) = base { return nil }
    let evaluation = self.evaluation(
      tree, procedure: procedure, base: base ?? nil, partners: partners, log: &log)
    guard let with, let measures, serves(procedure, with, tree, &log) else { return nil }
    if let evaluation, !hasOutputs(procedure, evaluation.data, partners, tree, &log) { return nil }
    let tuning = self.tuning(tree, levels, procedure, with, measures, base ?? nil, &log)
    guard let evaluation, let tuning, let applied = applied(tree, procedure, &log),
      isTrained(procedure, with, tuning.declaration?.space, partners, tree, &log),
      let inputs = stages.inputs(
        partners, evaluation: evaluation, tuning: tuning.declaration, resolver: data.resolver, log: &log)
    else { return nil }
    func template(_ settings: Settings) -> TrialTemplate {
      TrialTemplate(
        procedure: procedure.name, settings: settings, measures: measures.requests,
        kept: stages.kept.map(\.name),
        command: command, fingerprint: fingerprint, catalogue: self.settings.catalogue)
    }
    let cell = CellDeclaration(
      factors: levels, template: template(with), tuning: tuning.declaration, evaluationData: evaluation.data,
      evaluationSeeds: evaluation.seeds, inputs: inputs, isAuxiliary: stages.isAuxiliary,
      applied: applied)
    guard applied != .model || hasModel(cell, procedure, with, tree, &log) else { return nil }
    if rule.racesToTarget {
      return racing.cells(
        cell, procedure: procedure, with: with, factors: factors.map(\.name), template: template, log: &log)
    }
    return splitting.cells(cell, procedure: procedure, rows: base ?? nil, log: &log)
  }

  /// Whether an input that a table of outputs may replace is connected or replaced.
  private func hasOutputs(
    _ procedure: PartDeclaration, _ data: [DataRole: DataReference], _ partners: [Stages.Partner],
    _ tree: YAMLNode, _ log: inout DiagnosticLog
  ) -> Bool {
    for input in procedure.inputs where input.isReplacedByOutputs {
      if partners.contains(where: { $0.link.input.name == input.name }) { continue }
      for (role, reference) in data.sorted(by: { $0.key < $1.key }) where input.items.contains(role) {
        if case .file(let file) = reference.source, file.holds != .features { continue }
        log.error(
          .missingKey,
          "'\(procedure.name)' needs the input '\(input.name)', or a classifier's outputs as data",
          at: (tree.value(at: ["evaluate", "data", role.rawValue]) ?? tree).span,
          note: "'\(reference.setName)' holds features",
          fix:
            "add 'starts-from: {\(input.name): {experiment: NAME}}', or declare a table with 'holds: probabilities'"
        )
        return false
      }
    }
    return true
  }

  private func procedure(_ node: YAMLNode, log: inout DiagnosticLog) -> PartDeclaration? {
    guard let scalar = node.text("procedure", log: &log) else { return nil }
    if let declaration = settings.catalogue[.procedure, scalar.text] { return declaration }
    let names = settings.catalogue.names(.procedure) + [CommandReading.procedure]
    log.error(
      .unknownPart, "unknown procedure '\(scalar.text)'", at: scalar.span,
      note: "registered: \(names.joined(separator: ", "))",
      fix: nearestName(to: scalar.text, in: names).map { "write '\($0)'" })
    return nil
  }

  /// Whether the parts a procedure uses make the predictions it needs: a linear regression is no classifier.
  private func serves(
    _ procedure: PartDeclaration, _ with: Settings, _ tree: YAMLNode, _ log: inout DiagnosticLog
  ) -> Bool {
    func serves(_ part: PartDeclaration) -> Bool {
      (part.predictions == nil || part.predictions == procedure.predictions)
        && (part.family != .model || procedure.isTrained || !part.isTrained)
    }
    for hyperparameter in procedure.hyperparameters {
      guard case .part(let family) = hyperparameter.kind,
        case .part(let name, _)? = with[hyperparameter.name],
        let part = settings.catalogue[family, name], !serves(part)
      else { continue }
      let fitting = settings.catalogue.declarations.filter { $0.family == family && serves($0) }
      let isOfAnotherKind = part.predictions != nil && part.predictions != procedure.predictions
      log.error(
        .wrongType,
        isOfAnotherKind
          ? "the \(family.rawValue) '\(name)' is for \(part.predictions!.rawValue), which '\(procedure.name)' is not"
          : "the model '\(name)' is trained in epochs, and '\(procedure.name)' fits models in one go",
        at: (tree.value(at: ["with", hyperparameter.name]) ?? tree).span,
        fix: "use one of \(fitting.map(\.name).joined(separator: ", "))")
      return false
    }
    return true
  }

  /// What the study measures; a procedure that makes no predictions may be left to its own columns.
  private func measures(
    _ tree: YAMLNode, procedure: PartDeclaration, log: inout DiagnosticLog
  ) -> MeasureReading.Asked? {
    guard let node = tree.value(at: ["measure"]) else {
      return procedure.predictions == nil ? MeasureReading.Asked() : nil
    }
    return MeasureReading(reading: settings, procedure: procedure).measures(node, log: &log)
  }

  private func evaluation(
    _ tree: YAMLNode, procedure: PartDeclaration, base: DataReference?, partners: [Stages.Partner],
    log: inout DiagnosticLog
  ) -> (data: [DataRole: DataReference], seeds: [Int])? {
    let span = tree.span
    let node = tree.value(at: ["evaluate"]) ?? .mapping([], span)
    guard
      let reader = KeyReader(
        node, subject: "'evaluate'",
        known: ["data", "seeds", "apply"] + SplitReading.evaluateKeys + RaceReading.keys, log: &log)
    else { return nil }
    let inherited = reader("seeds") == nil ? partners.lazy.compactMap(\.seeds).first : nil
    let seeds =
      inherited
      ?? (reader("seeds")
      ?? SilentDefaults.node(rule.racesToTarget ? "evaluate.studies" : "evaluate.seeds", at: reader.span))?
      .seeds("evaluate.seeds", log: &log)
    if rule.crossValidation != nil { return seeds.map { ([:], $0) } }
    guard let rows = reader("data") else {
      if let data = partners.lazy.compactMap({ $0.data(for: procedure) }).first {
        return seeds.map { (data, $0) }
      }
      if procedure.roles.isEmpty { return seeds.map { ([:], $0) } }
      let data = "data: {\(procedure.roles.map { "\($0.rawValue): …" }.joined(separator: ", "))}"
      log.error(
        .missingKey, "'evaluate' needs 'data'", at: reader.span,
        fix: tree.value(at: ["evaluate"]) == nil ? "add 'evaluate: {\(data)}'" : "add '\(data)'")
      return nil
    }
    guard !procedure.roles.isEmpty else {
      log.error(
        .unknownKey, "'\(procedure.name)' opens no data", at: rows.span, note: "it makes up what it needs",
        fix: "drop 'data'")
      return nil
    }
    guard let data = data.roles(rows, key: "evaluate.data", procedure: procedure, base: base, log: &log),
      let seeds
    else { return nil }
    return (data, seeds)
  }

  /// The cell's tuning; a declaration of nil means `tune: none`, a result of nil a mistake.
  private func tuning(
    _ tree: YAMLNode, _ levels: [(name: String, level: Setting)], _ procedure: PartDeclaration,
    _ with: Settings,
    _ measures: MeasureReading.Asked, _ base: DataReference?, _ log: inout DiagnosticLog
  ) -> (declaration: TuningDeclaration?, Void)? {
    guard let node = tree.value(at: ["tune"]) else { return (nil, ()) }
    if node.scalar?.text == "none" || rule.racesToTarget { return (nil, ()) }
    guard let reader = KeyReader(node, subject: "'tune'", known: Self.tuneKeys, log: &log) else { return nil }
    let space = reader.required("space", example: "{learning-rate: 1e-4 .. 1 log}", log: &log).flatMap {
      SpaceReading(reading: settings, procedure: procedure, settings: with, factors: factors.map(\.name))
        .space($0, log: &log)
    }
    let tuner = reader.required("tuner", example: "random", log: &log).flatMap {
      settings.part($0, family: .tuner, log: &log)
    }
    let budget = BudgetReading(procedure: procedure, with: with).budget(reader, space: space, log: &log)
    let seeds = (reader("seeds") ?? SilentDefaults.node("tune.seeds", at: reader.span))?
      .seeds("tune.seeds", log: &log)
    let repeats = (reader("repeats") ?? SilentDefaults.node("tune.repeats", at: reader.span))?
      .integer("tune.repeats", in: 1...10_000, log: &log)
    let selection = SelectionReading(scores: measures.scores).selection(reader, &log)
    let forEach = self.forEach(reader, &log)
    let reason = reader("reason")?.text("tune.reason", log: &log)?.text
    let showsBaselines = self.showsBaselines(reader, reason, &log)
    let rows = tuningRows(reader, procedure, base, &log)
    guard let space, let tuner, let budget, let seeds, let repeats, let selection, let forEach, let rows,
      let showsBaselines
    else { return nil }
    guard let isSearchedOn = condition(reader("where"), on: levels, &log),
      let units = units(tuner.declaration, procedure, with, space, reader, &log)
    else { return nil }
    return (
      TuningDeclaration(
        space: space, tuner: tuner.declaration.name, tunerSettings: tuner.settings,
        tunerRevision: tuner.declaration.revision, trials: budget.trials, units: units, data: rows,
        seeds: seeds, selection: selection, repeats: repeats, forEach: forEach, isSearchedOn: isSearchedOn,
        reason: reason, showsBaselines: showsBaselines, effort: budget.effort), ()
    )
  }

  /// Whether baselines are shown beside the arm; leaving them out needs a reason. Nil after a mistake.
  private func showsBaselines(_ reader: KeyReader, _ reason: String?, _ log: inout DiagnosticLog) -> Bool? {
    guard let node = reader("baselines") else { return true }
    guard let scalar = node.text("tune.baselines", log: &log) else { return nil }
    guard scalar.text == "none" else {
      log.error(
        .outOfRange, "'baselines' can only be 'none', not '\(scalar.text)'", at: scalar.span,
        note:
          "silent, the full profile adds the default configuration and random search beside every tuned arm",
        fix: "drop 'baselines', or write 'none' with a 'reason'")
      return nil
    }
    guard reason != nil else {
      log.error(
        .missingKey, "'baselines: none' needs a 'reason'", at: scalar.span,
        note: "whether tuning was worth its budget shows only beside the default and random search",
        fix: "add 'reason: …' to 'tune'; the report prints it")
      return nil
    }
    return false
  }

  /// The rows that a search may see; none yet where cross-validation splits them.
  private func tuningRows(
    _ reader: KeyReader, _ procedure: PartDeclaration, _ base: DataReference?, _ log: inout DiagnosticLog
  ) -> [DataRole: DataReference]? {
    if rule.crossValidation != nil { return [:] }
    if let node = reader("data") {
      return data.roles(node, key: "tune.data", procedure: procedure, base: base, log: &log)
    }
    if procedure.roles.isEmpty { return [:] }
    log.error(
      .missingKey, "'tune' needs 'data'", at: reader.span,
      note: rule.isLeaky
        ? "the leaky twin declares the same rows as its honest experiment, so that all else is equal"
        : "tuning may not see the rows of the evaluation, so it has rows of its own",
      fix: "add 'data: {\(procedure.roles.map { "\($0.rawValue): …" }.joined(separator: ", "))}'")
    return nil
  }

  private func forEach(_ reader: KeyReader, _ log: inout DiagnosticLog) -> [String]? {
    guard let node = reader("for-each") else { return factors.map(\.name) }
    guard let names = node.texts("for-each", log: &log) else { return nil }
    let known = factors.map(\.name)
    let unknown = names.filter { !known.contains($0.text) }
    for name in unknown {
      log.error(
        .unknownColumn, "'\(name.text)' is not a factor of this experiment", at: name.span,
        note: known.isEmpty ? "it varies nothing" : "its factors are \(known.joined(separator: ", "))",
        fix: nearestName(to: name.text, in: known).map { "write '\($0)'" })
    }
    return unknown.isEmpty ? names.map(\.text) : nil
  }

  /// Whether a cell meets a condition on its factors; true without one, nil after a mistake.
  func condition(
    _ node: YAMLNode?, on levels: [(name: String, level: Setting)], _ log: inout DiagnosticLog
  ) -> Bool? {
    guard let node else { return true }
    guard let scalar = node.text("condition", log: &log) else { return nil }
    return Factor.condition(scalar, on: factors, isRestricted: isRestricted, log: &log)?.holds(levels)
  }
}
