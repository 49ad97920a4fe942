import Diagnostics
import Experiments
import Markup
import Parts
import Protocols

/// Reading of `keep`, `role` and `starts-from`.
///
/// `starts-from: {logits: {experiment: trained, match: [dataset], seeds: same}}` connects an input of the procedure to
/// the artefacts that an earlier experiment keeps.
struct StageReading {
  /// The experiments above that were read without a mistake; nil for one with a mistake.
  let earlier: [String: CheckedExperiment?]
  /// Where an experiment without `starts-from` is said to lack one.
  let procedureSpan: SourceSpan

  /// The artefacts that `keep` names.
  func kept(
    _ node: YAMLNode?, procedure: PartDeclaration, log: inout DiagnosticLog
  ) -> [ArtefactDeclaration]? {
    guard let node else { return [] }
    guard let names = node.texts("keep", log: &log) else { return nil }
    let known = procedure.artefacts.map(\.name)
    let kept = names.compactMap { name in
      let found = procedure.artefacts.first { $0.name == name.text }
      if found == nil {
        log.error(
          .unknownArtefact, "'\(procedure.name)' cannot keep '\(name.text)'", at: name.span,
          note: known.isEmpty ? "its trials keep nothing" : "it can keep \(known.joined(separator: ", "))",
          fix: nearestName(to: name.text, in: known).map { "write '\($0)'" })
      }
      return found
    }
    return kept.count == names.count ? kept : nil
  }

  /// Whether `role` makes the experiment an auxiliary one; nil after a mistake.
  func isAuxiliary(_ node: YAMLNode?, log: inout DiagnosticLog) -> Bool? {
    guard let node else { return false }
    guard let scalar = node.text("role", log: &log) else { return nil }
    if scalar.text == "auxiliary" { return true }
    log.error(
      .outOfRange, "the role of an experiment cannot be '\(scalar.text)'", at: scalar.span,
      note: "'auxiliary' draws its seeds from a pool of their own; without a role they come from the others",
      fix: "write 'auxiliary', or drop 'role'")
    return nil
  }

  /// The links that `starts-from` declares; nil after a mistake.
  func links(
    _ node: YAMLNode?, procedure: PartDeclaration, log: inout DiagnosticLog
  ) -> [StageLink]? {
    var links: [StageLink] = []
    var isSound = true
    // 'none' also says that nothing is taken over from the experiment that this one is like.
    if let node, node.scalar?.text != "none" {
      guard case .mapping(let entries, _) = node else {
        log.error(
          .wrongType, "'starts-from' must be a map of inputs, not \(node.kindName)", at: node.span,
          fix:
            "write 'starts-from: {\(procedure.inputs.first?.name ?? "input"): {experiment: NAME}}', or 'none'"
        )
        return nil
      }
      for entry in entries {
        if let link = link(entry, procedure, &log) { links.append(link) } else { isSound = false }
      }
    }
    for input in procedure.inputs where input.isRequired && isSound {
      guard !links.contains(where: { $0.input.name == input.name }) else { continue }
      log.error(
        .missingKey, "'\(procedure.name)' needs the input '\(input.name)'", at: node?.span ?? procedureSpan,
        note: input.meaning, fix: "add 'starts-from: {\(input.name): {experiment: NAME}}'")
      isSound = false
    }
    return isSound ? links : nil
  }

  private func link(
    _ entry: YAMLEntry, _ procedure: PartDeclaration, _ log: inout DiagnosticLog
  ) -> StageLink? {
    let name = entry.key.text
    guard let input = procedure.inputs.first(where: { $0.name == name }) else {
      let known = procedure.inputs.map(\.name)
      log.error(
        .unknownArtefact, "'\(procedure.name)' has no input '\(name)'", at: entry.key.span,
        note: known.isEmpty ? "it starts from nothing" : "it can start from \(known.joined(separator: ", "))",
        fix: nearestName(to: name, in: known).map { "write '\($0)'" })
      return nil
    }
    let keys = ["experiment", "match", "seeds"]
    guard let reader = KeyReader(entry.value, subject: "'\(name)'", known: keys, log: &log),
      let source = reader.required("experiment", example: "NAME", log: &log)?.text("experiment", log: &log)
    else { return nil }
    let seeds = self.seeds(reader, &log)
    // Whether the experiment is there, and above, has been checked for all references of the file.
    guard case let upstream?? = earlier[source.text] else { return nil }
    let artefacts = upstream.kept.filter { $0.kind == input.kind }
    guard !artefacts.isEmpty else {
      let could = upstream.procedure.artefacts.filter { $0.kind == input.kind }.map(\.name)
      log.error(
        .unknownArtefact, "'\(source.text)' keeps no \(input.kind.rawValue)", at: source.span,
        note: "the input '\(name)' takes \(input.kind.rawValue)",
        fix: could.first.map { "add 'keep: [\($0)]' to '\(source.text)'" }
          ?? "start from an experiment whose procedure can keep them")
      return nil
    }
    let known = upstream.factors.map(\.name)
    guard let match = reader("match").map({ $0.texts("match", log: &log) }) ?? [] else { return nil }
    var isSound = true
    for column in match where !known.contains(column.text) {
      log.error(
        .unknownColumn, "'\(column.text)' is not a factor of '\(source.text)'", at: column.span,
        note: known.isEmpty ? "it varies nothing" : "its factors are \(known.joined(separator: ", "))",
        fix: nearestName(to: column.text, in: known).map { "write '\($0)'" })
      isSound = false
    }
    guard isSound, let seeds else { return nil }
    return StageLink(
      input: input, upstream: upstream, artefacts: artefacts, match: match.map(\.text), seeds: seeds,
      span: reader("match")?.span ?? source.span, seedsSpan: reader("seeds")?.span ?? source.span)
  }

  private func seeds(_ reader: KeyReader, _ log: inout DiagnosticLog) -> StageSeeds? {
    guard let node = reader("seeds") else { return .same }
    guard let scalar = node.text("seeds", log: &log) else { return nil }
    if let seeds = StageSeeds(rawValue: scalar.text) { return seeds }
    log.error(
      .outOfRange, "'seeds' cannot be '\(scalar.text)'", at: scalar.span,
      note: "'same' starts from the trial with the same seed, 'all' from every trial of the cell",
      fix: "write 'same' or 'all'")
    return nil
  }
}
