import Estimators
import Experiments
import Learning
import Measures
import Parts
import Tensors

/// A fit on the fit rows followed by scoring, as far as classification and regression are alike.
struct SupervisedTrial {
  /// The columns every such trial gives besides its measures.
  static let columns = [
    OwnColumn("fit-rows", .trial, "rows fitted to, those held out for the schedule included"),
    OwnColumn("score-rows", .trial, "rows scored"),
    OwnColumn(
      "fit-loss", .steps,
      "mean training loss over an epoch, each row's just before the step it was part of; "
        + "models fitted without epochs have none"),
  ]

  /// What is learned from the fit rows, in the form each kind of model takes.
  struct Task {
    let trainingTargets: TrainingSet.Targets
    let fitTargets: FitRows.Targets
    let objective: SupervisedLoss.Objective
    /// Numbers a network gives for a row.
    let outputs: Int
    /// A curve over the score rows, by name, with its value for a network's present outputs.
    let scoreCurve: (name: String, value: (Scoring) -> Double)?
    /// The score rows' predictions from a network's final outputs.
    let networkPredictions: (Scoring) -> Predictions
    /// The same from what a fitted model predicts.
    let fittedPredictions: ([Double]) -> Predictions
  }

  let fit: RowSet
  let score: RowSet
  private let settings: TrainingSettings
  private let context: TrialContext

  /// Checks what the study's own check should have settled: rows there, of the right kind, and a model
  /// that serves.
  init(_ procedure: any Procedure.Type, _ settings: TrainingSettings, _ context: TrialContext) throws {
    fit = context.rows(.fit)
    score = context.rows(.score)
    self.settings = settings
    self.context = context
    for (role, rows) in [(DataRole.fit, fit), (.score, score)] {
      if rows.rows.isEmpty { throw ProcedureError.noRows(procedure: procedure.name, role: role) }
      if let needs = procedure.predictions, rows.dataset.kind != needs {
        throw ProcedureError.wrongTarget(procedure: procedure.name, needs: needs)
      }
    }
    guard fit.dataset.columns == score.dataset.columns, fit.dataset.classes == score.dataset.classes else {
      throw ProcedureError.unlikeData(procedure: procedure.name)
    }
    let model = type(of: settings.model)
    if let made = model.predictions, made != procedure.predictions {
      throw ProcedureError.wrongModel(procedure: procedure.name, model: model.name)
    }
    if let network = settings.model as? any NetworkModel,
      let reason = network.refusal(columns: fit.dataset.columns)
    {
      throw ProcedureError.wrongShape(model: model.name, reason: reason)
    }
  }

  /// Fits and scores.
  func run(_ task: Task) throws -> Outcome {
    let map = settings.standardise ? Standardisation(of: fit) : nil
    switch settings.model {
    case let model as any NetworkModel: return try trained(model, task, map)
    case let model as any EstimatorModel: return try fitted(model, task, map)
    default: preconditionFailure("a model is a network or an estimator")
    }
  }

