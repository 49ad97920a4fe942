import Diagnostics
import Experiments
import Markup
import Parts

/// Reading of `measure`: names, parts with settings, columns named by the author, and lists of settings.
///
/// A list-valued setting gives a column per combination, named by its values: `{ece: {bins: [5, 10]}}` gives `ece-5`
/// and `ece-10`. A procedure's own columns can be named too: they are there anyway, and a search can then select by
/// them.
struct MeasureReading {
  /// What is measured.
  struct Asked {
    var requests: [MeasureRequest] = []
    /// What a search can select by, in the order of the study.
    var scores: [(column: String, largerIsBetter: Bool)] = []
  }

  let reading: SettingReading
  let procedure: PartDeclaration

  func measures(_ node: YAMLNode, log: inout DiagnosticLog) -> Asked? {
    let items: [YAMLNode]
    if case .sequence(let list, _) = node { items = list } else { items = [node] }
    guard !items.isEmpty else {
      log.error(.missingKey, "'measure' names no measure", at: node.span, fix: "write 'measure: accuracy'")
      return nil
    }
    var asked = Asked()
    var isSound = true
    for item in items {
      if let own = ownColumn(item) {
        if let larger = own.largerIsBetter { asked.scores.append((own.name, larger)) }
        continue
      }
      guard let found = self.requests(item, log: &log) else {
        isSound = false
        continue
      }
      for request in found {
        if asked.requests.contains(where: { $0.column == request.column }) {
          log.error(
            .duplicateName, "two measures give the column '\(request.column)'", at: item.span,
            fix: "name one, such as '{\(request.column)-2: \(request.measure)}'")
          isSound = false
        }
        asked.requests.append(request)
        let larger = reading.catalogue[.measure, request.measure]?.largerIsBetter ?? true
        asked.scores.append((request.column, larger))
      }
    }
    return isSound ? asked : nil
  }

  /// The procedure's own column of that name.
  private func ownColumn(_ node: YAMLNode) -> OwnColumn? {
    guard let name = node.scalar?.text else { return nil }
    return procedure.columns.first { $0.name == name && $0.place == .trial }
  }

  private func requests(_ node: YAMLNode, log: inout DiagnosticLog) -> [MeasureRequest]? {
    var column: String?
    var part = node
    if case .mapping(let entries, _) = node, entries.count == 1,
      reading.catalogue[.measure, entries[0].key.text] == nil, isPart(entries[0].value)
    {
      column = entries[0].key.text
      guard isKebabCase(entries[0].key.text) else {
        log.error(
          .badBlockName, "'\(entries[0].key.text)' cannot name a column", at: entries[0].key.span,
          note: "a name is lower-case words joined by hyphens")
        return nil
      }
      part = entries[0].value
    }
    let variants = variants(part)
    if variants.isEmpty {
      log.error(
        .outOfRange, "a setting of the measure lists no value", at: part.span, fix: "list one, such as '[15]'"
      )
      return nil
    }
    var requests: [MeasureRequest] = []
    for (suffix, variant) in variants {
      guard let (declaration, settings) = reading.part(variant, family: .measure, log: &log) else {
        return nil
      }
      if let kind = declaration.predictions, kind != procedure.predictions {
        log.error(
          .wrongType,
          "'\(declaration.name)' measures \(kind.rawValue), which '\(procedure.name)' does not do",
          at: node.span)
        return nil
      }
      let name = ([column ?? declaration.name] + suffix).joined(separator: "-")
      requests.append(MeasureRequest(column: name, measure: declaration.name, settings: settings))
    }
    return requests
  }

  /// Whether a value reads as a measure: a registered name, or a map with one registered key.
  private func isPart(_ node: YAMLNode) -> Bool {
    switch node {
    case .scalar: true
    case .mapping(let entries, _):
      entries.count == 1 && reading.catalogue[.measure, entries[0].key.text] != nil
    case .sequence: false
    }
  }

  /// One node a combination of list-valued settings, with the values that name it.
  private func variants(_ node: YAMLNode) -> [(suffix: [String], node: YAMLNode)] {
    guard case .mapping(let entries, let span) = node, entries.count == 1,
      case .mapping(let settings, let inner) = entries[0].value
    else { return [([], node)] }
    var variants: [(suffix: [String], settings: [YAMLEntry])] = [([], [])]
    for setting in settings {
      guard case .sequence(let values, _) = setting.value else {
        variants = variants.map { ($0.suffix, $0.settings + [setting]) }
        continue
      }
      variants = variants.flatMap { variant in
        values.map {
          (variant.suffix + [$0.flowText], variant.settings + [YAMLEntry(key: setting.key, value: $0)])
        }
      }
    }
    return variants.map { variant in
      (
        variant.suffix,
        .mapping([YAMLEntry(key: entries[0].key, value: .mapping(variant.settings, inner))], span)
      )
    }
  }
}
