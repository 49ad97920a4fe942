import Diagnostics
import Experiments
import Markup
import Parts
import Protocols

/// Reading of how a protocol of cross-validation splits its data: `evaluate: {outer: 5}`, `tune: {inner: 4}`.
struct SplitReading {
  let rule: any Rule.Type
  let resolver: any DataResolver
  /// The cell's tree.
  let tree: YAMLNode

  /// The keys that say how rows are split, in `evaluate` and in `tune`.
  static let evaluateKeys = ["folds", "outer"]
  static let tuneKey = "inner"

  /// Whether the tree says nothing that has no place under its protocol.
  func isInPlace(_ log: inout DiagnosticLog) -> Bool {
    let known = log.sorted.count
    guard let validating = rule.crossValidation else {
      let paths = Self.evaluateKeys.map { ["evaluate", $0] } + [["tune", Self.tuneKey]]
      for path in paths {
        guard let node = tree.value(at: path) else { continue }
        log.error(
          .wrongProtocol, "'\(path.joined(separator: "."))' has no place under '\(rule.name)'", at: node.span,
          note: "only protocols of cross-validation split rows by seed",
          fix:
            "drop it, or write 'protocol: \(path.last == "folds" ? "cross-validation" : "nested-cross-validation")'"
        )
      }
      return log.sorted.count == known
    }
    for path in [["evaluate", "data"], ["tune", "data"]] {
      guard let node = tree.value(at: path) else { continue }
      log.error(
        .wrongProtocol, "'\(path.joined(separator: "."))' has no place under '\(rule.name)'", at: node.span,
        note: "it splits one data set by seed, so that no row is scored that was seen before",
        fix: "drop it; give the data set as the experiment's 'data'")
    }
    for key in ["keep", "starts-from"] {
      guard let node = tree.value(at: [key]) else { continue }
      log.error(
        .wrongProtocol, "'\(key)' has no place under '\(rule.name)'", at: node.span,
        note: "rows change roles from split to split, so nothing may pass from one experiment to another",
        fix: "use 'tuning-evaluation' for stages")
    }
    for key in Self.evaluateKeys where key != validating.key {
      guard let node = tree.value(at: ["evaluate", key]) else { continue }
      log.error(
        .wrongProtocol, "'evaluate.\(key)' has no place under '\(rule.name)'", at: node.span,
        fix: "write '\(validating.key)'")
    }
    return log.sorted.count == known
  }

  /// The cells that a cell becomes, one for each split of each seed; nil after a mistake.
  ///
  /// - Parameter rows: the experiment's data.
  func cells(
    _ cell: CellDeclaration, procedure: PartDeclaration, rows: DataReference?, log: inout DiagnosticLog
  ) -> [CellDeclaration]? {
    guard let validating = rule.crossValidation else { return [cell] }
    guard let rows else {
      log.error(
        .missingKey, "the protocol '\(rule.name)' needs 'data'", at: tree.span,
        note: "it splits one data set by seed", fix: "add 'data: digits' to the experiment")
      return nil
    }
    guard procedure.roles == [.fit, .score] else {
      log.error(
        .wrongProtocol, "'\(procedure.name)' cannot be cross-validated", at: tree.span,
        note: "a split has rows to fit and rows to score, and '\(procedure.name)' opens "
          + (procedure.roles.isEmpty ? "none" : procedure.roles.map(\.rawValue).joined(separator: ", ")))
      return nil
    }
    guard let outer = division(["evaluate", validating.key], &log) else { return nil }
    var inner: Division?
    if cell.tuning != nil {
      inner = division(["tune", Self.tuneKey], &log)
      if inner == nil { return nil }
    }
    let pool: SeedPool = cell.isAuxiliary ? .auxiliary : .evaluation
    var cells: [CellDeclaration] = []
    for seed in cell.evaluationSeeds {
      let splits = outer.splits(of: rows, by: SeedPath(pool: pool, seed: seed), trialSeed: seed)
      for split in splits {
        guard areThere(split, ["evaluate", validating.key], &log) else { return nil }
        var tuning = cell.tuning
        if let declared = tuning, let inner, let training = split.data[.fit] {
          let tuningPool: SeedPool = cell.isAuxiliary ? .auxiliary : .tuning
          let scoring = declared.seeds.flatMap { seed in
            validating.isFlat
              ? splits.map { Split(seed: seed, fold: $0.fold, data: $0.data) }
              : inner.splits(of: training, by: SeedPath(pool: tuningPool, seed: seed), trialSeed: seed)
          }
          guard scoring.allSatisfy({ areThere($0, ["tune", Self.tuneKey], &log) }) else { return nil }
          tuning = declared.validated(
            on: validating.isFlat ? [.fit: rows] : [.fit: training], splits: scoring,
            withinFold: !validating.isFlat && split.fold != nil)
        }
        cells.append(cell.split(split, tuning: tuning))
      }
    }
    return cells
  }

  /// `5`, or `{fit: 120, score: 300}`.
  private func division(_ path: [String], _ log: inout DiagnosticLog) -> Division? {
    let name = path.joined(separator: ".")
    guard let node = tree.value(at: path) else {
      let section = tree.value(at: [path[0]]) ?? tree
      log.error(
        .missingKey, "the protocol '\(rule.name)' needs '\(name)'", at: section.span,
        note: path[0] == "tune" ? "a search is scored on splits of each training part" : nil,
        fix: "add '\(path[1]): 5', or '\(path[1]): {fit: 120, score: 300}' for a draw")
      return nil
    }
    guard case .mapping = node else { return node.integer(name, in: 2...1000, log: &log).map(Division.folds) }
    guard let reader = KeyReader(node, subject: "'\(name)'", known: ["fit", "score"], log: &log) else {
      return nil
    }
    let limits = 1...10_000_000
    let fit = reader.required("fit", example: "120", log: &log)?.integer("\(name).fit", in: limits, log: &log)
    let score = reader.required("score", example: "300", log: &log)?
      .integer("\(name).score", in: limits, log: &log)
    guard let fit, let score else { return nil }
    return .draw(fit: fit, score: score)
  }

  /// Whether a split leaves rows on both sides.
  private func areThere(_ split: Split, _ path: [String], _ log: inout DiagnosticLog) -> Bool {
    let span = tree.value(at: path)?.span ?? tree.span
    do {
      for (role, reference) in split.data.sorted(by: { $0.key < $1.key })
      where try resolver.rowCount(reference) == 0 {
        log.error(
          .emptySubset, "'\(path.joined(separator: "."))' leaves a split without a row to \(role.rawValue)",
          at: span, note: "'\(reference.text)' has no rows", fix: "split into fewer folds")
        return false
      }
      return true
    } catch let problem as DataProblem {
      log.error(problem.code, problem.message, at: span, note: problem.note, fix: problem.fix)
    } catch {
      log.error(.unreadableFile, "the data cannot be read: \(error)", at: span)
    }
    return false
  }
}
