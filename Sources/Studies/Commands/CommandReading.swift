import Diagnostics
import Experiments
import Markup
import Parts

/// An author's program as its experiment declares it: how it is called, and what it is to the rest of the study.
package struct DeclaredCommand: Sendable {
  package let call: CommandCall
  /// The words of a program that must succeed where the command is to run; empty where nothing is asked.
  package let requirement: [String]
  /// The catalogue in which `command` is the procedure declared here, and its measures the only ones.
  let catalogue: PartCatalogue
}

/// The files beside a study that its programs consist of.
struct CommandFiles {
  let studyPath: String
  let resolver: any DataResolver
  /// All that programs and data of the study read, relative to its folder.
  let read: [String]

  var folder: String {
    studyPath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
  }
}

/// Reading of `command`, which an experiment has whose procedure is `command`.
struct CommandReading {
  let settings: SettingReading
  let files: CommandFiles

  static let keys = [
    "run", "build", "files", "environment", "settings", "roles", "kind", "measures", "steps", "keeps",
    "takes",
    "resource", "time-limit", "requires",
  ]

  /// The name that stands for an author's program among the procedures.
  static let procedure = "command"

  func command(_ node: YAMLNode, log: inout DiagnosticLog) -> DeclaredCommand? {
    guard let reader = KeyReader(node, subject: "'command'", known: Self.keys, log: &log) else { return nil }
    let run = reader.required("run", example: "[python3, train.py]", log: &log)
      .flatMap { words($0, "run", log: &log) }
    let build = reader("build").map { words($0, "build", log: &log) } ?? []
    let requirement = reader("requires").map { words($0, "requires", log: &log) } ?? []
    let files = self.files(reader("files"), log: &log)
    let environment = self.environment(reader("environment"), log: &log)
    let artefacts = kinds(reader("keeps"), "keeps", log: &log)
    let inputs = kinds(reader("takes"), "takes", log: &log)
    let limit = timeLimit(reader("time-limit"), log: &log)
    let hyperparameters = CommandSettings(reading: settings).hyperparameters(reader("settings"), log: &log)
    let roles = self.roles(reader("roles"), log: &log)
    let kind = self.kind(reader("kind"), log: &log)
    let measures = self.measures(reader, log: &log)
    let steps = names(reader("steps"), "steps", log: &log)
    let resource = hyperparameters.flatMap { self.resource(reader("resource"), $0, log: &log) }
    guard let run, let build, let requirement, let files, let environment, let artefacts, let inputs,
      let limit,
      let hyperparameters, let roles, let kind, let measures, let steps, let resource
    else { return nil }
    let call = CommandCall(
      run: run, build: build, files: files, environment: environment,
      artefacts: Dictionary(
        uniqueKeysWithValues: artefacts + (resource == nil ? [] : [(PartialRuns.name, .state)])),
      timeLimitSeconds: limit,
      folder: self.files.folder, others: self.files.read)
    let procedure = PartDeclaration(
      command: Self.procedure, revision: CommandCall.contract, hyperparameters: hyperparameters, roles: roles,
      predictions: kind, steps: steps,
      artefacts: artefacts.map { name, kind in
        ArtefactDeclaration(
          name, kind, items: kind.isAboutItems ? [.calibrate, .score] : [],
          columns: kind == .scores ? [OwnColumn(name, .items, "given by the command")] : [], "")
      },
      inputs: inputs.map { InputDeclaration($0, $1, takesSeveral: true, isRequired: true, "") },
      resource: resource)
    let declared = [procedure] + measures.map { PartDeclaration(measure: $0, largerIsBetter: $1) }
    return DeclaredCommand(
      call: call, requirement: requirement,
      catalogue: PartCatalogue(settings.catalogue.declarations.filter { $0.family != .measure } + declared))
  }

  /// The files that an experiment's program declares, as written.
  static func declaredFiles(_ tree: YAMLNode) -> [String] {
    switch tree.value(at: ["command", "files"]) {
    case .scalar(let scalar)?: [scalar.text]
    case .sequence(let items, _)?: items.compactMap { $0.scalar?.text }
    default: []
    }
  }

