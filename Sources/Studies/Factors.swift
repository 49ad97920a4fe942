import Claims
import Diagnostics
import Experiments
import Markup
import Parts

/// One column that an experiment varies, with its levels.
struct Factor {
  struct Level {
    /// The value as the tidy table shows it: a number where its text is one.
    let label: Setting
    let span: SourceSpan
    /// What the level sets, by path; a whole key such as `tune` counts as a path of one step.
    let edits: [(path: [String], pathSpan: SourceSpan, value: YAMLNode)]
  }

  let name: String
  let span: SourceSpan
  let levels: [Level]
  /// What graphs its levels are, where a model made them up as such.
  var graphs: LevelGraphs?

  /// The keys of a block that paths may start with.
  static let roots = ["with", "tune", "evaluate", "data"]

  /// Reads `vary`.
  static func read(_ node: YAMLNode, catalogue: PartCatalogue, log: inout DiagnosticLog) -> [Factor] {
    guard case .mapping(let entries, _) = node else {
      log.error(.wrongType, "'vary' must be a map of factors, not \(node.kindName)", at: node.span)
      return []
    }
    return entries.compactMap { entry in
      let name = entry.key.text
      let steps = name.split(separator: ".").map(String.init)
      if steps.count > 1, !roots.contains(steps[0]) {
        log.error(
          .unknownKey, "the factor '\(name)' is not a path into the experiment", at: entry.key.span,
          note: "a path starts with \(roots.joined(separator: ", "))",
          fix: nearestName(to: steps[0], in: roots).map {
            "write '\(([$0] + steps.dropFirst()).joined(separator: "."))'"
          })
        return nil
      }
      let path = steps.count > 1 ? steps : ["with", name]
      let levels = levels(entry.value, of: name, path: path, catalogue: catalogue, log: &log)
      guard !levels.isEmpty else { return nil }
      var seen: Set<String> = []
      for level in levels where !seen.insert(level.label.label).inserted {
        log.error(
          .duplicateKey, "the factor '\(name)' has the level '\(level.label.label)' twice", at: level.span,
          note: "levels are told apart by their names",
          fix: "drop it, or give it another name in a map of levels")
      }
      let maker = entry.value.value(at: ["from"])?.scalar.flatMap { catalogue[.model, $0.text] }
      return Factor(
        name: name, span: entry.key.span, levels: levels, graphs: maker?.generated?.graphs)
    }
  }

  private static func levels(
    _ node: YAMLNode, of name: String, path: [String], catalogue: PartCatalogue, log: inout DiagnosticLog
  ) -> [Level] {
    switch node {
    case .sequence(let items, _):
      if items.isEmpty { log.error(.emptyExperiment, "the factor '\(name)' has no levels", at: node.span) }
      return items.map { Level(label: label($0), span: $0.span, edits: [(path, $0.span, $0)]) }
    case .mapping(let entries, _):
      if entries.contains(where: { $0.key.text == "from" }) {
        return generated(node, of: name, catalogue: catalogue, log: &log)
      }
      if entries.isEmpty { log.error(.emptyExperiment, "the factor '\(name)' has no levels", at: node.span) }
      return entries.compactMap { entry in
        guard case .mapping(let edits, _) = entry.value else {
          return Level(
            label: label(.scalar(entry.key)), span: entry.key.span,
            edits: [(path, entry.key.span, entry.value)])
        }
        return Level(
          label: label(.scalar(entry.key)), span: entry.key.span,
          edits: edits.compactMap { edit in
            let steps = edit.key.text.split(separator: ".").map(String.init)
            guard let root = steps.first, roots.contains(root) else {
              log.error(
                .unknownKey, "the level '\(entry.key.text)' sets '\(edit.key.text)', which is not a path",
                at: edit.key.span,
                note: "a level's keys are paths that start with \(roots.joined(separator: ", "))",
                fix: "write 'with.\(edit.key.text)'")
              return nil
            }
            return (steps, edit.key.span, edit.value)
          })
      }
    case .scalar(let scalar):
      log.error(
        .wrongType, "the levels of '\(name)' must be a list or a map, not '\(scalar.text)'", at: node.span,
        fix: "write '[\(scalar.text)]'")
      return []
    }
  }

