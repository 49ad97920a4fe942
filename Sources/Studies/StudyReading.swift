import Claims
import Diagnostics
import Experiments
import Markup
import Protocols
import Parts

/// A study that was read and checked in one profile: nothing has run, and nothing is wrong with it.
package struct CheckedStudy: Sendable {
  package let document: MarkdownDocument
  package let head: FrontMatter
  package let profile: String
  package let experiments: [CheckedExperiment]
  /// Runs made elsewhere: the same in every profile.
  package let results: [CheckedResults]
  package let tables: [TableBlock]
  package let charts: [ChartBlock]
  package let claims: [Claim]
  /// The inline values of the prose, by code span.
  package let values: [InlineExpression: Expression]
  /// What expressions may refer to, in the full document.
  package let scope: ExpressionScope

  /// The tables that tables, charts, claims and the prose read.
  package var namedTables: Set<String> {
    Set(
      tables.flatMap(\.columns).flatMap(\.expression.tables) + charts.flatMap(\.tables)
        + claims.flatMap(\.statement.propositions).flatMap(\.tables) + values.values.flatMap(\.tables))
  }

  /// An experiment with all that it starts from, in the order of the study; all experiments where none is named.
  package func experiments(for name: String?) -> [CheckedExperiment] {
    guard let name else { return experiments }
    var wanted: Set<String> = [name]
    for experiment in experiments.reversed() where wanted.contains(experiment.name) {
      wanted.formUnion(experiment.sources)
    }
    return experiments.filter { wanted.contains($0.name) }
  }
}

