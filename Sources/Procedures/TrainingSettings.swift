import Experiments
import Learning
import Parts

/// The settings the classifier and the regressor share: which model, which optimizer, how long.
struct TrainingSettings: Sendable {
  let model: any Model
  let optimizer: any Optimizer
  let plan: TrainingPlan
  let standardise: Bool

  /// Declares them, with the model that a silent study gets.
  static func declaration(defaultModel: String) -> [Hyperparameter] {
    [
      Hyperparameter("model", .part(.model), default: .part(defaultModel, Settings()), "what is trained"),
      Hyperparameter(
        "optimizer", .part(.optimizer), default: .part(Adam.name, defaults(of: Adam.self)),
        "how parameters follow their gradient"),
      Hyperparameter("learning-rate", .number(1e-8...100), default: .number(1e-2), "size of a step"),
      Hyperparameter(
        "weight-decay", .number(0...10), default: .number(0),
        "decoupled: each step first multiplies the weights (not biases) by 1 - learning-rate * weight-decay"
      ),
      Hyperparameter("epochs", .integer(0...10_000), default: .integer(20), "passes over the fit rows"),
      Hyperparameter(
        "batch-size", .integer(1...65_536), default: .integer(32),
        "rows in each step; an epoch's last batch holds what is left"),
      Hyperparameter(
        "standardise", .flag, default: .flag(true),
        "give each feature mean 0 and deviation 1 over the fit rows; constant features become 0"),
    ]
  }

  init(_ settings: Settings) {
    let (modelName, modelSettings) = settings.part("model")
    let (optimizerName, optimizerSettings) = settings.part("optimizer")
    guard let modelPart = modelRegistry[modelName], let optimizerPart = optimizerRegistry[optimizerName]
    else {
      preconditionFailure("settings were checked against the registries before")
    }
    model = modelPart.init(modelSettings)
    optimizer = optimizerPart.init(optimizerSettings)
    plan = TrainingPlan(
      epochs: settings.integer("epochs"), batchSize: settings.integer("batch-size"),
      learningRate: settings.number("learning-rate"), weightDecay: settings.number("weight-decay"))
    standardise = settings.flag("standardise")
  }

  /// A part's complete settings where a study gives none.
  private static func defaults(of part: any Part.Type) -> Settings {
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
  /// Fit and score rows come from data sets that differ in their number of features or in their classes.
  case unlikeData(procedure: String)

  package var description: String {
    switch self {
    case .noRows(let procedure, let role): "'\(procedure)' was given no rows for the role '\(role.rawValue)'"
    case .wrongTarget(let procedure, let needs):
      "'\(procedure)' needs data whose target is for \(needs.rawValue)"
    case .wrongModel(let procedure, let model):
      "the model '\(model)' does not serve the procedure '\(procedure)'"
    case .unlikeData(let procedure):
      "'\(procedure)' needs fit and score rows with the same number of features and the same classes"
    }
  }
}
