import Diagnostics
import Experiments
import Markup

/// A profile's restrictions on one block: fewer levels, fewer seeds, smaller numbers, nothing else.
enum Profile {
  /// The block's tree under the restrictions, each checked to be one.
  static func restrict(
    _ tree: YAMLNode, block: String, by entries: [FrontMatter.ProfileEntry], log: inout DiagnosticLog
  ) -> YAMLNode {
    entries.reduce(tree) { tree, entry in
      if entry.path.first == "vary", entry.path.count >= 2, !isCountOfGenerated(entry.path, in: tree) {
        return restrictLevels(tree, entry, log: &log)
      }
      guard
        let current = tree.value(at: entry.path)
          ?? SilentDefaults.node(entry.path.joined(separator: "."), at: entry.key.span)
      else {
        log.error(
          .unknownKey, "the block '\(block)' has no '\(entry.path.joined(separator: "."))' to restrict",
          at: entry.key.span, note: "a profile restricts what the document says")
        return tree
      }
      guard isRestriction(entry.value, of: current, path: entry.path, log: &log) else { return tree }
      return tree.setting(entry.path, to: entry.value)
    }
  }

  /// Whether a path is the `count` of levels that a part makes up.
  private static func isCountOfGenerated(_ path: [String], in tree: YAMLNode) -> Bool {
    path.count == 3 && path[2] == "count" && tree.value(at: ["vary", path[1], "from"]) != nil
  }

  /// Levels by name or text, in the document's order.
  private static func restrictLevels(
    _ tree: YAMLNode, _ entry: FrontMatter.ProfileEntry, log: inout DiagnosticLog
  ) -> YAMLNode {
    let name = entry.path.dropFirst().joined(separator: ".")
    guard let levels = tree.value(at: ["vary", name]), let wanted = entry.value.texts("levels", log: &log)
    else {
      if tree.value(at: ["vary", name]) == nil {
        log.error(.unknownKey, "there is no factor '\(name)' to restrict", at: entry.key.span)
      }
      return tree
    }
    guard !wanted.isEmpty else {
      log.error(.notARestriction, "the profile leaves '\(name)' without a level", at: entry.value.span)
      return tree
    }
    let texts = wanted.map(\.text)
    /// Whether all are levels of the document.
    func areKnown(_ known: [String]) -> Bool {
      let unknown = wanted.filter { !known.contains($0.text) }
      for scalar in unknown {
        log.error(
          .notARestriction, "'\(scalar.text)' is not a level of '\(name)'", at: scalar.span,
          note: "its levels are \(known.joined(separator: ", "))",
          fix: nearestName(to: scalar.text, in: known).map { "write '\($0)'" })
      }
      return unknown.isEmpty
    }
    switch levels {
    case .sequence(let items, let span):
      guard areKnown(items.map(\.flowText)) else { return tree }
      return tree.setting(["vary", name], to: .sequence(items.filter { texts.contains($0.flowText) }, span))
    case .mapping(let entries, let span):
      guard areKnown(entries.map(\.key.text)) else { return tree }
      return tree.setting(["vary", name], to: .mapping(entries.filter { texts.contains($0.key.text) }, span))
    case .scalar: return tree
    }
  }

  private static func isRestriction(
    _ value: YAMLNode, of current: YAMLNode, path: [String], log: inout DiagnosticLog
  ) -> Bool {
    let name = path.joined(separator: ".")
    if path.last == "seeds" {
      guard let fewer = value.seeds(name, log: &log), let all = current.seeds(name, log: &log) else {
        return false
      }
      let extra = fewer.filter { !all.contains($0) }
      if extra.isEmpty { return true }
      log.error(
        .notARestriction, "the seed \(extra[0]) is not among the document's", at: value.span,
        note: "'\(name)' is '\(current.flowText)' in the full profile")
      return false
    }
    let isSplit = (SplitReading.evaluateKeys + [SplitReading.tuneKey]).contains { path.contains($0) }
    if !isSplit, let smaller = value.scalar.flatMap({ ScalarReading.number($0.text) }),
      let full = current.scalar.flatMap({ ScalarReading.number($0.text) })
    {
      if smaller <= full { return true }
      log.error(
        .notARestriction, "\(numberLabel(smaller)) is more than the document's \(numberLabel(full))",
        at: value.span)
      return false
    }
    log.error(
      .notARestriction, "a profile cannot change '\(name)'", at: value.span,
      note: "it restricts levels, seeds and numbers, so that its results are part of the full ones")
    return false
  }
}
