import Diagnostics
import Experiments
import Markup
import Parts

/// Reading of data by role: `{fit: digits/part 1-3 of 5, score: digits/part 4 of 5}`.
///
/// A subset that starts with a step instead of a name is relative to the experiment's `data`.
struct DataReading {
  let catalogue: PartCatalogue
  /// The author's own tables by name; nil where one is a mistake that was reported at its declaration.
  let files: [String: AuthorFile?]
  let resolver: any DataResolver

  /// Reads each of the author's tables once, so that its mistakes are reported where it is declared.
  static func readable(
    _ declared: [String: FrontMatter.DeclaredFile], resolver: any DataResolver, log: inout DiagnosticLog
  ) -> [String: AuthorFile?] {
    var files: [String: AuthorFile?] = [:]
    for (name, declaration) in declared.sorted(by: { $0.key < $1.key }) {
      files[name] = .some(nil)
      guard let file = declaration.file else { continue }
      do {
        let source = DataSource.file(file)
        let whole = DataReference(source: source, steps: [], content: try resolver.content(of: source))
        _ = try resolver.rowCount(whole)
        files[name] = file
      } catch {
        report(error, at: declaration.span, log: &log)
      }
    }
    return files
  }

  /// The base that relative subsets start from: `digits`, `digits/part 1 of 8` or `{set: digits, part: 1, of: 8}`.
  func base(_ node: YAMLNode, log: inout DiagnosticLog) -> DataReference? {
    if let scalar = node.scalar { return reference(scalar, base: nil, log: &log) }
    guard let reader = KeyReader(node, subject: "'data'", known: ["set", "part", "of"], log: &log),
      let set = reader.required("set", example: "digits", log: &log)?.text("set", log: &log),
      let whole = reference(set, base: nil, log: &log)
    else { return nil }
    let part = reader("part")?.integer("part", in: 1...1000, log: &log)
    let count = reader("of")?.integer("of", in: 1...1000, log: &log)
    guard reader("part") != nil || reader("of") != nil else { return whole }
    guard let part, let count else {
      if reader("part") == nil || reader("of") == nil {
        log.error(.missingKey, "'part' and 'of' of 'data' belong together", at: node.span)
      }
      return nil
    }
    guard part <= count else {
      log.error(.badSubset, "there is no part \(part) of \(count)", at: reader("part")!.span)
      return nil
    }
    guard count > 1 else { return whole }
    return DataReference(
      source: whole.source, steps: whole.steps + [.parts([part], of: count)], content: whole.content)
  }

  /// Rows by role; every role the procedure declares, and no other.
  func roles(
    _ node: YAMLNode, key: String, procedure: PartDeclaration, base: DataReference?, log: inout DiagnosticLog
  ) -> [DataRole: DataReference]? {
    let known = (procedure.roles + procedure.optionalRoles).map(\.rawValue)
    guard
      let reader = KeyReader(node, subject: "'\(key)'", known: known.isEmpty ? ["score"] : known, log: &log)
    else { return nil }
    var references: [DataRole: DataReference] = [:]
    let given = procedure.optionalRoles.filter { reader($0.rawValue) != nil }
    for role in procedure.roles + given {
      guard let scalar = reader(role.rawValue)?.text(role.rawValue, log: &log) else {
        if reader(role.rawValue) == nil, !reader.isMistyped(role.rawValue) {
          log.error(
            .missingRole, "'\(key)' lacks the role '\(role.rawValue)'", at: node.span,
            note: "'\(procedure.name)' opens \(procedure.roles.map(\.rawValue).joined(separator: ", "))",
            fix: "add '\(role.rawValue): \(base == nil ? "digits/" : "")part 1 of 5'")
        }
        continue
      }
      references[role] = reference(scalar, base: base, log: &log).flatMap {
        fits($0, procedure, at: scalar.span, &log) ? $0 : nil
      }
    }
    return references.count == procedure.roles.count + given.count ? references : nil
  }

  /// Whether a procedure can learn the target of those data: a class, or a number.
  private func fits(
    _ reference: DataReference, _ procedure: PartDeclaration, at span: SourceSpan, _ log: inout DiagnosticLog
  ) -> Bool {
    let kind: TargetKind?
    switch reference.source {
    case .registered(let name): kind = catalogue[.dataset, name]?.dataset?.kind
    case .file(let file): kind = file.kind
    }
    guard let kind, let wanted = procedure.predictions, kind != wanted else { return true }
    let fitting = catalogue.declarations.filter { $0.family == .procedure && $0.predictions == kind }.map(
      \.name)
    log.error(
      .wrongType, "'\(reference.setName)' is for \(kind.rawValue), which '\(procedure.name)' does not do",
      at: span,
      fix: "use the procedure \(fitting.joined(separator: " or ")), or other data")
    return false
  }

  private func reference(
    _ scalar: YAMLScalar, base: DataReference?, log: inout DiagnosticLog
  ) -> DataReference? {
    let path: SubsetPath
    do throws(SubsetPathError) {
      path = try SubsetPath.parse(scalar.text)
    } catch {
      log.error(
        .badSubset, error.message, at: scalar.part(offset: error.offset, length: error.length), fix: error.fix
      )
      return nil
    }
    let result: DataReference
    if let name = path.set {
      guard let source = source(name, span: scalar.span, log: &log) else { return nil }
      do {
        result = DataReference(source: source, steps: path.steps, content: try resolver.content(of: source))
      } catch {
        Self.report(error, at: scalar.span, log: &log)
        return nil
      }
    } else if let base {
      result = DataReference(source: base.source, steps: base.steps + path.steps, content: base.content)
    } else {
      log.error(
        .badSubset, "'\(scalar.text)' does not name a data set", at: scalar.span,
        note: "a subset without a name is relative to the experiment's 'data'",
        fix: "write 'digits/\(scalar.text)', or add 'data: digits' to the experiment")
      return nil
    }
    do {
      if try resolver.rowCount(result) == 0 {
        log.error(.emptySubset, "'\(result.text)' has no rows", at: scalar.span)
        return nil
      }
    } catch {
      Self.report(error, at: scalar.span, log: &log)
      return nil
    }
    return result
  }

  private func source(_ name: String, span: SourceSpan, log: inout DiagnosticLog) -> DataSource? {
    if let declared = files[name] { return declared.map(DataSource.file) }
    if catalogue[.dataset, name] != nil { return .registered(name) }
    let names = catalogue.names(.dataset) + files.keys.sorted()
    log.error(
      .unknownData, "unknown data '\(name)'", at: span, note: "known: \(names.joined(separator: ", "))",
      fix: nearestName(to: name, in: names).map { "write '\($0)'" })
    return nil
  }

  private static func report(_ error: any Error, at span: SourceSpan, log: inout DiagnosticLog) {
    if let problem = error as? DataProblem {
      log.error(problem.code, problem.message, at: span, note: problem.note, fix: problem.fix)
    } else {
      log.error(.unreadableFile, "the data cannot be read: \(error)", at: span)
    }
  }
}
