import Experiments
import Learning
import Parts

/// A training on the fit rows followed by scoring, as far as classification and regression are alike.
struct SupervisedTrial {
  /// The columns every such trial gives besides its measures.
  static let columns = [
    OwnColumn("fit-rows", .trial, "rows trained on"),
    OwnColumn("score-rows", .trial, "rows scored"),
    OwnColumn(
      "fit-loss", .steps, "mean training loss over an epoch, each row's just before the step it was part of"),
  ]

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
  }

  /// Trains and scores.
  ///
  /// - Parameters:
  ///   - targets: the truth of the fit rows.
  ///   - outputs: numbers the network gives for a row.
  ///   - scoreCurve: a curve over the score rows, by name, with its value for the network's present outputs.
  ///   - predictions: the score rows' predictions from the network's final outputs.
  func run(
    targets: TrainingSet.Targets, outputs: Int, scoreCurve: (name: String, value: (Scoring) -> Double)?,
    predictions: (Scoring) -> Predictions
  ) throws -> Outcome {
    let map = settings.standardise ? Standardisation(of: fit) : nil
    let set = TrainingSet(features: features(of: fit, standardisedBy: map), targets: targets)
    let network = Network(settings.model.layers(inputs: set.columns, outputs: outputs))
    network.initialise(from: context.stream("initial-weights"))
    try NetworkArtefacts.load(into: network, context)
    let scoring = Scoring(network, on: features(of: score, standardisedBy: map))
    let steps = recordedEpochs(settings.plan.epochs)
    var losses: [Double] = []
    var scores: [Double] = []
    var training = Training(network, on: set, with: settings.optimizer, settings.plan)
    let end = training.run(batchOrder: { context.stream("batch-order", index: $0) }) { epoch, loss in
      guard losses.count < steps.count, steps[losses.count] == epoch else { return }
      losses.append(loss)
      if let scoreCurve {
        scoring.refresh()
        scores.append(scoreCurve.value(scoring))
      }
    }
    var curves = [Curve(name: "fit-loss", steps: Array(steps.prefix(losses.count)), values: losses)]
    if let scoreCurve {
      curves.append(Curve(name: scoreCurve.name, steps: Array(steps.prefix(scores.count)), values: scores))
    }
    func diverged(_ reason: String) -> Outcome {
      Outcome(status: .diverged(reason), measures: [:], curves: curves, cost: training.cost)
    }
    if case .diverged(let epoch) = end { return diverged("loss or weights not finite in epoch \(epoch)") }
    scoring.refresh()
    guard scoring.isFinite else {
      return diverged("predictions not finite after epoch \(settings.plan.epochs)")
    }
    var measures = context.measured(predictions(scoring))
    measures["fit-rows"] = Double(fit.rows.count)
    measures["score-rows"] = Double(score.rows.count)
    let artefacts = try NetworkArtefacts.keep(network, context) { role in
      if role == .score { return Array(scoring.outputs) }
      let other = Scoring(network, on: features(of: context.rows(role), standardisedBy: map))
      other.refresh()
      return Array(other.outputs)
    }
    return Outcome(
      status: .finished, measures: measures, curves: curves, cost: training.cost, artefacts: artefacts)
  }
}

/// The epochs a curve keeps: at most 20, evenly spaced, the last among them.
func recordedEpochs(_ epochs: Int) -> [Int] {
  let count = min(epochs, 20)
  return (0..<count).map { ($0 + 1) * epochs / count }
}
