import Diagnostics
import Experiments
import Markup
import Protocols

/// Checks that a cell's tuning and its evaluation share neither seeds nor rows, on the data themselves.
struct SeparationCheck {
  let resolver: any DataResolver

  func check(_ cell: CellDeclaration, tree: YAMLNode, rule: any Rule.Type, log: inout DiagnosticLog) {
    let evaluate = place(tree, ["evaluate", "data"])
    if let tuning = cell.tuning {
      seeds(tuning.seeds, cell.evaluationSeeds, tree, &log)
      let tune = place(tree, ["tune", "data"])
      inside(tuning.data, "tune", tune, &log)
      if !rule.isLeaky, let score = cell.evaluationData[.score] {
        for (role, reference) in tuning.data.sorted(by: { $0.key < $1.key }) {
          let shared = shared(score, reference, evaluate, &log)
          guard shared > 0 else { continue }
          log.error(
            .overlappingRows,
            "'evaluate.data.score' shares \(shared) \(shared == 1 ? "row" : "rows") with 'tune.data.\(role.rawValue)'",
            at: place(tree, ["evaluate", "data", "score"]),
            note: "'\(score.text)' and '\(reference.text)': a row that is scored must not have been seen in tuning",
            fix: "score on rows that no role of 'tune.data' holds, or name the protocol 'conventional'")
        }
      }
    }
    inside(cell.evaluationData, "evaluate", evaluate, &log)
  }

  private func seeds(_ tuning: [Int], _ evaluation: [Int], _ tree: YAMLNode, _ log: inout DiagnosticLog) {
    let shared = tuning.filter(evaluation.contains)
    guard let first = shared.first else { return }
    let which = shared.count == 1 ? "the seed \(first)" : "\(shared.count) seeds, \(first) the first"
    log.error(
      .overlappingSeeds, "tuning and evaluation share \(which)", at: place(tree, ["evaluate", "seeds"]),
      note: "a configuration chosen for its luck on a seed would be scored on the same luck",
      fix: "keep tuning seeds and evaluation seeds apart, such as '0 .. 4' and '1000 .. 1009'")
  }

  /// Rows to learn from and rows to be scored on, of one phase.
  private func inside(
    _ data: [DataRole: DataReference], _ phase: String, _ span: SourceSpan, _ log: inout DiagnosticLog
  ) {
    guard let score = data[.score] else { return }
    for (role, reference) in data.sorted(by: { $0.key < $1.key }) where role != .score {
      let shared = shared(score, reference, span, &log)
      guard shared > 0 else { continue }
      log.error(
        .overlappingRows,
        "'\(phase).data.score' shares \(shared) \(shared == 1 ? "row" : "rows") with '\(phase).data.\(role.rawValue)'",
        at: span, note: "'\(score.text)' and '\(reference.text)': a learner must not be scored on rows it learned from",
        fix: "use other parts of the data set for '\(role.rawValue)' and 'score'")
    }
  }

  private func shared(
    _ a: DataReference, _ b: DataReference, _ span: SourceSpan, _ log: inout DiagnosticLog
  ) -> Int {
    do {
      return try resolver.sharedRows(a, b)
    } catch let problem as DataProblem {
      log.error(problem.code, problem.message, at: span, note: problem.note, fix: problem.fix)
    } catch {
      log.error(.unreadableFile, "the data cannot be read: \(error)", at: span)
    }
    return 0
  }

  /// The deepest part of a path that the author wrote.
  private func place(_ tree: YAMLNode, _ path: [String]) -> SourceSpan {
    for length in stride(from: path.count, through: 0, by: -1) {
      if let node = tree.value(at: path.prefix(length)) { return node.span }
    }
    return tree.span
  }
}