  /// A program and its arguments: a list of texts, or one text that is cut at its spaces.
  private func words(_ node: YAMLNode, _ key: String, log: inout DiagnosticLog) -> [String]? {
    let words: [String]
    switch node {
    case .scalar(let scalar): words = scalar.text.split(separator: " ").map(String.init)
    case .sequence(let items, _) where items.allSatisfy({ $0.scalar != nil }):
      words = items.compactMap { $0.scalar?.text }
    default:
      log.error(
        .wrongType, "'\(key)' must be a list of words", at: node.span,
        fix: "write '\(key): [python3, train.py]'")
      return nil
    }
    if words.isEmpty || words[0].isEmpty {
      log.error(
        .missingKey, "'\(key)' names no program", at: node.span, fix: "write '\(key): [python3, train.py]'")
      return nil
    }
    if words.contains(where: { $0.contains("\0") }) {
      log.error(.outOfRange, "'\(key)' has a word with a null character", at: node.span)
      return nil
    }
    return words
  }

  private func files(_ node: YAMLNode?, log: inout DiagnosticLog) -> [CommandCall.File]? {
    guard let node else { return [] }
    guard let names = node.texts("files", log: &log) else { return nil }
    let files = names.compactMap { name -> CommandCall.File? in
      guard let path = StudyFolder.resolve(name, beside: self.files.studyPath, log: &log) else { return nil }
      guard let digest = self.files.resolver.digest(ofFile: path) else {
        log.error(
          .missingFile, "there is no file '\(name.text)' beside the study", at: name.span,
          fix: "put the file there, or correct 'files'")
        return nil
      }
      let relative = name.text.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
      return CommandCall.File(path: relative, digest: digest)
    }
    return files.count == names.count ? files : nil
  }

  private func environment(_ node: YAMLNode?, log: inout DiagnosticLog) -> [String: String]? {
    guard let node else { return [:] }
    guard case .mapping(let entries, _) = node else {
      log.error(.wrongType, "'environment' must be a map of names, not \(node.kindName)", at: node.span)
      return nil
    }
    var environment: [String: String] = [:]
    for entry in entries {
      guard let value = entry.value.text(entry.key.text, log: &log) else { return nil }
      let name = entry.key.text
      guard !name.isEmpty, !name.contains("="), !name.contains("\0"), !value.text.contains("\0") else {
        log.error(.outOfRange, "'\(name)' cannot name a variable", at: entry.key.span)
        return nil
      }
      environment[name] = value.text
    }
    return environment
  }

  /// `{weights: weights, el2n: scores}`: names and what they are.
  private func kinds(
    _ node: YAMLNode?, _ key: String, log: inout DiagnosticLog
  ) -> [(String, ArtefactKind)]? {
    guard let node else { return [] }
    guard case .mapping(let entries, _) = node else {
      log.error(
        .wrongType, "'\(key)' must be a map of names to kinds, not \(node.kindName)", at: node.span,
        fix: "write '\(key): {weights: weights}'")
      return nil
    }
    // Predictions are named columns, which the contract of programs does not have; a state comes with a resource.
    let known = ArtefactKind.allCases.filter { ![.predictions, .state].contains($0) }.map(\.rawValue)
    let found = entries.compactMap { entry -> (String, ArtefactKind)? in
      guard let name = name(entry.key, log: &log), let scalar = entry.value.text(name, log: &log) else {
        return nil
      }
      guard known.contains(scalar.text), let kind = ArtefactKind(rawValue: scalar.text) else {
        log.error(
          .outOfRange, "an artefact cannot be '\(scalar.text)'", at: scalar.span,
          note: "it is \(known.joined(separator: ", "))",
          fix: nearestName(to: scalar.text, in: known).map { "write '\($0)'" })
        return nil
      }
      return (name, kind)
    }
    if let entry = entries.first(where: { $0.key.text == PartialRuns.name }) {
      log.error(
        .duplicateName, "'\(PartialRuns.name)' is the name of what a run goes on from", at: entry.key.span,
        fix: "choose another name, or declare the 'resource' in which runs are counted")
      return nil
    }
    return found.count == entries.count ? found : nil
  }

