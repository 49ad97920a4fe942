import Diagnostics
import Experiments
import Markup
import Parts

/// Reading of search spaces: `learning-rate: 1e-4 .. 1 log`, `width: 16 .. 256 int log`, `activation: [relu, tanh]`.
struct SpaceReading {
  let reading: SettingReading
  let procedure: PartDeclaration
  /// The procedure's complete settings, whose parts' hyperparameters may be searched too.
  let settings: Settings
  /// The experiment's factors: what is varied is not searched as well.
  let factors: [String]

  func space(_ node: YAMLNode, log: inout DiagnosticLog) -> Space? {
    guard case .mapping(let entries, _) = node else {
      log.error(.wrongType, "'space' must be a map of hyperparameters, not \(node.kindName)", at: node.span)
      return nil
    }
    var dimensions: [Dimension] = []
    for entry in entries {
      guard !factors.contains(entry.key.text) else {
        log.error(
          .conflictingPaths, "'\(entry.key.text)' is both varied and searched", at: entry.key.span,
          note: "the search would overwrite the factor's levels", fix: "drop it from 'vary' or from 'space'")
        continue
      }
      guard let (hyperparameter, path) = find(entry.key, log: &log),
        let domain = domain(entry.value, for: hyperparameter, log: &log)
      else { continue }
      dimensions.append(Dimension(name: entry.key.text, path: path, domain: domain))
    }
    guard dimensions.count == entries.count else { return nil }
    guard !dimensions.isEmpty else {
      log.error(
        .badSpace, "the search space is empty", at: node.span,
        fix: "name a hyperparameter, or write 'tune: none'")
      return nil
    }
    return Space(dimensions)
  }

  /// The procedure's own hyperparameter of that name, else that of a part it uses.
  private func find(_ key: YAMLScalar, log: inout DiagnosticLog) -> (Hyperparameter, [String])? {
    if let own = procedure.hyperparameters.first(where: { $0.name == key.text }) { return (own, [own.name]) }
    var declarations = [procedure]
    var found: [(Hyperparameter, [String])] = []
    for hyperparameter in procedure.hyperparameters {
      guard case .part(let family) = hyperparameter.kind,
        case .part(let name, _)? = settings[hyperparameter.name],
        let declaration = reading.catalogue[family, name]
      else { continue }
      declarations.append(declaration)
      if let inner = declaration.hyperparameters.first(where: { $0.name == key.text }) {
        found.append((inner, [hyperparameter.name, inner.name]))
      }
    }
    if found.count == 1 { return found[0] }
    if found.count > 1 {
      log.error(
        .badSpace,
        "'\(key.text)' is a hyperparameter of several parts: \(found.map { $0.1[0] }.joined(separator: ", "))",
        at: key.span)
    } else {
      reading.reportUnknown(key, of: declarations, log: &log)
    }
    return nil
  }

  private func domain(
    _ node: YAMLNode, for hyperparameter: Hyperparameter, log: inout DiagnosticLog
  ) -> Dimension.Domain? {
    if case .sequence(let items, let span) = node {
      let options = items.compactMap { reading.value($0, for: hyperparameter, log: &log) }
      guard options.count == items.count else { return nil }
      guard !options.isEmpty else {
        log.error(.badSpace, "'\(hyperparameter.name)' has no value to choose from", at: span)
        return nil
      }
      if Set(options).count != options.count {
        log.error(.badSpace, "'\(hyperparameter.name)' lists a value twice", at: span)
        return nil
      }
      return .choice(options)
    }
    guard let scalar = node.scalar else {
      log.error(
        .notBuiltYet, "nested choices in a search space are not built yet", at: node.span,
        fix: "list plain values, such as '[relu, tanh]'")
      return nil
    }
    return range(scalar, for: hyperparameter, log: &log)
  }

  private func range(
    _ scalar: YAMLScalar, for hyperparameter: Hyperparameter, log: inout DiagnosticLog
  ) -> Dimension.Domain? {
    var words = scalar.text.split(separator: " ").map(String.init)
    let isLog = words.last == "log"
    if isLog { words.removeLast() }
    let isInteger = words.last == "int"
    if isInteger { words.removeLast() }
    let example = "write a range such as '1e-4 .. 1 log' or a list such as '[8, 16]'"
    guard words.count == 3, words[1] == "..", let from = ScalarReading.number(words[0]),
      let to = ScalarReading.number(words[2])
    else {
      log.error(.badSpace, "'\(scalar.text)' is not a range", at: scalar.span, fix: example)
      return nil
    }
    func refuse(_ message: String, note: String? = nil, fix: String? = nil) -> Dimension.Domain? {
      log.error(.badSpace, message, at: scalar.span, note: note, fix: fix)
      return nil
    }
    guard from < to else {
      return refuse("the range '\(scalar.text)' is empty", fix: "write the smaller end first")
    }
    if isLog, from <= 0 {
      return refuse(
        "a logarithmic range must start above 0", note: "the logarithm of \(words[0]) does not exist")
    }
    switch hyperparameter.kind {
    case .integer(let bounds):
      guard let a = ScalarReading.integer(words[0]), let b = ScalarReading.integer(words[2]) else {
        return refuse(
          "'\(hyperparameter.name)' takes whole numbers", fix: "write whole ends, such as '1 .. 8'")
      }
      guard bounds.contains(a), bounds.contains(b) else {
        return outside(scalar, hyperparameter, "\(bounds.lowerBound) .. \(bounds.upperBound)", &log)
      }
      return .integer(from: a, to: b, logarithmic: isLog)
    case .number(let bounds):
      if isInteger { return refuse("'\(hyperparameter.name)' is not a whole number", fix: "drop 'int'") }
      guard bounds.contains(from), bounds.contains(to) else {
        let range = "\(numberLabel(bounds.lowerBound)) .. \(numberLabel(bounds.upperBound))"
        return outside(scalar, hyperparameter, range, &log)
      }
      return .number(from: from, to: to, logarithmic: isLog)
    case .flag, .choice, .text, .part:
      return refuse(
        "'\(hyperparameter.name)' has no range of numbers", fix: "list its values, such as '[a, b]'")
    }
  }

  private func outside(
    _ scalar: YAMLScalar, _ hyperparameter: Hyperparameter, _ range: String, _ log: inout DiagnosticLog
  ) -> Dimension.Domain? {
    log.error(
      .outOfRange, "the range of '\(hyperparameter.name)' reaches outside \(range)", at: scalar.span,
      note: hyperparameter.meaning)
    return nil
  }
}
