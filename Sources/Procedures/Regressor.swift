import Experiments
import Learning
import Parts

/// Trains a regression on the fit rows by squared error and scores its predictions on the score rows.
///
/// Targets are standardised inside by the fit rows' mean and deviation, so that a learning rate means the
/// same for every unit; predictions come back on the targets' own scale. `fit-loss` is on the standardised
/// scale, where the fit rows' mean has loss 1. Counted cost is that of training; scoring is left out.
package struct Regressor: Procedure {
  package static let name = "regressor"
  package static let revision = 1
  package static let summary =
    "trains a regression on the fit rows and scores its predictions on the score rows"
  package static let hyperparameters = TrainingSettings.declaration(defaultModel: Linear.name)
  package static let roles: [DataRole] = [.fit, .score]
  package static let predictions: TargetKind? = .regression
  package static let columns = SupervisedTrial.columns
  package static let artefacts = [NetworkArtefacts.weights]
  package static let inputs = [NetworkArtefacts.initialWeights]

  private let settings: TrainingSettings

  package init(_ settings: Settings) {
    self.settings = TrainingSettings(settings)
  }

  package func run(_ context: TrialContext) throws -> Outcome {
    let trial = try SupervisedTrial(Self.self, settings, context)
    let fitTargets = trial.fit.rows.map { trial.fit.dataset.targets[Int($0)] }
    let scoreTargets = trial.score.rows.map { trial.score.dataset.targets[Int($0)] }
    let scale = TargetScale(of: fitTargets)
    return try trial.run(
      targets: .numbers(fitTargets.map(scale.standardised)), outputs: 1, scoreCurve: nil,
      predictions: {
        .regression(predictions: $0.outputs.map(scale.original), targets: scoreTargets)
      })
  }
}