  /// The limit in seconds; an outer nil is a mistake.
  private func timeLimit(_ node: YAMLNode?, log: inout DiagnosticLog) -> Double?? {
    guard let node else { return .some(nil) }
    guard let text = node.scalar?.text, let seconds = ScalarReading.number(text), seconds > 0 else {
      log.error(
        .wrongType, "'time-limit' must be a number of seconds above 0, not \(node.kindName)", at: node.span)
      return nil
    }
    return .some(seconds)
  }

  /// The setting that says how long a run is; an outer nil is a mistake.
  private func resource(
    _ node: YAMLNode?, _ settings: [Hyperparameter], log: inout DiagnosticLog
  ) -> String?? {
    guard let node else { return .some(nil) }
    guard let scalar = node.text("resource", log: &log) else { return nil }
    let counts = settings.filter { if case .integer = $0.kind { true } else { false } }.map(\.name)
    if counts.contains(scalar.text) { return .some(scalar.text) }
    log.error(
      .outOfRange, "the resource '\(scalar.text)' is no setting that counts", at: scalar.span,
      note: "it is the 'integer' setting that says how long a run is"
        + (counts.isEmpty ? "" : ": \(counts.joined(separator: ", "))"),
      fix: nearestName(to: scalar.text, in: counts).map { "write '\($0)'" })
    return nil
  }

  private func roles(_ node: YAMLNode?, log: inout DiagnosticLog) -> [DataRole]? {
    guard let node else { return [.fit, .score] }
    guard let names = node.texts("roles", log: &log) else { return nil }
    let known = DataRole.allCases.map(\.rawValue)
    let roles = names.compactMap { name -> DataRole? in
      if let role = DataRole(rawValue: name.text) { return role }
      log.error(
        .outOfRange, "there is no role '\(name.text)'", at: name.span,
        note: "a role is \(known.joined(separator: ", "))",
        fix: nearestName(to: name.text, in: known).map { "write '\($0)'" })
      return nil
    }
    return roles.count == names.count ? roles : nil
  }

  /// The kind of target it learns; an outer nil is a mistake, an inner one any kind.
  private func kind(_ node: YAMLNode?, log: inout DiagnosticLog) -> TargetKind?? {
    guard let node else { return .some(nil) }
    guard let scalar = node.text("kind", log: &log) else { return nil }
    if let kind = TargetKind(rawValue: scalar.text) { return .some(kind) }
    log.error(
      .outOfRange, "'kind' cannot be '\(scalar.text)'", at: scalar.span,
      note: "it is classification or regression")
    return nil
  }

  /// `{accuracy: larger, loss: smaller}`: what the program reports, and which values are better.
  private func measures(_ reader: KeyReader, log: inout DiagnosticLog) -> [(String, Bool)]? {
    guard let node = reader.required("measures", example: "{accuracy: larger}", log: &log) else { return nil }
    guard case .mapping(let entries, _) = node, !entries.isEmpty else {
      log.error(
        .wrongType, "'measures' must be a map of names to 'larger' or 'smaller', not \(node.kindName)",
        at: node.span, fix: "write 'measures: {accuracy: larger}'")
      return nil
    }
    let found = entries.compactMap { entry -> (String, Bool)? in
      guard let name = name(entry.key, log: &log), let scalar = entry.value.text(name, log: &log) else {
        return nil
      }
      guard ["larger", "smaller"].contains(scalar.text) else {
        log.error(
          .outOfRange, "'\(name)' cannot be better when it is '\(scalar.text)'", at: scalar.span,
          fix: "write 'larger' or 'smaller'")
        return nil
      }
      return (name, scalar.text == "larger")
    }
    return found.count == entries.count ? found : nil
  }

  private func names(_ node: YAMLNode?, _ key: String, log: inout DiagnosticLog) -> [String]? {
    guard let node else { return [] }
    guard let names = node.texts(key, log: &log) else { return nil }
    let sound = names.compactMap { name($0, log: &log) }
    return sound.count == names.count ? sound : nil
  }

  private func name(_ scalar: YAMLScalar, log: inout DiagnosticLog) -> String? {
    if isKebabCase(scalar.text) { return scalar.text }
    log.error(
      .badBlockName, "'\(scalar.text)' cannot name a column", at: scalar.span,
      note: "a name is lower-case words joined by hyphens")
    return nil
  }
}
