import Diagnostics
import Experiments
import Markup
import Protocols

/// Sees to it that a cell's tuning and its evaluation share neither seeds nor rows, on the data themselves.
///
/// Inside one data set an overlap is a mistake. Across data sets twins are left out of `score`, counted and reported.
struct SeparationCheck {
  let resolver: any DataResolver
  let tree: YAMLNode

  /// The cell with separated rows, or nil after a mistake.
  func separated(_ cell: CellDeclaration, rule: any Rule.Type, log: inout DiagnosticLog) -> CellDeclaration? {
    var seen: [(role: String, reference: DataReference, isError: Bool)] = []
    var tuning = cell.tuning
    if let declared = tuning {
      guard seeds(declared.seeds, cell.evaluationSeeds, "tuning", &log) else { return nil }
      guard
        let (data, _) = scoring(declared.data, "tune", against: fits(declared.data, "tune"), &log)
      else { return nil }
      tuning = declared.with(data: data)
      // A leaky twin leaves out the same twins as its honest experiment, so that both score the same rows.
      seen = data.sorted { $0.key < $1.key }.map {
        ("'tune.data.\($0.key.rawValue)'", $0.value, !rule.isLeaky)
      }
    }
    for lineage in cell.inputs.map(\.lineage) {
      for (experiment, tuned) in lineage.tuningSeeds {
        guard seeds(tuned, cell.evaluationSeeds, "the tuning of '\(experiment)'", &log) else { return nil }
      }
      seen += lineage.rows.map { ("'\($0.place)' of '\($0.experiment)'", $0.reference, !rule.isLeaky) }
    }
    guard
      let (data, dropped) = scoring(
        cell.evaluationData, "evaluate", against: seen + fits(cell.evaluationData, "evaluate"), &log)
    else { return nil }
    guard
      let (judged, others) = scoring(
        data, "evaluate", as: .elsewhere, against: seen + fits(cell.evaluationData, "evaluate"), &log)
    else { return nil }
    guard rule.calibrates else {
      return cell.separated(tuning: tuning, evaluationData: judged, droppedTwins: dropped + others)
    }
    let learned = fits(cell.evaluationData, "evaluate").filter { $0.role != "'evaluate.data.calibrate'" }
    guard let (calibrated, twins) = scoring(judged, "evaluate", as: .calibrate, against: seen + learned, &log)
    else { return nil }
    return cell.separated(
      tuning: tuning, evaluationData: calibrated, droppedTwins: dropped + others + twins)
  }

  /// The roles of a phase that rows are learned from.
  private func fits(
    _ data: [DataRole: DataReference], _ phase: String
  ) -> [(role: String, reference: DataReference, isError: Bool)] {
    data.sorted { $0.key < $1.key }.filter { $0.key.isLearnedFrom }.map {
      ("'\(phase).data.\($0.key.rawValue)'", $0.value, true)
    }
  }

  /// The data with a role freed of rows that were seen; nil where they come from the same data set.
  private func scoring(
    _ data: [DataRole: DataReference], _ phase: String, as wanted: DataRole = .score,
    against seen: [(role: String, reference: DataReference, isError: Bool)], _ log: inout DiagnosticLog
  ) -> (data: [DataRole: DataReference], dropped: Int)? {
    guard let score = data[wanted] else { return (data, 0) }
    let span = tree.span(along: [phase, "data", wanted.rawValue])
    var kept = score
    do {
      for (role, reference, isError) in seen {
        let shared = try resolver.sharedRows(kept, reference)
        guard shared > 0 else { continue }
        if reference.content != score.content {
          kept = kept.leavingOut(reference)
        } else if isError {
          log.error(
            .overlappingRows,
            "'\(phase).data.\(wanted.rawValue)' shares \(shared) \(shared == 1 ? "row" : "rows") with \(role)",
            at: span,
            note:
              "'\(score.text)' and '\(reference.text)': a row that is \(Self.use(wanted)) must not have been seen before",
            fix: "\(wanted == .elsewhere ? "take" : "\(wanted.rawValue) on") rows that \(role) does not hold")
          return nil
        }
      }
      guard kept != score else { return (data, 0) }
      let left = try resolver.rowCount(kept)
      guard left > 0 else {
        log.error(
          .emptySubset, "every row of '\(score.text)' has a twin that was seen before", at: span,
          note: "rows of another data set with the same features are left out of '\(wanted.rawValue)'")
        return nil
      }
      var separated = data
      separated[wanted] = kept
      return (separated, try resolver.rowCount(score) - left)
    } catch let problem as DataProblem {
      log.error(problem.code, problem.message, at: span, note: problem.note, fix: problem.fix)
    } catch {
      log.error(.unreadableFile, "the data cannot be read: \(error)", at: span)
    }
    return nil
  }

  private static func use(_ role: DataRole) -> String {
    switch role {
    case .calibrate: "calibrated on"
    case .elsewhere: "judged"
    case .fit, .score: "scored"
    }
  }

  private func seeds(
    _ tuning: [Int], _ evaluation: [Int], _ name: String, _ log: inout DiagnosticLog
  ) -> Bool {
    let shared = tuning.filter(evaluation.contains)
    guard let first = shared.first else { return true }
    let which = shared.count == 1 ? "the seed \(first)" : "\(shared.count) seeds, \(first) the first"
    log.error(
      .overlappingSeeds, "\(name) and evaluation share \(which)",
      at: tree.span(along: ["evaluate", "seeds"]),
      note: "a configuration chosen for its luck on a seed would be scored on the same luck",
      fix: "keep tuning seeds and evaluation seeds apart, such as '0 .. 4' and '1000 .. 1009'")
    return false
  }
}
