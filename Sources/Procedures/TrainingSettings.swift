import Experiments
import Learning
import Parts

/// The settings the classifier and the regressor share: which model, which optimizer, how long.
struct TrainingSettings: Sendable {
  let model: any Model
  private let settings: Settings

  /// Whether the trial standardises features by its fit rows, for procedures that declare it.
  static let standardisation = Hyperparameter(
    "standardise", .flag, default: .flag(true),
    "give each feature mean 0 and deviation 1 over the fit rows; constant features become 0")

  /// Declares them, with the model that a silent study gets.
  static func declaration(defaultModel: any Model.Type) -> [Hyperparameter] {
    [
      Hyperparameter(
        "model", .part(.model), default: .part(defaultModel.name, defaults(of: defaultModel)),
        "what is fitted; the settings of training concern networks only"),
      Hyperparameter(
        "optimizer", .part(.optimizer), default: .part(AdamW.name, defaults(of: AdamW.self)),
        "how parameters follow their gradient"),
      Hyperparameter("learning-rate", .number(1e-8...100), default: .number(1e-2), "size of a step"),
      Hyperparameter(
        "schedule", .part(.schedule), default: .part(Constant.name, Settings()),
        "how the learning rate changes over the training"),
      Hyperparameter(
        "weight-decay", .number(0...10), default: .number(0),
        "strength of the pull of weights (not biases) to 0; the optimizer says how it enters"),
      Hyperparameter(
        "gradient-clipping", .number(0...1e6), default: .number(0),
        "largest norm of a step's gradient, over all parameters together; 0 for none"),
      Hyperparameter("epochs", .integer(0...10_000), default: .integer(20), "passes over the fit rows"),
      Hyperparameter(
        "batch-size", .integer(1...65_536), default: .integer(32),
        "rows in each step; an epoch's last batch holds what is left"),
    ]
  }

  init(_ settings: Settings) {
    let (name, modelSettings) = settings.part("model")
    guard let modelPart = modelRegistry[name] else {
      preconditionFailure("settings were checked against the registries before")
    }
    model = modelPart.init(modelSettings)
    self.settings = settings
  }

  var standardise: Bool { settings.flag(Self.standardisation.name) }

  /// How the model is trained.
  var plan: TrainingPlan {
    let clipping = settings.number("gradient-clipping")
    return TrainingPlan(
      epochs: settings.integer("epochs"), batchSize: settings.integer("batch-size"),
      descent: DescentPlan(
        optimizer: optimizer(settings, "optimizer"), schedule: schedule(settings, "schedule"),
        learningRate: settings.number("learning-rate"), weightDecay: settings.number("weight-decay"),
        hooks: clipping > 0 ? [GradientClipping(limit: clipping)] : []))
  }

  /// A part's complete settings where a study gives none.
  static func defaults(of part: any Part.Type) -> Settings {
    var settings = Settings()
    for hyperparameter in part.hyperparameters { settings[hyperparameter.name] = hyperparameter.defaultValue }
    return settings
  }
}

/// Why a trial could not be run; a study's check should have refused it.
package enum ProcedureError: Error, CustomStringConvertible {
  case noRows(procedure: String, role: DataRole)
  case wrongTarget(procedure: String, needs: TargetKind)
  case wrongModel(procedure: String, model: String)
  /// The model cannot take rows of that many features.
  case wrongShape(model: String, reason: String)
  /// The model is not trained by gradients, so it neither keeps weights nor starts from any, nor runs in parts.
  case noWeights(model: String)
  /// The data hold features, where a classifier's outputs are needed.
  case noOutputs(procedure: String)
  /// Fewer rows than a random division takes.
  case tooFewRows(procedure: String, found: Int, needs: Int)
  /// The features of a row are not as many as the pixels of a square.
  case noImages(procedure: String, columns: Int)
  /// The agent cannot act in that environment.
  case wrongAgent(environment: String, reason: String)
  /// Fit and score rows come from data sets that differ in their number of features or in their classes.
  case unlikeData(procedure: String)
  /// Too few classes have rows to fit and rows to score.
  case fewClasses(wanted: Int, found: Int)

  package var description: String {
    switch self {
    case .noRows(let procedure, let role): "'\(procedure)' was given no rows for the role '\(role.rawValue)'"
    case .wrongTarget(let procedure, let needs):
      "'\(procedure)' needs data whose target is for \(needs.rawValue)"
    case .wrongModel(let procedure, let model):
      "the model '\(model)' does not serve the procedure '\(procedure)'"
    case .wrongShape(let model, let reason): "the model '\(model)' does not fit the data: \(reason)"
    case .noOutputs(let procedure): "'\(procedure)' needs logits, or data that hold a classifier's outputs"
    case .tooFewRows(let procedure, let found, let needs):
      "'\(procedure)' has \(found) rows, and draws \(needs)"
    case .noImages(let procedure, let columns):
      "'\(procedure)' needs rows that are square images, and these have \(columns) features"
    case .noWeights(let model):
      "the model '\(model)' is not trained: it has no weights or state to keep or to start from"
    case .wrongAgent(let environment, let reason):
      "the agent cannot act in the environment '\(environment)': \(reason)"
    case .unlikeData(let procedure):
      "'\(procedure)' needs fit and score rows with the same number of features and the same classes"
    case .fewClasses(let wanted, let found):
      "the sessions need \(wanted) classes, but \(found) have rows both to fit and to score"
    }
  }
}