/// From a document to a checked plan: all semantic mistakes of the file in one pass.
package struct StudyReading {
  let catalogue: PartCatalogue
  let resolver: any DataResolver
  let fingerprint: String
  let tuner: (_ name: String, _ settings: Settings) -> any Tuner

  /// - Parameters:
  ///   - resolver: answers questions about data.
  ///   - fingerprint: the numerics fingerprint that enters every trial's key.
  ///   - tuner: makes a registered tuner.
  package init(
    catalogue: PartCatalogue, resolver: any DataResolver, fingerprint: String,
    tuner: @escaping (_ name: String, _ settings: Settings) -> any Tuner
  ) {
    self.catalogue = catalogue
    self.resolver = resolver
    self.fingerprint = fingerprint
    self.tuner = tuner
  }

  /// The study in a profile, or nil where the log has errors.
  package func study(_ document: MarkdownDocument, profile: String, log: inout DiagnosticLog) -> CheckedStudy?
  {
    let head = FrontMatter.read(document, registered: catalogue.names(.dataset), log: &log)
    let blocks = document.studyBlocks
    let trees = blocks.map { block in (block: block, tree: YAMLReader.read(block.body, log: &log)) }
    guard let head else { return nil }
    if blocks.isEmpty {
      log.error(
        .emptyStudy, "the study has no experiment", at: document.source.span(ofLine: 1),
        note: "a report is made of what experiments give, or of runs made elsewhere in a 'results' block",
        fix: "add a block that starts with '```experiment NAME'")
      return nil
    }
    // A study that restricts nothing is its own quick profile.
    let isKnown = ["full", "quick"].contains(profile) || head.profiles[profile] != nil
    let sound = trees.compactMap { entry in entry.tree.map { (block: entry.block, tree: $0) } }
    let declared = blocks.filter { $0.kind == .experiment }.map(\.name)
    let sources = BlockReferences(experiments: sound.filter { $0.block.kind == .experiment }).resolved(
      log: &log)
    let external = blocks.filter { $0.kind == .results }.map(\.name)
    for name in head.profiles.keys.sorted() { checkBlocks(head.profiles[name]!, declared, external, &log) }
    let reading = ExperimentReading(
      settings: SettingReading(catalogue: catalogue),
      data: DataReading(
        catalogue: catalogue, files: DataReading.readable(head.data, resolver: resolver, log: &log),
        resolver: resolver), fingerprint: fingerprint, tuner: tuner,
      commands: CommandFiles(
        studyPath: document.source.path, resolver: resolver,
        read: sound.flatMap { CommandReading.declaredFiles($0.tree) }
          + head.data.values.compactMap { $0.span.text }))
    // The document is the full profile: it is checked whole, whatever is to be run.
    let full = experiments(sources.map { ($0.block, $0.tree) }, profile: "full", reading, &log)
    let resultsReading = ResultsReading(studyPath: document.source.path, resolver: resolver)
    let results = sound.filter { $0.block.kind == .results }.compactMap {
      resultsReading.results($0.block, $0.tree, log: &log)
    }
    let scope = ExpressionScope(full.compactMap { $0 }.flatMap(Schemas.tables) + results.map(\.schema))
    let views = self.views(
      document, sound, full.compactMap { $0 }, scope, head,
      unread: (declared + external).filter { scope.schema($0) == nil }, &log)
    for name in head.profiles.keys.sorted() where name != profile {
      let trees = sources.map { ($0.block, restricted($0, sources, head.profiles[name]!, &log)) }
      _ = experiments(trees, profile: name, reading, &log)
    }
    CrossReferences.check(document, log: &log)
    guard !log.hasErrors else { return nil }
    var experiments = full.compactMap { $0 }
    if profile != "full" {
      guard isKnown else {
        log.error(
          .unknownProfile, "the study has no profile '\(profile)'", at: document.source.span(ofLine: 1),
          note: "it has \((["full"] + head.profiles.keys.sorted()).joined(separator: ", "))",
          fix: "add 'profiles: {\(profile): {…}}' to the front matter")
        return nil
      }
      let trees = sources.map { ($0.block, restricted($0, sources, head.profiles[profile] ?? [], &log)) }
      experiments = self.experiments(trees, profile: profile, reading, &log).compactMap { $0 }
    }
    guard !log.hasErrors else { return nil }
    return CheckedStudy(
      document: document, head: head, profile: profile, experiments: experiments, results: results,
      tables: views.tables, charts: views.charts, claims: views.claims, values: views.values, scope: scope)
  }

  /// The experiments in a profile, each read with those above it; nil for one with a mistake.
  private func experiments(
    _ trees: [(block: StudyBlock, tree: YAMLNode)], profile: String, _ reading: ExperimentReading,
    _ log: inout DiagnosticLog
  ) -> [CheckedExperiment?] {
    var earlier: [String: CheckedExperiment?] = [:]
    return trees.map { block, tree in
      let experiment = reading.experiment(block, tree: tree, profile: profile, earlier: earlier, log: &log)
      earlier[block.name] = .some(experiment)
      return experiment
    }
  }

  /// A block's tree under a profile: the paths on the blocks it is `like` first, then its own.
  private func restricted(
    _ source: (block: StudyBlock, tree: YAMLNode, like: String?),
    _ all: [(block: StudyBlock, tree: YAMLNode, like: String?)], _ entries: [FrontMatter.ProfileEntry],
    _ log: inout DiagnosticLog
  ) -> YAMLNode {
    var chain: [String] = []
    var current: String? = source.block.name
    while let name = current, !chain.contains(name) {
      chain.append(name)
      current = all.first { $0.block.name == name }?.like
    }
    var tree = source.tree
    var done: Set<[String]> = []
    for name in chain {
      let fresh = entries.filter { $0.block == name && !done.contains($0.path) }
      for entry in fresh { done.insert(entry.path) }
      tree = Profile.restrict(tree, block: source.block.name, by: fresh, log: &log)
    }
    return tree
  }

  private func checkBlocks(
    _ entries: [FrontMatter.ProfileEntry], _ names: [String], _ external: [String],
    _ log: inout DiagnosticLog
  ) {
    for entry in entries where !names.contains(entry.block) {
      if external.contains(entry.block) {
        log.error(
          .notARestriction, "a profile cannot restrict the results '\(entry.block)'", at: entry.key.span,
          note: "they were run elsewhere and are the same in every profile")
        continue
      }
      log.error(
        .unknownBlockReference, "there is no experiment '\(entry.block)' to restrict", at: entry.key.span,
        note: names.isEmpty ? nil : "the study has \(names.joined(separator: ", "))",
        fix: nearestName(to: entry.block, in: names).map {
          "write '\(([$0] + entry.path).joined(separator: "."))'"
        })
    }
  }

  private struct Views {
    var tables: [TableBlock] = []
    var charts: [ChartBlock] = []
    var claims: [Claim] = []
    var values: [InlineExpression: Expression] = [:]
  }

  /// - Parameter unread: experiments that could not be read; expressions over them would only repeat their mistakes.
  private func views(
    _ document: MarkdownDocument, _ sources: [(block: StudyBlock, tree: YAMLNode)],
    _ experiments: [CheckedExperiment], _ scope: ExpressionScope, _ head: FrontMatter, unread: [String],
    _ log: inout DiagnosticLog
  ) -> Views {
    var views = Views()
    var found = DiagnosticLog()
    var selections: [String: Selection] = [:]
    for experiment in experiments { selections[experiment.name] = experiment.selection }
    let view = ViewReading(
      scope: scope, unit: head.unit, selections: selections,
      claims: sources.filter { $0.block.kind == .claim }.map(\.block.name))
    let shares = experiments.compactMap { experiment in experiment.testShare.map { (experiment.name, $0) } }
    let claims = ClaimReading(
      scope: scope, unit: head.unit, testShares: Dictionary(uniqueKeysWithValues: shares))
    for (block, tree) in sources {
      switch block.kind {
      case .experiment, .results: break
      case .table: if let table = view.table(block, tree, log: &found) { views.tables.append(table) }
      case .chart: if let chart = view.chart(block, tree, log: &found) { views.charts.append(chart) }
      case .claim:
        if let claim = claims.claim(block, tree, earlier: views.claims, log: &found) {
          views.claims.append(claim)
          EffortCheck.check(claim, experiments, at: block.nameSpan, log: &found)
        }
      }
    }
    for value in document.inlineExpressions {
      if let expression = Expression.parse(value.text, at: value.span, log: &found),
        expression.check(scope, log: &found)
      {
        views.values[value] = expression
      }
    }
    // Where an experiment's name or kind is itself a mistake, every reference to it would only repeat it.
    let isMisnamed = log.sorted.contains { [.badBlockName, .unknownBlock, .unclosedFence].contains($0.code) }
    for diagnostic in found.sorted {
      let isRepetition =
        diagnostic.code == .unknownBlockReference
        && (isMisnamed
          || diagnostic.span.map { span in
            unread.contains { span.text == $0 || span.text.hasPrefix("\($0).") }
          } ?? false)
      if !isRepetition { log.add(diagnostic) }
    }
    return views
  }
}
