import Experiments
import Learning
import Parts

/// Fits a regression to the fit rows and scores its predictions on the score rows: a network by squared error, any
/// other model in its own way.
///
/// Targets are standardised inside by the fit rows' mean and deviation, so that a learning rate means the
/// same for every unit; predictions come back on the targets' own scale. `fit-loss` is on the standardised
/// scale, where the fit rows' mean has loss 1. Counted cost is that of training; scoring is left out.
package struct Regressor: Procedure {
  package static let name = "regressor"
  package static let revision = 2
  package static let summary =
    "fits a regression to the fit rows and scores its predictions on the score rows"
  package static let hyperparameters =
    TrainingSettings.declaration(defaultModel: Linear.self) + [TrainingSettings.standardisation]
  package static let roles: [DataRole] = [.fit, .score]
  package static let predictions: TargetKind? = .regression
  package static let columns = SupervisedTrial.columns
  package static let artefacts = [ItemPredictions.regression, NetworkArtefacts.weights]
  package static let inputs = [NetworkArtefacts.initialWeights]
  package static let resource: String? = "epochs"

  private let settings: TrainingSettings

  package init(_ settings: Settings) {
    self.settings = TrainingSettings(settings)
  }

  package func run(_ context: TrialContext) throws -> Outcome {
    let trial = try SupervisedTrial(Self.self, settings, context)
    let fitTargets = trial.fit.rows.map { trial.fit.dataset.targets[Int($0)] }
    let scoreTargets = trial.score.rows.map { trial.score.dataset.targets[Int($0)] }
    let scale = TargetScale(of: fitTargets)
    let standardised = fitTargets.map(scale.standardised)
    return try trial.run(
      SupervisedTrial.Task(
        trainingTargets: .numbers(standardised), fitTargets: .numbers(standardised.map { Double($0) }),
        objective: .squaredError, outputs: 1, scoreCurve: nil,
        networkPredictions: {
          .regression(predictions: $0.outputs.map { scale.original(Double($0)) }, targets: scoreTargets)
        },
        fittedPredictions: { .regression(predictions: $0.map(scale.original), targets: scoreTargets) }))
  }
}
