import Diagnostics
import Experiments
import Markup
import Parts

/// Reading of search spaces: `learning-rate: 1e-4 .. 1 log`, `activation: [relu, tanh]`, and choices with children,
/// `optimizer: {sgd: {momentum: 0 .. 0.99}, adam: {}}`, with `default`, `prior` and `forbid` beside them.
struct SpaceReading {
  let reading: SettingReading
  let procedure: PartDeclaration
  /// The procedure's complete settings, whose parts' hyperparameters may be searched too.
  let settings: Settings
  /// The experiment's factors: what is varied is not searched as well.
  let factors: [String]

  /// Keys of a space that are no hyperparameters.
  static let rules = ["default", "prior", "forbid"]

  /// A hyperparameter as found, before names are settled.
  struct Found {
    let key: YAMLScalar
    let hyperparameter: Hyperparameter
    let path: [String]
    let domain: Dimension.Domain
    /// The place of the choice it exists under, and the options.
    var parent: Int?
    var options: [(label: String, value: Setting)] = []
    var name: String
  }

  /// Where a key leads: a hyperparameter, its path in the procedure's settings, and the part that declares it.
  private struct Target {
    let hyperparameter: Hyperparameter
    let path: [String]
    let owner: PartDeclaration
  }

  func space(_ node: YAMLNode, log: inout DiagnosticLog) -> Space? {
    guard case .mapping(let entries, _) = node else {
      log.error(.wrongType, "'space' must be a map of hyperparameters, not \(node.kindName)", at: node.span)
      return nil
    }
    var found: [Found] = []
    var isSound = true
    let searched = entries.filter { !Self.rules.contains($0.key.text) }
    for entry in searched {
      guard !factors.contains(entry.key.text) else {
        log.error(
          .conflictingPaths, "'\(entry.key.text)' is both varied and searched", at: entry.key.span,
          note: "the search would overwrite the factor's levels", fix: "drop it from 'vary' or from 'space'")
        isSound = false
        continue
      }
      guard let target = find(entry.key, log: &log),
        !isInsideChoice(entry.key, target.path, searched, &log),
        read(entry, target, under: nil, &found, &log)
      else {
        isSound = false
        continue
      }
    }
    guard isSound, settleNames(&found, &log) else { return nil }
    guard !found.isEmpty else {
      log.error(
        .badSpace, "the search space is empty", at: node.span,
        fix: "name a hyperparameter, or write 'tune: none'")
      return nil
    }
    return SpaceRules(reading: reading, found: found, span: node.span).space(
      entries.filter { Self.rules.contains($0.key.text) }, log: &log)
  }

  /// Adds a hyperparameter and all that exist under its options; false after a mistake.
  private func read(
    _ entry: YAMLEntry, _ target: Target, under parent: (place: Int, label: String, option: Setting)?,
    _ found: inout [Found],
    _ log: inout DiagnosticLog
  ) -> Bool {
    let hyperparameter = target.hyperparameter
    func add(_ domain: Dimension.Domain) -> Int {
      // The same under several options of one choice: one hyperparameter that exists under each of them.
      if let parent,
        let place = found.firstIndex(where: {
          $0.parent == parent.place && $0.path == target.path && $0.domain == domain
            && $0.key.text == entry.key.text
        })
      {
        found[place].options.append((parent.label, parent.option))
        return place
      }
      found.append(
        Found(
          key: entry.key, hyperparameter: hyperparameter, path: target.path, domain: domain,
          parent: parent?.place,
          options: parent.map { [($0.label, $0.option)] } ?? [], name: entry.key.text))
      return found.count - 1
    }
    guard case .mapping(let branches, let span) = entry.value else {
      guard let domain = DomainReading(reading: reading).domain(entry.value, for: hyperparameter, log: &log)
      else { return false }
      _ = add(domain)
      return true
    }
    guard !branches.isEmpty else {
      log.error(.badSpace, "'\(hyperparameter.name)' has no value to choose from", at: span)
      return false
    }
    var options: [(value: Setting, children: [(YAMLEntry, Target)])] = []
    var isSound = true
    for branch in branches {
      if let option = option(branch, of: target, &log) {
        options.append(option)
      } else {
        isSound = false
      }
    }
    guard isSound else { return false }
    guard Set(options.map(\.value)).count == options.count else {
      log.error(.badSpace, "'\(hyperparameter.name)' lists a value twice", at: span)
      return false
    }
    let place = add(.choice(options.map(\.value)))
    for (branch, option) in zip(branches, options) {
      for (child, inner) in option.children {
        let under = (place, branch.key.text, option.value)
        if !read(child, inner, under: under, &found, &log) { isSound = false }
      }
    }
    return isSound
  }