  /// `{from: cell-nas, count: 120}`: the first levels that a model makes up, each a value of one of its settings.
  private static func generated(
    _ node: YAMLNode, of name: String, catalogue: PartCatalogue, log: inout DiagnosticLog
  ) -> [Level] {
    guard let reader = KeyReader(node, subject: "'\(name)'", known: ["from", "count"], log: &log),
      let part = reader.required("from", example: "cell-nas", log: &log)?.text("from", log: &log)
    else { return [] }
    let makers = catalogue.declarations.filter { $0.generated != nil }.map(\.name)
    guard let generated = catalogue[.model, part.text]?.generated else {
      log.error(
        .unknownPart, "'\(part.text)' makes up no levels", at: part.span,
        note: "levels come from \(makers.joined(separator: ", "))",
        fix: nearestName(to: part.text, in: makers).map { "write '\($0)'" } ?? "list the levels")
      return []
    }
    guard
      let count = reader.required("count", example: "20", log: &log)?.integer(
        "count", in: 1...generated.count, log: &log)
    else { return [] }
    return generated.first(count).map { value in
      let scalar = YAMLScalar(text: value, span: part.span, isQuoted: true)
      return Level(
        label: .text(value), span: part.span,
        edits: [(["with", "model", part.text, generated.setting], part.span, .scalar(scalar))])
    }
  }

  private static func label(_ node: YAMLNode) -> Setting {
    let text = node.flowText
    if let scalar = node.scalar, !scalar.isQuoted {
      if let value = ScalarReading.integer(text) { return .integer(value) }
      if let value = ScalarReading.number(text) { return .number(value) }
    }
    return .text(text)
  }

  /// A condition on these factors as `except` and `tune.where` write it.
  static func condition(
    _ scalar: YAMLScalar, on factors: [Factor], isRestricted: Bool, log: inout DiagnosticLog
  ) -> FactorCondition? {
    FactorCondition.parse(
      scalar.text, at: scalar.span, factors: factors.map { ($0.name, $0.levels.map(\.label.label)) },
      isRestricted: isRestricted, log: &log)
  }

  /// All combinations of levels, the first factor slowest.
  static func cross(_ factors: [Factor]) -> [[(factor: Factor, level: Level)]] {
    factors.reduce([[]]) { cells, factor in
      cells.flatMap { cell in factor.levels.map { cell + [(factor, $0)] } }
    }
  }

  /// The block's tree with a cell's levels put in: deeper paths first, so that whole keys such as `tune: none` win.
  static func apply(
    _ cell: [(factor: Factor, level: Level)], to tree: YAMLNode, log: inout DiagnosticLog
  ) -> YAMLNode {
    var edits: [(path: [String], span: SourceSpan, value: YAMLNode, factor: String)] = []
    for (factor, level) in cell {
      for edit in level.edits {
        if let other = edits.first(where: { $0.path == edit.path && $0.factor != factor.name }) {
          log.error(
            .conflictingPaths,
            "'\(edit.path.joined(separator: "."))' is set by the factors '\(other.factor)' and '\(factor.name)'",
            at: factor.span, note: "a cell would have two values for one setting")
        }
        edits.append((edit.path, edit.pathSpan, edit.value, factor.name))
      }
    }
    var result = tree
    for edit in edits.sorted(by: { $0.path.count > $1.path.count }) where edit.path.count > 1 {
      result = result.setting(edit.path, to: edit.value)
    }
    // Shorter paths replace what deeper ones have just set only where a whole key is given.
    for edit in edits where edit.path.count == 1 { result = result.setting(edit.path, to: edit.value) }
    return result
  }
}
