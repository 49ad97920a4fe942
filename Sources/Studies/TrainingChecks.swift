import Diagnostics
import Experiments
import Markup
import Parts

/// What only models that are trained can do: keep weights, and stop a run and go on with it.
extension CellReading {
  /// Whether each model that the cell fits has what its trials are to keep and to start from.
  func isTrained(
    _ procedure: PartDeclaration, _ with: Settings, _ space: Space?, _ partners: [Stages.Partner],
    _ tree: YAMLNode, _ log: inout DiagnosticLog
  ) -> Bool {
    guard let model = untrained(procedure, with, space) else { return true }
    let trained = settings.catalogue.declarations.filter { $0.family == .model && $0.isTrained }.map(\.name)
    func refuse(_ what: String, _ verb: String, at span: SourceSpan) {
      log.error(
        .unknownArtefact, "the model '\(model)' has no \(what) to \(verb)", at: span,
        note: "it is fitted in one go; models that are trained are \(trained.joined(separator: ", "))",
        fix: "leave '\(what)' out, or use one of those")
    }
    if let kept = stages.kept.first(where: \.needsTraining), let node = tree.value(at: ["keep"]) {
      refuse(kept.name, "keep", at: node.span)
      return false
    }
    if let link = partners.map(\.link).first(where: { $0.input.needsTraining }) {
      refuse(link.input.name, "start from", at: link.span)
      return false
    }
    return true
  }

  /// The units of a whole run, where the tuner may ask for parts of one, else 1; nil after a mistake.
  func units(
    _ tuner: PartDeclaration, _ procedure: PartDeclaration, _ with: Settings, _ space: Space,
    _ tune: KeyReader,
    _ log: inout DiagnosticLog
  ) -> Int? {
    guard tuner.usesPartialRuns else { return 1 }
    let span = tune("tuner")?.span ?? tune.span
    guard let resource = procedure.resource else {
      log.error(
        .wrongType, "the tuner '\(tuner.name)' stops runs early, which '\(procedure.name)' cannot", at: span,
        note: procedure.name == CommandReading.procedure
          ? "a command says with 'resource' in which of its settings runs are counted"
          : "its trials have no setting in which a run is counted",
        fix: "use another tuner")
      return nil
    }
    if let budget = tune("budget") {
      log.error(
        .badSpace, "the tuner '\(tuner.name)' stops runs early, and 'budget' counts whole ones",
        at: budget.span,
        note: "its effort is as many \(resource) as 'trials' whole runs have", fix: "write 'trials: 30'")
      return nil
    }
    if let model = untrained(procedure, with, space) {
      log.error(
        .wrongType,
        "the tuner '\(tuner.name)' stops runs early, and the model '\(model)' is fitted in one go",
        at: span, fix: "use another tuner, or models that are trained")
      return nil
    }
    if space.dimensions.contains(where: { $0.path == [resource] }) {
      log.error(
        .badSpace, "the tuner '\(tuner.name)' decides how many \(resource) a run gets", at: span,
        note: "a whole run has as many as '\(resource)' says", fix: "take '\(resource)' out of the space")
      return nil
    }
    guard let units = with[resource]?.number.flatMap({ Int(exactly: $0) }), units >= 1 else {
      log.error(
        .outOfRange, "a whole run has no \(resource), of which the tuner '\(tuner.name)' gives parts",
        at: span,
        fix: "set '\(resource)' under 'with'")
      return nil
    }
    return units
  }

  /// The first model, set or searched, that is not trained by gradients.
  func untrained(_ procedure: PartDeclaration, _ with: Settings, _ space: Space?) -> String? {
    for hyperparameter in procedure.hyperparameters {
      guard case .part(.model) = hyperparameter.kind else { continue }
      var models = [with[hyperparameter.name]].compactMap { $0 }
      if case .choice(let options)? = space?.dimensions.first(where: { $0.path == [hyperparameter.name] })?
        .domain
      {
        models = options
      }
      for case .part(let name, _) in models where settings.catalogue[.model, name]?.isTrained == false {
        return name
      }
    }
    return nil
  }
}