  /// One option of a choice: its value, with what is fixed in it, and what is searched under it.
  private func option(
    _ branch: YAMLEntry, of choice: Target, _ log: inout DiagnosticLog
  ) -> (value: Setting, children: [(YAMLEntry, Target)])? {
    let entries: [YAMLEntry]
    switch branch.value {
    case .mapping(let inner, _): entries = inner
    case .scalar(let scalar) where scalar.text.isEmpty || scalar.text == "null": entries = []
    default:
      log.error(
        .wrongType, "what exists under '\(branch.key.text)' must be a map, not \(branch.value.kindName)",
        at: branch.value.span, fix: "write '\(branch.key.text): {}', or its hyperparameters")
      return nil
    }
    func children(
      _ entries: [YAMLEntry], of owner: PartDeclaration, at path: [String]
    ) -> [(YAMLEntry, Target)]? {
      let children = entries.compactMap { entry -> (YAMLEntry, Target)? in
        guard let inner = owner.hyperparameters.first(where: { $0.name == entry.key.text }) else {
          reading.reportUnknown(entry.key, of: [owner], log: &log)
          return nil
        }
        return (entry, Target(hyperparameter: inner, path: path + [inner.name], owner: owner))
      }
      return children.count == entries.count ? children : nil
    }
    guard case .part(let family) = choice.hyperparameter.kind else {
      guard let value = reading.value(.scalar(branch.key), for: choice.hyperparameter, log: &log),
        let children = children(entries, of: choice.owner, at: choice.path.dropLast())
      else { return nil }
      return (value, children)
    }
    // What is written as one value is fixed; ranges, lists and maps are searched.
    let isSearched = { (entry: YAMLEntry) in entry.value.scalar == nil || DomainReading.isRange(entry.value) }
    let fixed = YAMLEntry(
      key: branch.key, value: .mapping(entries.filter { !isSearched($0) }, branch.value.span))
    guard
      let (declaration, settings) = reading.part(
        .mapping([fixed], branch.key.span), family: family, log: &log),
      let children = children(entries.filter(isSearched), of: declaration, at: choice.path)
    else { return nil }
    return (.part(declaration.name, settings), children)
  }

  /// Whether a key belongs to a part that is itself searched, which is a mistake.
  private func isInsideChoice(
    _ key: YAMLScalar, _ path: [String], _ entries: [YAMLEntry], _ log: inout DiagnosticLog
  ) -> Bool {
    guard path.count > 1, let choice = entries.first(where: { $0.key.text == path[0] }) else { return false }
    log.error(
      .badSpace, "'\(key.text)' belongs to '\(path[0])', which is searched itself", at: key.span,
      note: "it does not exist under every \(path[0])",
      fix: "write it under its option, such as '\(choice.key.text): {option: {\(key.text): …}}'")
    return true
  }

  /// Gives hyperparameters that several options have, with different ranges, the names `option-key`.
  private func settleNames(_ found: inout [Found], _ log: inout DiagnosticLog) -> Bool {
    func count(_ name: String) -> Int { found.count { $0.name == name } }
    let ambiguous = found.indices.filter { count(found[$0].name) > 1 && found[$0].parent != nil }
    for place in ambiguous { found[place].name = "\(found[place].options[0].label)-\(found[place].key.text)" }
    guard let twice = found.first(where: { count($0.name) > 1 }) else { return true }
    log.error(
      .badSpace, "two hyperparameters of the space are called '\(twice.name)'", at: twice.key.span,
      note:
        "where options have the same hyperparameter with different ranges, its columns are named option-key")
    return false
  }

  /// The procedure's own hyperparameter of that name, else that of a part it uses.
  private func find(_ key: YAMLScalar, log: inout DiagnosticLog) -> Target? {
    if let own = procedure.hyperparameters.first(where: { $0.name == key.text }) {
      return Target(hyperparameter: own, path: [own.name], owner: procedure)
    }
    var declarations = [procedure]
    var found: [Target] = []
    for hyperparameter in procedure.hyperparameters {
      guard case .part(let family) = hyperparameter.kind,
        case .part(let name, _)? = settings[hyperparameter.name],
        let declaration = reading.catalogue[family, name]
      else { continue }
      declarations.append(declaration)
      if let inner = declaration.hyperparameters.first(where: { $0.name == key.text }) {
        found.append(
          Target(hyperparameter: inner, path: [hyperparameter.name, inner.name], owner: declaration))
      }
    }
    if found.count == 1 { return found[0] }
    if found.count > 1 {
      log.error(
        .badSpace,
        "'\(key.text)' is a hyperparameter of several parts: \(found.map { $0.path[0] }.joined(separator: ", "))",
        at: key.span)
    } else {
      reading.reportUnknown(key, of: declarations, log: &log)
    }
    return nil
  }
}
