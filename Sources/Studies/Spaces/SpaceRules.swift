import Claims
import Diagnostics
import Experiments
import Markup
import Parts

/// Reading of what stands beside a space's hyperparameters: where to start, what to expect, what never to try.
///
/// `default: {learning-rate: 1e-2}`, `prior: {learning-rate: 1e-2, activation: {relu: 3, tanh: 1}}`,
/// `forbid: [activation = tanh and learning-rate > 0.1]`.
struct SpaceRules {
  let reading: SettingReading
  let found: [SpaceReading.Found]
  let span: SourceSpan

  func space(_ entries: [YAMLEntry], log: inout DiagnosticLog) -> Space? {
    var priors: [String: Prior] = [:]
    var start: Settings?
    var forbidden: [SettingCondition] = []
    var isSound = true
    for entry in entries {
      switch entry.key.text {
      case "prior":
        let read = named(entry, &log) { value, place, log in prior(value, found[place], &log) }
        priors = read ?? [:]
        if read == nil { isSound = false }
      case "default":
        let read = named(entry, &log) { value, place, log in self.value(value, found[place], &log) }
        start = read.map { Settings($0) }
        if read == nil { isSound = false }
      default:
        let items: [YAMLNode] = if case .sequence(let items, _) = entry.value { items } else { [entry.value] }
        let read = items.compactMap { condition($0, &log) }
        forbidden = read
        if read.count != items.count { isSound = false }
      }
    }
    guard isSound else { return nil }
    let dimensions = found.map { item in
      Dimension(
        name: item.name, path: item.path, domain: item.domain,
        activation: item.parent.map {
          Dimension.Activation(parent: found[$0].name, options: item.options.map(\.value))
        }, prior: priors[item.name])
    }
    let space = Space(dimensions, forbidden: forbidden, start: start)
    func place(_ rule: String) -> SourceSpan { entries.first { $0.key.text == rule }?.value.span ?? span }
    guard space.isFeasible else {
      log.error(
        .badSpace, "fewer than one configuration in a thousand is allowed", at: place("forbid"),
        note: "tuners draw configurations until one is", fix: "narrow the ranges instead of forbidding")
      return nil
    }
    if let start = space.start, !space.allows(start) {
      log.error(.badSpace, "the default is forbidden", at: place("default"))
      return nil
    }
    return space
  }

  /// A map of hyperparameters of the space, each value read; nil after a mistake.
  private func named<Value>(
    _ entry: YAMLEntry, _ log: inout DiagnosticLog,
    _ read: (YAMLNode, _ place: Int, inout DiagnosticLog) -> Value?
  ) -> [String: Value]? {
    guard case .mapping(let inner, _) = entry.value else {
      log.error(
        .wrongType, "'\(entry.key.text)' must be a map of hyperparameters, not \(entry.value.kindName)",
        at: entry.value.span)
      return nil
    }
    var values: [String: Value] = [:]
    for item in inner {
      guard let place = found.firstIndex(where: { $0.name == item.key.text }) else {
        log.error(
          .unknownHyperparameter, "'\(item.key.text)' is not a hyperparameter of this space",
          at: item.key.span,
          note: "it has \(found.map(\.name).joined(separator: ", "))",
          fix: nearestName(to: item.key.text, in: found.map(\.name)).map { "write '\($0)'" })
        continue
      }
      if let value = read(item.value, place, &log) { values[item.key.text] = value }
    }
    return values.count == inner.count ? values : nil
  }

  /// A value of a hyperparameter's domain.
  private func value(_ node: YAMLNode, _ item: SpaceReading.Found, _ log: inout DiagnosticLog) -> Setting? {
    func outside(_ domain: String) -> Setting? {
      log.error(
        .outOfRange, "'\(item.name)' is \(node.flowText), which is not in the space", at: node.span,
        note: "it is \(domain)")
      return nil
    }
    if case .choice(let options) = item.domain {
      if let text = node.scalar?.text, let option = options.first(where: { $0.isNamed(text) }) {
        return option
      }
      return outside("one of \(options.map(\.shortLabel).joined(separator: ", "))")
    }
    guard let value = reading.value(node, for: item.hyperparameter, log: &log) else { return nil }
    let dimension = Dimension(name: item.name, path: item.path, domain: item.domain)
    return dimension.contains(value) ? value : outside(dimension.domainText)
  }

  private func prior(_ node: YAMLNode, _ item: SpaceReading.Found, _ log: inout DiagnosticLog) -> Prior? {
    guard case .choice(let options) = item.domain else { return value(node, item, &log).map(Prior.around) }
    guard case .mapping(let entries, _) = node else {
      log.error(
        .wrongType, "the prior of a choice must be a map of weights, not \(node.kindName)", at: node.span,
        fix: "write '{\(options.map { "\($0.shortLabel): 1" }.joined(separator: ", "))}'")
      return nil
    }
    var weights = [Double](repeating: 0, count: options.count)
    for entry in entries {
      guard let place = options.firstIndex(where: { $0.isNamed(entry.key.text) }) else {
        log.error(
          .outOfRange, "'\(item.name)' cannot be '\(entry.key.text)'", at: entry.key.span,
          note: "it is one of \(options.map(\.shortLabel).joined(separator: ", "))")
        return nil
      }
      guard let weight = entry.value.scalar.flatMap({ ScalarReading.number($0.text) }), weight >= 0,
        weight.isFinite
      else {
        log.error(.outOfRange, "a weight must be a number from 0 on", at: entry.value.span)
        return nil
      }
      weights[place] = weight
    }
    guard weights.contains(where: { $0 > 0 }) else {
      log.error(.badSpace, "no option of '\(item.name)' has a weight above 0", at: node.span)
      return nil
    }
    return .weights(weights)
  }

  private func condition(_ node: YAMLNode, _ log: inout DiagnosticLog) -> SettingCondition? {
    guard let scalar = node.text("forbid", log: &log) else { return nil }
    let columns = found.map { item -> (name: String, levels: [String]?) in
      guard case .choice(let options) = item.domain else { return (item.name, nil) }
      return (item.name, options.map(\.shortLabel))
    }
    return parseCondition(
      scalar.text, at: scalar.span, columns: columns, named: ("hyperparameter", "this space"), log: &log)
  }
}

extension Setting {
  /// The name of a part without its settings; else the label.
  var shortLabel: String { if case .part(let name, _) = self { name } else { label } }

  func isNamed(_ text: String) -> Bool {
    shortLabel == text || number != nil && number == ScalarReading.number(text)
  }
}
