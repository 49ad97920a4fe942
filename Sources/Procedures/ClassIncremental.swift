import Experiments
import Learning
import Parts
import Tensors

/// Learns the classes of a data set session by session, and is scored after each on all classes seen so far (the
/// class-incremental scenario of Rebuffi et al., CVPR 2017).
///
/// Which classes take part, and in what order, is drawn from the trial's seed. Features are shifted and scaled by
/// one mean and one deviation, of all features of the first session's rows, since later ones are not to be known.
/// The model is an extractor: its outputs, as many as `features`, are rectified and feed the head.
package struct ClassIncremental: Procedure {
  package static let name = "class-incremental"
  package static let revision = 1
  package static let summary =
    "learns classes session by session, scored after each on all classes seen so far"
  package static let hyperparameters =
    TrainingSettings.declaration(defaultModel: MLP.self) + [
      Hyperparameter(
        "learner", .part(.continualLearner), default: .part(FineTune.name, Settings()),
        "how a session is learned without the rows of earlier ones"),
      Hyperparameter("sessions", .integer(1...100), default: .integer(5), "sessions of the stream"),
      Hyperparameter(
        "classes-per-session", .integer(1...100), default: .integer(2), "classes that are new in each session"
      ),
      Hyperparameter("features", .integer(1...4096), default: .integer(64), "outputs of the extractor"),
    ]
  package static let roles: [DataRole] = [.fit, .score]
  package static let predictions: TargetKind? = nil
  package static let columns = [
    OwnColumn(
      "average-accuracy", .trial, "mean over sessions of the accuracy on all classes seen so far",
      largerIsBetter: true),
    OwnColumn(
      "final-accuracy", .trial, "accuracy on all classes after the last session", largerIsBetter: true),
    OwnColumn(
      "forgetting", .trial, "mean over earlier sessions of the best accuracy on their classes less the last",
      largerIsBetter: false),
    OwnColumn("parameters", .trial, "numbers that prediction needs at the end"),
    OwnColumn("own-settings", .trial, "settings that the learner has beside its memory"),
    OwnColumn("seen-accuracy", .steps, "accuracy on all classes seen after a session, which are the steps"),
  ]

  private let settings: Settings
  private let training: TrainingSettings

  package init(_ settings: Settings) {
    self.settings = settings
    training = TrainingSettings(settings)
  }

  /// What a study could tune of the learner itself.
  private var ownSettings: Int {
    let learner = continualLearnerRegistry[settings.part("learner").name]
    return learner?.hyperparameters.count { $0.name != memoryDeclaration.name } ?? 0
  }

  package func run(_ context: TrialContext) throws -> Outcome {
    guard let extractor = training.model as? any NetworkModel else {
      throw ProcedureError.wrongModel(procedure: Self.name, model: type(of: training.model).name)
    }
    let data = try SessionData(
      context, sessions: settings.integer("sessions"),
      classesPerSession: settings.integer("classes-per-session"))
    if let reason = extractor.refusal(columns: data.columns) {
      throw ProcedureError.wrongShape(model: type(of: training.model).name, reason: reason)
    }
    let learning = continualLearner(settings, "learner").start(
      LearnerContext(
        extractor: extractor, width: settings.integer("features"), columns: data.columns,
        classes: data.stream.order.count, plan: training.plan,
        stream: { context.stream($0, index: $1) }))
    var scores = StreamScores(rows: data.score.map(\.count))
    func outcome(_ status: Outcome.Status, _ measures: [String: Double] = [:]) -> Outcome {
      let accuracies = scores.accuracies
      return Outcome(
        status: status, measures: measures,
        curves: [
          Curve(name: "seen-accuracy", steps: Array(1..<accuracies.count + 1), values: accuracies)
        ],
        cost: learning.cost)
    }
    for session in data.fit {
      if case .diverged(let epoch) = learning.learn(session) {
        return outcome(
          .diverged("loss or weights not finite in epoch \(epoch) of session \(session.index + 1)"))
      }
      scores.add(
        right: data.score[...session.index].map { rows in
          zip(learning.classes(of: rows.features), rows.labels).count { $0 == $1 }
        })
    }
    return outcome(
      .finished,
      [
        "average-accuracy": scores.average, "final-accuracy": scores.final,
        "forgetting": scores.forgetting, "parameters": Double(learning.parameterCount),
        "own-settings": Double(ownSettings),
      ])
  }
}
