import Estimators
import Experiments
import Learning
import Parts

/// Fits a classifier to the fit rows and scores its probabilities on the score rows: a network by cross-entropy with
/// its softmax, any other model in its own way.
///
/// The model has one output for each class the data set declares, whether or not the fit rows hold it: a
/// class absent from them keeps a small probability, and a fit of a single class is learned like any other.
/// Counted cost is that of training; scoring is left out.
package struct Classifier: Procedure {
  package static let name = "classifier"
  package static let revision = 2
  package static let summary =
    "fits a classifier to the fit rows and scores its probabilities on the score rows"
  package static let hyperparameters =
    TrainingSettings.declaration(defaultModel: Logistic.self) + [
      TrainingSettings.standardisation,
      Hyperparameter(
        "label-smoothing", .number(0...1), default: .number(0),
        "networks: share of each target spread evenly over all classes"),
      Hyperparameter(
        "mixup", .number(0...1), default: .number(0), isNamedOnlyWhereOther: true,
        "networks: parameter α of the Beta(α, α) distribution of the shares in which two rows are mixed; 0 for none"
      ),
    ]
  package static let roles: [DataRole] = [.fit, .score]
  /// Rows that it only computes logits for, so that a later stage can calibrate on them or compare with them.
  package static let optionalRoles: [DataRole] = [.calibrate, .elsewhere]
  package static let predictions: TargetKind? = .classification
  package static let columns =
    SupervisedTrial.columns + [
      OwnColumn("score-accuracy", .steps, "accuracy on the score rows after an epoch")
    ]
  package static let artefacts = [
    NetworkArtefacts.logits, ItemPredictions.positives, ItemPredictions.classification,
    NetworkArtefacts.weights,
  ]
  package static let inputs = [NetworkArtefacts.initialWeights]
  package static let resource: String? = "epochs"

  private let settings: TrainingSettings
  private let labelSmoothing: Double
  private let mixup: Double

  package init(_ settings: Settings) {
    self.settings = TrainingSettings(settings)
    labelSmoothing = settings.number("label-smoothing")
    mixup = settings["mixup"]?.number ?? 0
  }

  package func run(_ context: TrialContext) throws -> Outcome {
    let trial = try SupervisedTrial(Self.self, settings, context)
    let classes = trial.fit.dataset.classes.count
    let fitLabels = trial.fit.rows.map { trial.fit.dataset.labels[Int($0)] }
    let scoreLabels = trial.score.rows.map { trial.score.dataset.labels[Int($0)] }
    func predictions(_ probabilities: [Double]) -> Predictions {
      .classification(probabilities: probabilities, classes: classes, labels: scoreLabels)
    }
    return try trial.run(
      SupervisedTrial.Task(
        trainingTargets: .classes(fitLabels),
        fitTargets: .classes(ClassLabels(fitLabels.map { Int($0) }, count: classes)),
        objective: .crossEntropy(labelSmoothing: labelSmoothing, mixup: mixup), outputs: classes,
        scoreCurve: ("score-accuracy", { $0.accuracy(scoreLabels) }),
        networkPredictions: { predictions($0.probabilities()) }, fittedPredictions: predictions))
  }
}