  private func trained(
    _ model: any NetworkModel, _ task: Task, _ map: Standardisation?
  ) throws -> Outcome {
    let plan = settings.plan
    let all = TrainingSet(features: features(of: fit, standardisedBy: map), targets: task.trainingTargets)
    let (set, heldOut) = split(all, share: plan.descent.schedule.validationShare)
    func loss(_ set: TrainingSet) -> SupervisedLoss {
      SupervisedLoss(model, on: set, outputs: task.outputs, task.objective)
    }
    let training = Training(
      loss(set), validation: heldOut.map(loss), plan, stream: { context.stream($0, index: $1) })
    try NetworkArtefacts.load(into: training.parameters, context)
    let scoring = Scoring(
      model, training.parameters, on: features(of: score, standardisedBy: map), columns: set.columns,
      outputs: task.outputs)
    let last = context.end(of: plan.epochs)
    var progress = TrainingProgress(training, context)
    try progress.resume(to: last)
    let steps = recordedEpochs(plan.epochs).filter { progress.start < $0 && $0 <= last }
    let end = try progress.run(to: last) { epoch, loss, progress in
      guard progress.losses.count < steps.count, steps[progress.losses.count] == epoch else { return }
      progress.losses.append(loss)
      if let scoreCurve = task.scoreCurve {
        scoring.refresh()
        progress.scores.append(scoreCurve.value(scoring))
      }
    }
    let (losses, scores) = (progress.losses, progress.scores)
    var curves = [Curve(name: "fit-loss", steps: Array(steps.prefix(losses.count)), values: losses)]
    if let scoreCurve = task.scoreCurve {
      curves.append(Curve(name: scoreCurve.name, steps: Array(steps.prefix(scores.count)), values: scores))
    }
    func diverged(_ reason: String) -> Outcome {
      Outcome(status: .diverged(reason), measures: [:], curves: curves, cost: progress.cost)
    }
    if case .diverged(let epoch) = end { return diverged("loss or weights not finite in epoch \(epoch)") }
    scoring.refresh()
    guard scoring.isFinite else { return diverged("predictions not finite after epoch \(last)") }
    let artefacts = try NetworkArtefacts.keep(training.parameters, context, outputs: task.outputs) { role in
      if role == .score { return Array(scoring.outputs) }
      let other = Scoring(
        model, training.parameters, on: features(of: context.rows(role), standardisedBy: map),
        columns: set.columns, outputs: task.outputs)
      other.refresh()
      return Array(other.outputs)
    }
    return try finished(task.networkPredictions(scoring), curves, progress.cost, artefacts + progress.kept())
  }

  private func fitted(
    _ model: any EstimatorModel, _ task: Task, _ map: Standardisation?
  ) throws -> Outcome {
    try NetworkArtefacts.refuse(type(of: model), context)
    func matrix(_ rows: RowSet) -> Matrix { Matrix(rows, standardisedBy: map) }
    func diverged(_ reason: String, _ cost: CountedCost = CountedCost()) -> Outcome {
      Outcome(status: .diverged(reason), measures: [:], curves: [], cost: cost)
    }
    let fitted: FittedModel
    do {
      fitted = try model.fit(FitRows(features: matrix(fit), targets: task.fitTargets)) {
        context.stream($0, index: $1)
      }
    } catch {
      return diverged("the fit failed: \(error)")
    }
    let outputs = fitted.predict(matrix(score))
    guard outputs.allSatisfy(\.isFinite) else { return diverged("predictions not finite", fitted.cost) }
    let artefacts = try NetworkArtefacts.keep(nil, context, outputs: task.outputs) { role in
      let probabilities = role == .score ? outputs : fitted.predict(matrix(context.rows(role)))
      return NetworkArtefacts.logits(of: probabilities)
    }
    return try finished(task.fittedPredictions(outputs), [], fitted.cost, artefacts)
  }

  private func finished(
    _ predictions: Predictions, _ curves: [Curve], _ cost: CountedCost, _ artefacts: [Artefact]
  ) throws -> Outcome {
    var measures = context.measured(predictions)
    measures["fit-rows"] = Double(fit.rows.count)
    measures["score-rows"] = Double(score.rows.count)
    return try Outcome(
      status: .finished, measures: measures, curves: curves, cost: cost,
      artefacts: artefacts + ItemPredictions.keep(predictions, context))
  }

  /// Holds a share of the rows out, drawn at random, at least one on each side; of a single row none can be.
  private func split(_ set: TrainingSet, share: Double) -> (TrainingSet, heldOut: TrainingSet?) {
    guard share > 0, set.rows > 1 else { return (set, nil) }
    var stream = context.stream("validation-rows")
    let order = stream.permutation(set.rows)
    let count = min(max(Int((share * Double(set.rows)).rounded()), 1), set.rows - 1)
    return (set.rows(at: order[count...].sorted()), set.rows(at: order[..<count].sorted()))
  }
}

/// The epochs a curve keeps: at most 20, evenly spaced, the last among them.
func recordedEpochs(_ epochs: Int) -> [Int] {
  let count = min(epochs, 20)
  return (0..<count).map { ($0 + 1) * epochs / count }
}
