import Diagnostics
import Experiments
import Markup

/// Reading of `settings`, a command's hyperparameters: `alpha: {number: 1e-6 .. 10, default: 1e-3}`.
struct CommandSettings {
  let reading: SettingReading

  func hyperparameters(_ node: YAMLNode?, log: inout DiagnosticLog) -> [Hyperparameter]? {
    guard let node else { return [] }
    guard case .mapping(let entries, _) = node else {
      log.error(.wrongType, "'settings' must be a map of names, not \(node.kindName)", at: node.span)
      return nil
    }
    let found = entries.compactMap { hyperparameter($0, log: &log) }
    return found.count == entries.count ? found : nil
  }

  private func hyperparameter(_ entry: YAMLEntry, log: inout DiagnosticLog) -> Hyperparameter? {
    let name = entry.key.text
    guard isKebabCase(name) else {
      log.error(
        .badBlockName, "'\(name)' cannot name a setting", at: entry.key.span,
        note: "a name is lower-case words joined by hyphens")
      return nil
    }
    let kinds = ["number", "integer", "choice", "flag", "text"]
    guard
      let reader = KeyReader(
        entry.value, subject: "the setting '\(name)'", known: kinds + ["default", "meaning"], log: &log)
    else { return nil }
    let given = kinds.filter { reader($0) != nil }
    guard given.count == 1, let node = reader(given[0]) else {
      log.error(
        .missingKey, "the setting '\(name)' needs one of \(kinds.joined(separator: ", "))",
        at: entry.value.span,
        fix: "write '\(name): {number: 0 .. 1, default: 0.5}'")
      return nil
    }
    guard let kind = kind(given[0], node, log: &log) else { return nil }
    let meaning = reader("meaning")?.text("meaning", log: &log)?.text ?? "a setting of the command"
    var value: Setting?
    if let node = reader("default") {
      value = reading.value(node, for: Hyperparameter(name, kind, default: nil, meaning), log: &log)
      if value == nil { return nil }
    }
    return Hyperparameter(name, kind, default: value, meaning)
  }

  private func kind(_ word: String, _ node: YAMLNode, log: inout DiagnosticLog) -> Hyperparameter.Kind? {
    switch word {
    case "flag": return .flag
    case "text": return .text
    case "choice":
      guard let options = node.texts("choice", log: &log) else { return nil }
      return .choice(options.map(\.text))
    case "integer":
      let ends = node.scalar.flatMap { ScalarReading.range($0.text) }
      guard let ends, let from = ScalarReading.integer(ends.0), let to = ScalarReading.integer(ends.1),
        from <= to
      else {
        log.error(
          .wrongType, "'integer' must be a range of whole numbers, not \(node.kindName)", at: node.span,
          fix: "write such as '1 .. 20'")
        return nil
      }
      return .integer(from...to)
    default:
      let ends = node.scalar.flatMap { ScalarReading.range($0.text) }
      guard let ends, let from = ScalarReading.number(ends.0), let to = ScalarReading.number(ends.1),
        from <= to
      else {
        log.error(
          .wrongType, "'number' must be a range of numbers, not \(node.kindName)", at: node.span,
          fix: "write such as '1e-6 .. 10'")
        return nil
      }
      return .number(from...to)
    }
  }
}
