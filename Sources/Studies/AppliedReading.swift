import Diagnostics
import Experiments
import Markup
import Parts
import Protocols

/// Reading of `evaluate.apply`: what of the selected run is evaluated.
extension CellReading {
  /// The value of `apply`, `configuration` where the study is silent; nil after a mistake.
  func applied(_ tree: YAMLNode, _ procedure: PartDeclaration, _ log: inout DiagnosticLog) -> Applied? {
    guard let node = tree.value(at: ["evaluate", "apply"]) else { return .configuration }
    guard let apply = node.text("apply", log: &log) else { return nil }
    guard let applied = Applied(rawValue: apply.text) else {
      log.error(
        .outOfRange, "'\(apply.text)' cannot be applied", at: apply.span,
        note:
          "it is 'configuration', the last settings of the selected run, 'schedule', all it went through, "
          + "or 'model', what it had learned",
        fix: "write 'apply: configuration'")
      return nil
    }
    let (isAble, cannot): ((PartDeclaration) -> Bool, String) =
      switch applied {
      case .configuration: ({ _ in true }, "")
      case .schedule: (Self.followsSchedules, "change its settings in the course of a run")
      case .model: ({ $0.resource != nil }, "keep what a run has learned")
      }
    guard isAble(procedure) else {
      let able = settings.catalogue.declarations.filter { $0.family == .procedure && isAble($0) }
      log.error(
        .outOfRange, "'\(procedure.name)' cannot \(cannot)", at: apply.span,
        note: "these procedures can: \(able.map(\.name).joined(separator: ", "))",
        fix: "write 'apply: configuration'")
      return nil
    }
    return applied
  }

  private static func followsSchedules(_ part: PartDeclaration) -> Bool {
    part.hyperparameters.contains {
      if case .text = $0.kind { $0.name == TrialTemplate.scheduleSetting } else { false }
    }
  }

  /// Whether the selected run leaves one model, which evaluation trials can take as it is.
  func hasModel(
    _ cell: CellDeclaration, _ procedure: PartDeclaration, _ with: Settings, _ tree: YAMLNode,
    _ log: inout DiagnosticLog
  ) -> Bool {
    func refuse(_ message: String, note: String? = nil, fix: String) -> Bool {
      let span = tree.value(at: ["evaluate", "apply"])?.span ?? tree.span
      log.error(.outOfRange, message, at: span, note: note, fix: fix)
      return false
    }
    guard rule.crossValidation == nil else {
      return refuse(
        "under '\(rule.name)' a selection has a model for each split", fix: "write 'apply: configuration'")
    }
    guard let tuning = cell.tuning else {
      return refuse("there is no search whose model could be applied", fix: "write 'apply: configuration'")
    }
    if let model = untrained(procedure, with, tuning.space) {
      return refuse(
        "the model '\(model)' is fitted in one go and keeps nothing to be applied",
        fix: "write 'apply: configuration'")
    }
    guard tuning.seeds.count == 1 else {
      return refuse(
        "a selection has a model for each of its \(tuning.seeds.count) tuning seeds",
        fix: "write 'tune.seeds: 0 .. 0', or 'apply: configuration'")
    }
    let tuned = rule.tuningData(of: cell, tuning: tuning)
    for (role, rows) in cell.evaluationData.sorted(by: { $0.key < $1.key })
    where role != .score && tuned[role]?.identity != rows.identity {
      return refuse(
        "a model is applied as it was learned, and 'evaluate.data.\(role.rawValue)' has other rows than 'tune.data'",
        fix: "give both the same rows")
    }
    return true
  }
}
