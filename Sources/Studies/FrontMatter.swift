import Diagnostics
import Experiments
import Markup

/// The study's head: what it is called, which paper it tests, its own data and its profiles.
package struct FrontMatter: Sendable {
  package let title: String
  package let paper: String?
  /// The resampling units of tables, charts and inline values; `[search, seed]` where silent.
  package let unit: [String]
  let data: [String: DeclaredFile]
  /// Profiles other than `full`, by name: paths with the restricted values.
  let profiles: [String: [ProfileEntry]]
  /// The names of the profiles that restrict the document.
  package var profileNames: [String] { profiles.keys.sorted() }

  /// One of the author's own tables and the place that names its file; nil where the declaration is a mistake.
  struct DeclaredFile: Sendable {
    let file: AuthorFile?
    let span: SourceSpan
  }

  struct ProfileEntry: Sendable {
    let key: YAMLScalar
    let block: String
    let path: [String]
    let value: YAMLNode
  }

  static let keys = ["title", "paper", "data", "profiles", "unit"]

  /// - Parameter names: the registered data sets, whose names the author's own may not take.
  static func read(
    _ document: MarkdownDocument, registered names: [String], log: inout DiagnosticLog
  ) -> FrontMatter? {
    guard let text = document.frontMatter else {
      log.error(
        .missingFrontMatter, "the study has no front matter", at: document.source.span(ofLine: 1),
        fix: "begin the file with '---', 'title: …' and '---'")
      return nil
    }
    guard let node = YAMLReader.read(text, log: &log),
      let reader = KeyReader(node, subject: "the front matter", known: keys, log: &log)
    else { return nil }
    let title = reader.required("title", example: "What the study asks", log: &log)?.text("title", log: &log)
    let paper = reader("paper")?.text("paper", log: &log)?.text
    let unit = reader("unit")?.texts("unit", log: &log)?.map(\.text) ?? ["search", "seed"]
    return FrontMatter(
      title: title?.text ?? "", paper: paper, unit: unit,
      data: reader("data").map { files($0, studyPath: document.source.path, registered: names, log: &log) }
        ?? [:],
      profiles: reader("profiles").map { profiles($0, log: &log) } ?? [:])
  }

  /// `mine: {file: own.csv, target: outcome, group: patient, kind: classification}`; for a classifier's outputs also
  /// `item: id, holds: probabilities`.
  private static func files(
    _ node: YAMLNode, studyPath: String, registered names: [String], log: inout DiagnosticLog
  ) -> [String: DeclaredFile] {
    guard case .mapping(let entries, _) = node else {
      log.error(.wrongType, "'data' must be a map of names, not \(node.kindName)", at: node.span)
      return [:]
    }
    var files: [String: DeclaredFile] = [:]
    for entry in entries {
      files[entry.key.text] = DeclaredFile(file: nil, span: entry.value.span)
      guard
        let reader = KeyReader(
          entry.value, subject: "the data '\(entry.key.text)'",
          known: ["file", "target", "group", "kind", "item", "holds"], log: &log),
        let file = reader.required("file", example: "own.csv", log: &log)?.text("file", log: &log),
        let target = reader.required("target", example: "outcome", log: &log)?.text("target", log: &log),
        let kindName = reader.required("kind", example: "classification", log: &log)?.text("kind", log: &log)
      else { continue }
      guard let kind = TargetKind(rawValue: kindName.text) else {
        log.error(
          .outOfRange, "'kind' cannot be '\(kindName.text)'", at: kindName.span,
          note: "it is classification or regression",
          fix: nearestName(to: kindName.text, in: TargetKind.allCases.map(\.rawValue)).map { "write '\($0)'" }
        )
        continue
      }
      guard let holds = content(reader, of: kind, log: &log) else { continue }
      if names.contains(entry.key.text) {
        log.error(
          .duplicateName, "'\(entry.key.text)' is the name of a registered data set", at: entry.key.span,
          fix: "choose another name")
      }
      guard let path = StudyFolder.resolve(file, beside: studyPath, log: &log) else { continue }
      files[entry.key.text] = DeclaredFile(
        file: AuthorFile(
          name: entry.key.text, path: path, target: target.text,
          group: reader("group")?.text("group", log: &log)?.text, kind: kind,
          item: reader("item")?.text("item", log: &log)?.text, holds: holds), span: file.span)
    }
    return files
  }

  /// What a table's columns are; nil after a mistake.
  private static func content(
    _ reader: KeyReader, of kind: TargetKind, log: inout DiagnosticLog
  ) -> TableContent? {
    guard let scalar = reader("holds") else { return .features }
    guard let text = scalar.text("holds", log: &log) else { return nil }
    let known = TableContent.allCases.map(\.rawValue)
    guard let content = TableContent(rawValue: text.text) else {
      log.error(
        .outOfRange, "'holds' cannot be '\(text.text)'", at: text.span,
        note: "it is \(known.joined(separator: ", "))",
        fix: nearestName(to: text.text, in: known).map { "write '\($0)'" })
      return nil
    }
    if content == .features || kind == .classification { return content }
    log.error(
      .outOfRange, "a table for regression holds no \(content.rawValue)", at: text.span,
      note: "a classifier's outputs have a column for each class", fix: "write 'kind: classification'")
    return nil
  }

  private static func profiles(
    _ node: YAMLNode, log: inout DiagnosticLog
  ) -> [String: [ProfileEntry]] {
    guard case .mapping(let entries, _) = node else {
      log.error(.wrongType, "'profiles' must be a map, not \(node.kindName)", at: node.span)
      return [:]
    }
    var profiles: [String: [ProfileEntry]] = [:]
    for entry in entries {
      guard entry.key.text != "full" else {
        log.error(
          .unknownProfile, "the profile 'full' is the document itself", at: entry.key.span,
          fix: "restrict it under another name, such as 'quick'")
        continue
      }
      guard isKebabCase(entry.key.text) else {
        log.error(
          .unknownProfile, "'\(entry.key.text)' cannot name a profile", at: entry.key.span,
          note:
            "a name is lower-case words joined by hyphens; reports of the profile lie in a folder of that name"
        )
        continue
      }
      guard case .mapping(let paths, _) = entry.value else {
        log.error(
          .wrongType, "a profile must be a map of paths, not \(entry.value.kindName)", at: entry.value.span)
        continue
      }
      profiles[entry.key.text] = paths.compactMap { path in
        let steps = path.key.text.split(separator: ".").map(String.init)
        guard steps.count >= 2 else {
          log.error(
            .unknownKey, "'\(path.key.text)' is not a path into a block", at: path.key.span,
            fix: "write the block's name first, such as 'honest.evaluate.seeds'")
          return nil
        }
        return ProfileEntry(key: path.key, block: steps[0], path: Array(steps.dropFirst()), value: path.value)
      }
    }
    return profiles
  }
}
