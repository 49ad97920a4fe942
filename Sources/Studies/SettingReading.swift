import Diagnostics
import Experiments
import Markup
import Parts

/// Reading of settings against what a part declares.
struct SettingReading {
  let catalogue: PartCatalogue

  /// The value of one hyperparameter, checked for type and range.
  func value(_ node: YAMLNode, for hyperparameter: Hyperparameter, log: inout DiagnosticLog) -> Setting? {
    let name = hyperparameter.name
    func wrong(_ wanted: String) -> Setting? {
      log.error(.wrongType, "'\(name)' must be \(wanted), not \(node.kindName)", at: node.span)
      return nil
    }
    func outside(_ range: String) -> Setting? {
      log.error(.outOfRange, "'\(name)' is \(node.flowText), outside \(range)", at: node.span)
      return nil
    }
    let plain = node.scalar.flatMap { $0.isQuoted ? nil : $0.text }
    switch hyperparameter.kind {
    case .flag:
      return plain.flatMap(ScalarReading.flag).map(Setting.flag) ?? wrong("true or false")
    case .integer(let bounds):
      guard let value = plain.flatMap(ScalarReading.integer) else { return wrong("a whole number") }
      return bounds.contains(value)
        ? .integer(value) : outside("\(bounds.lowerBound) .. \(bounds.upperBound)")
    case .number(let bounds):
      guard let value = plain.flatMap(ScalarReading.number) else { return wrong("a number") }
      return bounds.contains(value)
        ? .number(value) : outside("\(numberLabel(bounds.lowerBound)) .. \(numberLabel(bounds.upperBound))")
    case .text:
      return node.scalar.map { .text($0.text) } ?? wrong("a text")
    case .choice(let options):
      guard let text = node.scalar?.text else { return wrong("one of \(options.joined(separator: ", "))") }
      if options.contains(text) { return .text(text) }
      log.error(
        .outOfRange, "'\(name)' cannot be '\(text)'", at: node.span,
        note: "it is one of \(options.joined(separator: ", "))",
        fix: nearestName(to: text, in: options).map { "write '\($0)'" })
      return nil
    case .part(let family):
      return part(node, family: family, log: &log).map { .part($0.declaration.name, $0.settings) }
    }
  }

  /// A registered part and its settings, completed with defaults: `logistic` or `mlp: {width: 64}`.
  func part(
    _ node: YAMLNode, family: PartFamily, log: inout DiagnosticLog
  ) -> (declaration: PartDeclaration, settings: Settings)? {
    let name: YAMLScalar
    var inner = YAMLNode.mapping([], node.span)
    switch node {
    case .scalar(let scalar): name = scalar
    case .mapping(let entries, _) where entries.count == 1:
      name = entries[0].key
      inner = entries[0].value
    default:
      log.error(
        .wrongType, "a \(family.rawValue) is a name or a map with one key, not \(node.kindName)",
        at: node.span,
        fix: "write '\(catalogue.names(family).first ?? "name")' or 'name: {setting: value}'")
      return nil
    }
    guard let declaration = catalogue[family, name.text] else {
      let names = catalogue.names(family)
      log.error(
        .unknownPart, "unknown \(family.rawValue) '\(name.text)'", at: name.span,
        note: "registered: \(names.joined(separator: ", "))",
        fix: nearestName(to: name.text, in: names).map { "write '\($0)'" })
      return nil
    }
    guard let settings = settings(inner, of: declaration, log: &log) else { return nil }
    return (declaration, settings)
  }

  /// All settings of a part: those written, checked, and defaults for the rest.
  func settings(
    _ node: YAMLNode, of declaration: PartDeclaration, log: inout DiagnosticLog
  ) -> Settings? {
    guard case .mapping(let entries, _) = node else {
      log.error(
        .wrongType, "the settings of '\(declaration.name)' must be a map, not \(node.kindName)", at: node.span
      )
      return nil
    }
    var values: [String: Setting] = [:]
    var isSound = true
    for entry in entries {
      guard let hyperparameter = declaration.hyperparameters.first(where: { $0.name == entry.key.text })
      else {
        reportUnknown(entry.key, of: [declaration], log: &log)
        isSound = false
        continue
      }
      guard let value = value(entry.value, for: hyperparameter, log: &log) else {
        isSound = false
        continue
      }
      values[hyperparameter.name] = value
    }
    for hyperparameter in declaration.hyperparameters where values[hyperparameter.name] == nil {
      if entries.contains(where: { $0.key.text == hyperparameter.name }) { continue }
      if let value = hyperparameter.defaultValue {
        values[hyperparameter.name] = completed(value, for: hyperparameter)
      } else {
        log.error(
          .missingKey, "'\(declaration.name)' needs the setting '\(hyperparameter.name)'", at: node.span,
          note: hyperparameter.meaning)
        isSound = false
      }
    }
    for hyperparameter in declaration.hyperparameters where hyperparameter.isNamedOnlyWhereOther {
      if values[hyperparameter.name] == hyperparameter.defaultValue { values[hyperparameter.name] = nil }
    }
    return isSound ? Settings(values) : nil
  }

  /// A default that is a part gets that part's own defaults.
  private func completed(_ value: Setting, for hyperparameter: Hyperparameter) -> Setting {
    guard case .part(let family) = hyperparameter.kind, case .part(let name, let given) = value,
      let declaration = catalogue[family, name]
    else { return value }
    var settings = given
    for inner in declaration.hyperparameters where settings[inner.name] == nil {
      settings[inner.name] = inner.defaultValue.map { completed($0, for: inner) }
    }
    return .part(name, settings)
  }

  func reportUnknown(_ key: YAMLScalar, of declarations: [PartDeclaration], log: inout DiagnosticLog) {
    let names = declarations.flatMap { $0.hyperparameters.map(\.name) }
    let owners = declarations.map { "'\($0.name)'" }.joined(separator: " or ")
    log.error(
      .unknownHyperparameter, "unknown hyperparameter '\(key.text)' of \(owners)", at: key.span,
      note: names.isEmpty ? "it has no settings" : "it has \(names.joined(separator: ", "))",
      fix: nearestName(to: key.text, in: names).map { "write '\($0)'" })
  }
}
