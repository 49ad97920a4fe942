import Diagnostics

/// Finds the mistakes in templates that Mustache would print as silence: unknown names, open sections,
/// cycles.
struct TemplateCheck {
  /// The names of all templates of the format.
  let names: [String]
  /// For each template the partials it calls, in order.
  private var calls: [String: [TemplateTag]] = [:]

  init(names: [String]) {
    self.names = names
  }

  mutating func read(_ source: SourceText, named name: String, log: inout DiagnosticLog) {
    var open: [TemplateTag] = []
    for tag in TemplateTag.read(source, log: &log) {
      switch tag.kind {
      case .variable: checkName(tag, log: &log)
      case .section, .inverted:
        checkName(tag, log: &log)
        open.append(tag)
      case .end: close(tag, &open, log: &log)
      case .partial: checkPartial(tag, in: name, log: &log)
      case .refused: refuse(tag, log: &log)
      case .comment: break
      }
    }
    for tag in open {
      log.error(
        .badTemplate, "the section '\(tag.name)' is never closed", at: tag.span,
        fix: "write '{{/\(tag.name)}}' at its end")
    }
  }

  /// Reports every partial that leads back to the template it stands in: printing it would never end.
  func findCycles(log: inout DiagnosticLog) {
    for name in names {
      for call in calls[name] ?? [] where reaches(name, from: call.name, seen: []) {
        log.error(.badTemplate, "the partial '\(call.name)' leads back to '\(name)'", at: call.span)
      }
    }
  }

  private func reaches(_ goal: String, from start: String, seen: Set<String>) -> Bool {
    if start == goal { return true }
    if seen.contains(start) { return false }
    return (calls[start] ?? []).contains { reaches(goal, from: $0.name, seen: seen.union([start])) }
  }

  private func checkName(_ tag: TemplateTag, log: inout DiagnosticLog) {
    guard tag.name != ".", !TemplateVocabulary.names.contains(tag.name) else { return }
    let nearest = nearestName(to: tag.name, in: TemplateVocabulary.sortedNames)
    log.error(
      .badTemplate, "unknown variable '\(tag.name)'", at: tag.span,
      note: "templates/README.md lists the variables", fix: nearest.map { "write '\($0)'" })
  }

  private func close(_ tag: TemplateTag, _ open: inout [TemplateTag], log: inout DiagnosticLog) {
    if open.last?.name == tag.name {
      open.removeLast()
    } else if let section = open.last {
      log.error(
        .badTemplate, "'\(tag.name)' is closed here, but '\(section.name)' is open", at: tag.span,
        note: "'\(section.name)' opens on line \(section.span.start.line)")
      open.removeAll { $0.name == tag.name }
    } else {
      log.error(.badTemplate, "'\(tag.name)' is closed here, but no section is open", at: tag.span)
    }
  }

  private mutating func checkPartial(_ tag: TemplateTag, in name: String, log: inout DiagnosticLog) {
    if names.contains(tag.name) {
      calls[name, default: []].append(tag)
    } else {
      log.error(
        .badTemplate, "unknown partial '\(tag.name)'", at: tag.span,
        note: "the folder has \(names.joined(separator: ", "))",
        fix: nearestName(to: tag.name, in: names).map { "write '\($0)'" })
    }
  }

  private func refuse(_ tag: TemplateTag, log: inout DiagnosticLog) {
    log.error(
      .badTemplate, "a template may hold only variables, sections, partials and comments", at: tag.span,
      note: "values arrive escaped, so '{{name}}' never escapes twice",
      fix: tag.name.isEmpty ? nil : "write '{{\(tag.name)}}'")
  }
}
