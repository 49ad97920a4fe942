import Experiments
import Learning
import Parts

/// Trains a classifier on the fit rows by cross-entropy and scores its softmax probabilities on the score
/// rows.
///
/// The network has one output for each class the data set declares, whether or not the fit rows hold it: a
/// class absent from them keeps a small probability, and a fit of a single class is learned like any other.
/// Counted cost is that of training; scoring is left out.
package struct Classifier: Procedure {
  package static let name = "classifier"
  package static let revision = 1
  package static let summary =
    "trains a classifier on the fit rows and scores its probabilities on the score rows"
  package static let hyperparameters = TrainingSettings.declaration(defaultModel: Logistic.name)
  package static let roles: [DataRole] = [.fit, .score]
  /// Rows that it only computes logits for, so that a later stage can calibrate on them.
  package static let optionalRoles: [DataRole] = [.calibrate]
  package static let predictions: TargetKind? = .classification
  package static let columns =
    SupervisedTrial.columns + [
      OwnColumn("score-accuracy", .steps, "accuracy on the score rows after an epoch")
    ]
  package static let artefacts = [NetworkArtefacts.logits, NetworkArtefacts.weights]
  package static let inputs = [NetworkArtefacts.initialWeights]

  private let settings: TrainingSettings

  package init(_ settings: Settings) {
    self.settings = TrainingSettings(settings)
  }

  package func run(_ context: TrialContext) throws -> Outcome {
    let trial = try SupervisedTrial(Self.self, settings, context)
    let classes = trial.fit.dataset.classes.count
    let fitLabels = trial.fit.rows.map { trial.fit.dataset.labels[Int($0)] }
    let scoreLabels = trial.score.rows.map { trial.score.dataset.labels[Int($0)] }
    return try trial.run(
      targets: .classes(fitLabels), outputs: classes,
      scoreCurve: ("score-accuracy", { $0.accuracy(scoreLabels) }),
      predictions: {
        .classification(probabilities: $0.probabilities(), classes: classes, labels: scoreLabels)
      })
  }
}
